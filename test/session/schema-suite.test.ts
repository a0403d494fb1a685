/**
 * The official JSON-Schema-Test-Suite, its required tests, through the validator of answers and arguments. The suite
 * is no part of this repository: its `tests` folder is where JSON_SCHEMA_TEST_SUITE says, or where Debian's package
 * libtest-json-schema-acceptance-perl puts it.
 * @see https://github.com/json-schema-org/JSON-Schema-Test-Suite
 */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { isJsonObject, type Json, type JsonSchema } from '../../src/core/json.ts';
import { compileSchema } from '../../src/session/validate.ts';

const debianFolder = '/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/tests';
const folder = process.env.JSON_SCHEMA_TEST_SUITE ?? debianFolder;
const skip = existsSync(folder) ? false : 'the suite is not on this machine; JSON_SCHEMA_TEST_SUITE names its folder';

const drafts = {
  draft4: 'http://json-schema.org/draft-04/schema#',
  draft6: 'http://json-schema.org/draft-06/schema#',
  draft7: 'http://json-schema.org/draft-07/schema#',
  'draft2019-09': 'https://json-schema.org/draft/2019-09/schema',
  'draft2020-12': 'https://json-schema.org/draft/2020-12/schema',
} as const;

const network = 'refers to http://localhost:1234, and nothing is loaded from elsewhere';
const metaOf04 = 'refers to the schema of draft-04 schemas, which ajv does not bring along';
const branches = 'ajv counts what a branch evaluates although the branch fails';
const contains = 'ajv does not count what `contains` evaluates, so such a schema is refused';

/** What is not passed and why: a file, or `file: group`. */
const skipped: Readonly<Record<string, string>> = {
  'refRemote.json': network,
  'vocabulary.json': network,
  'dynamicRef.json: strict-tree schema, guards against misspelled properties': network,
  'dynamicRef.json: tests for implementation dynamic anchor and reference link': network,
  'dynamicRef.json: $ref and $dynamicAnchor are independent of order - $defs first': network,
  'dynamicRef.json: $ref and $dynamicAnchor are independent of order - $ref first': network,
  'draft4/ref.json: remote ref, containing refs itself': metaOf04,
  'draft4/definitions.json: validate definition against metaschema': metaOf04,
  'recursiveRef.json: $recursiveRef with no $recursiveAnchor in the initial target schema resource':
    'ajv looks for the anchor from the outermost schema',
  'unevaluatedItems.json: unevaluatedItems with nested items': branches,
  'unevaluatedProperties.json: unevaluatedProperties with if/then/else, then not defined': branches,
  'unevaluatedItems.json: unevaluatedItems depends on adjacent contains': contains,
  'unevaluatedItems.json: unevaluatedItems depends on multiple nested contains': contains,
  'unevaluatedItems.json: unevaluatedItems and contains interact to control item dependency relationship': contains,
};

/** Formats are asserted here; the specification leaves that to the validator. */
const annotation = /is only an annotation by default$/;

interface Group {
  readonly description: string;
  readonly schema: JsonSchema;
  readonly tests: readonly { readonly description: string; readonly data: Json; readonly valid: boolean }[];
}

for (const [draft, url] of Object.entries(drafts)) {
  test(`${draft}: 99 of 100 required tests whose schema is not refused pass, and all but the listed ones`, {
    skip,
  }, (context) => {
    const wrong: string[] = [];
    const counts = { passed: 0, refused: 0, notPassed: 0 };
    for (const file of readdirSync(join(folder, draft)).filter((name) => name.endsWith('.json'))) {
      // The suite's own schema describes its files so.
      for (const group of JSON.parse(readFileSync(join(folder, draft, file), 'utf8')) as readonly Group[]) {
        const name = `${file}: ${group.description}`;
        const reason = skipped[file] ?? skipped[name] ?? skipped[`${draft}/${name}`];
        const judge = compileGroup(group.schema, url);
        for (const { description, data, valid } of group.tests) {
          const judged = judge(data);
          const isPassed = judged === valid;
          if (isPassed) counts.passed++;
          else if (reason !== undefined && judged === undefined) counts.refused++;
          else counts.notPassed++;
          if (!isPassed && reason === undefined && !annotation.test(description)) wrong.push(`${name}: ${description}`);
        }
      }
    }
    context.diagnostic(JSON.stringify(counts));
    assert.deepEqual(wrong, []);
    assert.ok(counts.passed / (counts.passed + counts.notPassed) >= 0.99);
  });
}

/** Of a schema that is refused nothing is known to be valid or invalid. */
function compileGroup(schema: JsonSchema, url: string): (data: Json) => boolean | undefined {
  try {
    const validate = compileSchema(isJsonObject(schema) ? { $schema: url, ...schema } : schema);
    return (data) => validate(data).length === 0;
  } catch (error) {
    assert.ok(isChatError(error, 'usage'), String(error));
    return () => undefined;
  }
}

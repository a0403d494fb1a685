/** `banter schema check`: what is in a schema, and what of it servers would be sent. No request. */

import type { Command } from 'commander';
import { ChatError } from '../../core/error.ts';
import type { JsonSchema } from '../../core/json.ts';
import { readJson, toJsonValue } from '../../core/json-node.ts';
import { plural } from '../../core/plural.ts';
import type { AdaptedSchema } from '../../session/structured/adapt.ts';
import type { Validator } from '../../session/validate.ts';
import { readTextFile } from '../../store/text-file.ts';
import { safeJson } from '../../terminal/json.ts';
import { safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Host } from '../host.ts';
import { placeOf } from '../schema-document.ts';
import { schemaFacts } from '../schema-facts.ts';
import { printLine } from './print-line.ts';
import { placesOf, readSchema } from './schema-read.ts';

interface CheckFlags {
  readonly multi?: true;
  readonly value?: string;
  readonly json?: true;
}

export function checkCommand(schema: Command, host: Host, setCode: (code: number) => void): void {
  schema
    .command('check')
    .description('whether it can be used, and what servers would be sent; nothing is asked')
    .argument('<source>', sourceWords)
    .option('--multi', 'as --schema-multi would ask for it')
    .option('--value <file>', 'whether this JSON satisfies it (- for stdin), with exit code 60 when it does not')
    .option('--json', 'as JSON')
    .action((source: string, flags: CheckFlags) => check(host, source, flags, setCode));
}

export const sourceWords = "FILE, FILE#/place/inside, JSON, 'name, age int', @SAVED, or - for stdin";

const maxValueBytes = 64 * 1024 * 1024;

async function check(host: Host, given: string, flags: CheckFlags, setCode: (code: number) => void): Promise<void> {
  if (given === '-' && flags.value === '-') {
    throw new ChatError({ kind: 'usage', what: 'the schema and the value cannot both come from stdin' });
  }
  const { source, schema, validate } = await readSchema(host, given, flags.multi === true);
  if (flags.value === undefined) return report(host, source, schema, flags.json === true);
  const { readStdin } = placesOf(host);
  const text = flags.value === '-' ? await readStdin() : readTextFile(flags.value, { maxBytes: maxValueBytes });
  const problems = problemsOf(text.replace(/^\uFEFF/, ''), validate);
  if (problems.length > 0) setCode(exitCodes.unsatisfied);
  if (flags.json === true) return printLine(host, safeJson({ ok: problems.length === 0, problems }, 2));
  for (const line of problems.length === 0 ? ['ok'] : problems) await printLine(host, sanitizeLine(line));
}

function problemsOf(text: string, validate: Validator): readonly string[] {
  const read = readJson(text);
  return read.ok ? validate(toJsonValue(read.node)) : [`it is no JSON: ${placeOf(text, read.at)}: ${read.problem}`];
}

async function report(host: Host, source: string, schema: JsonSchema, asJson: boolean): Promise<void> {
  const { adaptSchema } = await import('../../session/structured/adapt.ts');
  const facts = schemaFacts(schema);
  const forms = { strict: adaptSchema(schema, 'strict'), object: adaptSchema(schema, 'object') };
  if (asJson) {
    const described = { strict: describeForm(forms.strict), object: describeForm(forms.object) };
    return printLine(host, safeJson({ ok: true, source, ...facts, forms: described }, 2));
  }
  await printLine(host, sanitizeLine(`${source}: ok, read as draft ${facts.draft}`));
  const properties = plural(facts.properties, 'property', 'properties');
  const levels = plural(facts.depth, 'level');
  await printLine(host, sanitizeLine(`${facts.root}: ${properties}, ${levels} deep, ${facts.characters} characters`));
  await printForm(host, 'strict JSON Schema', forms.strict);
  await printForm(host, 'other means', forms.object);
}

async function printForm(host: Host, means: string, adapted: AdaptedSchema): Promise<void> {
  const lines = adapted.ok ? adapted.changes : adapted.reasons;
  const verdict = adapted.ok ? (lines.length === 0 ? 'as it is' : 'with changes') : 'not possible';
  await printLine(host, sanitizeLine(`${means}: ${verdict}`));
  for (const line of lines) await printLine(host, safe`  ${sanitizeLine(line)}`);
}

function describeForm(adapted: AdaptedSchema): object {
  return adapted.ok
    ? { possible: true, changes: adapted.changes, schema: adapted.schema }
    : { possible: false, reasons: adapted.reasons };
}

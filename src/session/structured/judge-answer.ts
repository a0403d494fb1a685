/** Whether an answer is what was wanted, and the value alone. */

import type { JsonSchema } from '../../core/json.ts';
import { type JsonNode, printJson, toJsonValue } from '../../core/json-node.ts';
import type { Wanted, WantedRegex, WantedSchema } from './index.ts';
import { breaksOpenly, judgeJson } from './judge-json.ts';

export type AnswerVerdict =
  | {
      readonly ok: true;
      readonly text: string;
      /** The value, when it is JSON. */
      readonly node?: JsonNode;
      readonly repairs: readonly string[];
    }
  | {
      readonly ok: false;
      readonly problems: readonly string[];
      /**
       * `format`: nothing of the format is in the answer; `schema`: a value that an answer to the schema as it was
       * sent cannot be. Whoever was to enforce that did not. Undefined where a server may have enforced all it can.
       */
      readonly ignores?: 'format' | 'schema';
    };

/** What was asked of the server, where that is not what is wanted. */
export interface Sent {
  readonly schema: JsonSchema;
  /** From an answer to it to what is wanted. */
  readonly restore: (node: JsonNode) => JsonNode;
}

/** @param sent  for a schema */
export async function judgeAnswer(text: string, wanted: Wanted, sent: Sent | undefined): Promise<AnswerVerdict> {
  switch (wanted.kind) {
    case 'json-schema':
      return judgeSchema(text, wanted, sent ?? { schema: wanted.schema, restore: (node) => node });
    case 'regex':
      return judgeRegex(text, wanted);
    case 'choice':
      return judgeChoice(text, wanted.choices);
    case 'grammar':
      // Only the server knows the grammar.
      return satisfied(text.trim());
    default:
      return wanted satisfies never;
  }
}

async function judgeSchema(text: string, { schema, validate }: WantedSchema, sent: Sent): Promise<AnswerVerdict> {
  const verdict = judgeJson(text, {
    schemas: [schema, sent.schema],
    validate: (node) => validate(toJsonValue(sent.restore(node))),
  });
  if (verdict.ok) {
    const node = sent.restore(verdict.node);
    return { ok: true, text: printJson(node), node, repairs: verdict.repairs };
  }
  const { problems, found, node } = verdict;
  // Servers that enforce a schema give empty answers as well, when the model has nothing to say within it.
  if (text.trim() === '' || found === 'cut') return { ok: false, problems };
  if (found === 'nothing' || found === 'ambiguous') return { ok: false, problems, ignores: 'format' };
  const isImpossible = found === 'echo' || (node !== undefined && (await breaksSchema(node, sent.schema)));
  return { ok: false, problems, ...(isImpossible && { ignores: 'schema' }) };
}

async function breaksSchema(node: JsonNode, schema: JsonSchema): Promise<boolean> {
  const { compileSchema } = await import('../validate.ts');
  return breaksOpenly(compileSchema(schema).detailed(toJsonValue(node)));
}

/** As it is, or else without the white space around it. */
function judgeRegex(text: string, { test, printed }: WantedRegex): AnswerVerdict {
  for (const candidate of new Set([text, text.trim()])) {
    const verdict = test(candidate);
    if (verdict === 'too-slow') return failed('the pattern takes longer than 1 s on it');
    if (!verdict) continue;
    // What is printed would be another text than the one that matches.
    return printed(candidate) === candidate ? satisfied(candidate) : failed('it has invisible characters in it');
  }
  return failed('it does not match as a whole');
}

/** Quotes, a full stop and the case of letters do not make another choice, as long as it stays one. */
function judgeChoice(text: string, choices: readonly string[]): AnswerVerdict {
  const bare = text.trim();
  const exact = choices.find((choice) => choice === bare);
  if (exact !== undefined) return satisfied(exact);
  const folded = fold(bare);
  const found = choices.filter((choice) => folded !== '' && fold(choice) === folded);
  const [only] = found;
  return only !== undefined && found.length === 1 ? satisfied(only) : failed('it is none of the choices');
}

function fold(text: string): string {
  return text
    .trim()
    .replace(/^["'`*“”‘’]+|["'`*“”‘’.。]+$/gu, '')
    .toLocaleLowerCase('en');
}

function satisfied(text: string): AnswerVerdict {
  return { ok: true, text, repairs: [] };
}

function failed(problem: string): AnswerVerdict {
  return { ok: false, problems: [problem], ignores: 'format' };
}

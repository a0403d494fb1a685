/**
 * Structured output: what is asked for, how an answer is judged, and what the model is told when it is wrong.
 * The means of getting it from a server (the ladder) will live beside this file.
 */

import type { JsonSchema } from '../../core/json.ts';
import { parseJson } from '../../core/json.ts';

export interface StructuredOutput {
  /** Sent to servers that want one: `[a-zA-Z0-9_-]{1,64}`. */
  readonly name: string;
  readonly schema: JsonSchema;
  /** The schema compiled: problems in words, none when the value satisfies it. */
  readonly validate: (value: unknown) => readonly string[];
  /** How often a wrong answer is asked for again. */
  readonly retries: number;
}

export type Verdict =
  | { readonly ok: true; readonly json: string }
  | { readonly ok: false; readonly problems: readonly string[] };

/** `json` is the model's own text of the value, so that numbers beyond 2^53 keep their digits. */
export function judgeAnswer(text: string, validate: StructuredOutput['validate']): Verdict {
  const json = unfence(text);
  const value = parseJson(json);
  if (value === undefined) return { ok: false, problems: [notJson(text)] };
  const problems = validate(value);
  return problems.length === 0 ? { ok: true, json } : { ok: false, problems };
}

/** The message that asks again. */
export function correction(problems: readonly string[]): string {
  return [
    'That answer does not satisfy the required JSON Schema:',
    ...problems.map((problem) => `- ${problem}`),
    'Answer again with only the corrected JSON value: no explanation, no code fence.',
  ].join('\n');
}

/** The content of a fence that surrounds the whole answer (servers that ignore the format invite it), trimmed. */
function unfence(text: string): string {
  const bare = text.replace(/^\uFEFF/, '').trim();
  return /^```(?:json)?[ \t]*\r?\n([\s\S]*?)\r?\n?```$/i.exec(bare)?.[1]?.trim() ?? bare;
}

function notJson(text: string): string {
  return text.trim() === '' ? 'it is empty' : 'it is no JSON';
}

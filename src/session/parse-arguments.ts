/**
 * A tool call's arguments, from the model's raw text to an object.
 *
 * Models wrap them in fences, write Python, or encode them twice. Those mistakes leave no doubt about what was meant
 * and are repaired. Text that stops in the middle is never completed: closing a cut string runs the tool with half
 * of its data and nobody notices (cline#13001, livekit/agents#4974).
 */

import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { toStrictJson } from './lenient-json.ts';

export type ParsedArguments =
  | { readonly ok: true; readonly value: JsonObject; readonly repairs: readonly string[] }
  | { readonly ok: false; readonly problem: string };

const maxCharacters = 1024 * 1024;

/** Marks of chat templates that leak into the last argument; TGI 2.0 sent `</s>` as the final fragment. */
const specialToken = /(?:<\/s>|<\/tool_call>|<end_of_turn>|<\|[\w-]{1,32}\|>|<｜[^｜<>]{1,40}｜>)$/u;
const longestSpecialToken = 48;

/**
 * Empty text, `null` and `None` mean no arguments: `{}`.
 * @returns `repairs` in words for a person, empty when the text was right as it came; `problem` in words for the model
 */
export function parseArguments(raw: string): ParsedArguments {
  if (raw.length > maxCharacters) {
    return refuse(`the arguments are ${raw.length} characters long; at most ${maxCharacters} are accepted`);
  }
  const repairs: string[] = [];
  const text = unfence(dropSpecialTokens(raw.trim(), repairs), repairs);
  const outer = parseValue(text, repairs);
  if (!outer.ok || typeof outer.value !== 'string') return outer.ok ? asArguments(outer.value, repairs) : outer;

  repairs.push('arguments were encoded twice');
  const inner = parseValue(outer.value.trim(), repairs);
  return inner.ok ? asArguments(inner.value, repairs) : inner;
}

type ParsedValue = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: string };

function parseValue(text: string, repairs: string[]): ParsedValue {
  if (text === '') return { ok: true, value: null };
  const strict = toStrictJson(text);
  if (!strict.ok) return strict;
  repairs.push(...strict.repairs);
  try {
    // JSON.parse returns nothing but JSON.
    return { ok: true, value: JSON.parse(strict.text) as Json };
  } catch (error) {
    return refuse(`the arguments are not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function asArguments(value: Json, repairs: readonly string[]): ParsedArguments {
  if (value === null) return { ok: true, value: {}, repairs };
  if (!isJsonObject(value)) {
    const kind = Array.isArray(value) ? 'an array' : `a ${typeof value}`;
    return refuse(`the arguments are ${kind}; send one JSON object, such as {"name": "value"}`);
  }
  // An own key of this name is harmless here but replaces the prototype wherever a tool copies key by key.
  if (hasKey(value, '__proto__')) return refuse('the key "__proto__" is not accepted');
  return { ok: true, value, repairs };
}

function hasKey(value: Json | undefined, key: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, key) || Object.values(value).some((member) => hasKey(member, key));
}

function dropSpecialTokens(text: string, repairs: string[]): string {
  let rest = text;
  for (;;) {
    const token = specialToken.exec(rest.slice(-longestSpecialToken))?.[0];
    if (token === undefined) break;
    rest = rest.slice(0, -token.length).trimEnd();
  }
  if (rest !== text) repairs.push('removed special tokens at the end');
  return rest;
}

function unfence(text: string, repairs: string[]): string {
  const opening = /^```[\w-]{0,20}\s*/.exec(text)?.[0];
  if (opening === undefined || !text.endsWith('```') || text.length < opening.length + 3) return text;
  repairs.push('removed a code fence');
  return text.slice(opening.length, -3).trim();
}

function refuse(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}

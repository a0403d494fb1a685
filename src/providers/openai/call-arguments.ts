/** What can be put right about the arguments of a joined call without guessing at their content. */

import { isJsonObject, nonEmptyString, parseJson } from '../../core/json.ts';
import { ValueEnd } from './value-end.ts';

export interface MendedCall {
  readonly name: string;
  /** One text per call: several when the server ran calls together. */
  readonly arguments: readonly string[];
  /** In plain words, to follow "was repaired:". */
  readonly repairs: readonly string[];
}

/** `</s>`, `<eos>`, `<|eot_id|>`, `<|im_end|>` and their kind, at the end. */
export const specialTokens = /(?:\s*(?:<\/s>|<eos>|<\|[a-z_]+\|>))+\s*$/;

/** @param tools  names of the tools that were offered */
export function mendArguments(call: { name: string; arguments: string }, tools: readonly string[]): MendedCall {
  const repairs: string[] = [];
  const texts = mendText(call.arguments, repairs);
  // TGI 1.4 calls every tool "tools".
  const isNameless = call.name === '' || (call.name === 'tools' && !tools.includes('tools'));
  if (!isNameless) return { name: call.name, arguments: texts, repairs };

  const [first = '{}', ...rest] = texts;
  const inner = nameWithin(first);
  if (inner !== undefined && rest.length === 0) {
    return {
      name: inner.name,
      arguments: [inner.arguments],
      repairs: [...repairs, 'its name was among its arguments'],
    };
  }
  const [only, ...others] = tools;
  if (only === undefined || others.length > 0) return { name: call.name, arguments: texts, repairs };
  return { name: only, arguments: texts, repairs: [...repairs, 'it came without its name'] };
}

function mendText(text: string, repairs: string[]): readonly string[] {
  if (text.trim() === '') return ['{}'];
  if (parseJson(text) !== undefined) return [text];

  const bare = text.replace(specialTokens, '');
  if (bare !== text && (bare.trim() === '' || parseJson(bare) !== undefined)) {
    repairs.push('special tokens after its arguments were removed');
    return [bare.trim() === '' ? '{}' : bare];
  }
  const objects = splitObjects(bare);
  if (objects === undefined) return [text];
  const [only, ...others] = objects;
  if (only !== undefined && others.length === 0) {
    repairs.push('its arguments came more than once');
    return [only];
  }
  repairs.push(`${objects.length} calls were run together and got separated`);
  return objects;
}

/**
 * Separates `{…}{…}`: whole objects and nothing else, or undefined. Repetitions are dropped, and so is a `{}`
 * beside others: servers that send `{}` first or the whole arguments again mean one call.
 */
function splitObjects(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  for (let rest = text; rest.trim() !== ''; ) {
    const end = new ValueEnd().find(rest);
    parts.push(rest.slice(0, end).trim());
    rest = end === undefined ? '' : rest.slice(end);
  }
  if (parts.length < 2 || !parts.every((part) => isJsonObject(parseJson(part)))) return undefined;
  const distinct = [...new Set(parts)];
  const filled = distinct.filter((part) => !/^\{\s*\}$/.test(part));
  return filled.length === 0 ? distinct.slice(0, 1) : filled;
}

/** TGI 3.1 sends no name but `{"_name":"f",…}`; TGI 2 the same inside `{"function":{…}}` (router, ToolGrammar). */
function nameWithin(text: string): { name: string; arguments: string } | undefined {
  const outer = parseJson(text);
  if (!isJsonObject(outer)) return undefined;
  const { _name, ...rest } = isJsonObject(outer.function) ? outer.function : outer;
  const name = nonEmptyString(_name);
  return name === undefined ? undefined : { name, arguments: JSON.stringify(rest) };
}

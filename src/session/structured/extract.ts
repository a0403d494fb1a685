/** From what a model wrote to the one JSON value in it that is wanted. Nothing is guessed: two such values are none. */

import { type JsonNode, readJson } from '../../core/json-node.ts';
import { readLenientValue } from '../lenient-json.ts';
import { pairBrackets } from './pair-brackets.ts';
import { isSameNode } from './same-node.ts';

export type Extracted =
  /** `repairs` in words for a person, empty when the text of the value was JSON as it came. */
  | { readonly ok: true; readonly node: JsonNode; readonly repairs: readonly string[] }
  | {
      readonly ok: false;
      /**
       * `nothing`: no JSON; `cut`: only JSON that stops before its end; `invalid`: JSON, none of it wanted;
       * `ambiguous`: several different values are wanted ones.
       */
      readonly found: 'nothing' | 'cut' | 'invalid' | 'ambiguous';
      /** In words for the model. */
      readonly problems: readonly string[];
      /** Of what is invalid, the value that the problems are about. */
      readonly node?: JsonNode;
    };

/**
 * Takes the whole text when it is JSON; else, after any thoughts before the answer, what stands in code fences and
 * in the outermost brackets, with harmless repairs. Linear in the length of the text but for `validate`.
 * @param text  an answer that was not cut: what is not closed here is never completed
 * @param validate  problems in words, none for a value that is wanted
 */
export function extractJson(text: string, validate: (node: JsonNode) => readonly string[]): Extracted {
  const whole = text.replace(/^\uFEFF/, '').trim();
  const asItIs = readJson(whole);
  if (asItIs.ok) return choose([{ node: asItIs.node, repairs: [], length: whole.length }], validate);

  const answer = withoutThoughts(whole);
  const { candidates, isCut } = findCandidates(answer);
  if (candidates.length > mostCandidates)
    return refuse('ambiguous', `there are more than ${mostCandidates} JSON values in it`);
  // What is complete inside or before something that breaks off is not the answer.
  if (isCut) return refuse('cut', 'its JSON stops before its end');
  if (candidates.length > 0) return choose(candidates, validate);
  return refuse('nothing', /^[[{]/.test(answer) ? describeBroken(answer) : 'there is no JSON in it');
}

const mostCandidates = 1000;

interface Candidate {
  readonly node: JsonNode;
  readonly repairs: readonly string[];
  readonly length: number;
}

function choose(candidates: readonly Candidate[], validate: (node: JsonNode) => readonly string[]): Extracted {
  const valid: Candidate[] = [];
  let best: { readonly node: JsonNode; readonly problems: readonly string[]; readonly length: number } | undefined;
  for (const { node, repairs, length } of candidates) {
    const problems = validate(node);
    if (problems.length > 0) {
      if (best === undefined || length >= best.length) best = { node, problems, length };
    } else if (!valid.some((other) => isSameNode(other.node, node))) {
      valid.push({ node, repairs, length });
      if (valid.length > mostDistinct) break;
    }
  }
  const [only, second] = valid;
  if (second !== undefined)
    return refuse('ambiguous', `${countValues(valid.length)} in it satisfy the schema; give one`);
  if (only !== undefined) return { ok: true, node: only.node, repairs: only.repairs };
  return best === undefined
    ? refuse('nothing', 'there is no JSON in it')
    : { ok: false, found: 'invalid', problems: best.problems, node: best.node };
}

/** Comparing each with each stays cheap. */
const mostDistinct = 10;

function countValues(count: number): string {
  return count > mostDistinct ? `more than ${mostDistinct} different values` : `${count} different values`;
}

function refuse(found: 'nothing' | 'cut' | 'ambiguous', problem: string): Extracted {
  return { ok: false, found, problems: [problem] };
}

function describeBroken(text: string): string {
  const read = readJson(text);
  return read.ok ? 'there is no JSON in it' : `it is not valid JSON: ${read.problem} (at character ${read.at + 1})`;
}

/** Templates often open the thoughts in the prompt, so the closing mark counts without an opening one. */
function withoutThoughts(text: string): string {
  if (/^(?:[[{]|```|~~~)/.test(text)) return text;
  const outside = /<\/think/.test(text) ? blankValues(text) : text;
  const end = Math.max(...['</think>', '</thinking>'].map((mark) => indexAfter(outside, mark)));
  return end >= 0 ? text.slice(end).trim() : /^<think(?:ing)?>/.test(text) ? '' : text;
}

/** With blanks in place of the JSON values: a mark in one of their strings ends nothing. */
function blankValues(text: string): string {
  let outside = '';
  let from = 0;
  const opening = /[[{]/g;
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const value = readLenientValue(text, found.index);
    opening.lastIndex = value.ok ? value.end : value.at;
    if (!value.ok) continue;
    outside += text.slice(from, found.index) + ' '.repeat(value.end - found.index);
    from = value.end;
  }
  return outside + text.slice(from);
}

function indexAfter(text: string, mark: string): number {
  const at = text.lastIndexOf(mark);
  return at < 0 ? at : at + mark.length;
}

function findCandidates(text: string): { readonly candidates: readonly Candidate[]; readonly isCut: boolean } {
  const candidates: Candidate[] = [];
  const opening = /[[{]/g;
  let pairs: ReadonlyMap<number, number> | undefined;
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const value = readLenientValue(text, found.index);
    if (value.ok) {
      const candidate = toCandidate(text.slice(found.index, value.end), value.text, value.repairs);
      if (candidate !== undefined) candidates.push(candidate);
      if (candidates.length > mostCandidates) break;
      opening.lastIndex = value.end;
    } else {
      if (value.at >= text.length) return { candidates, isCut: true };
      // Brackets of prose, or of something broken: what is complete inside of it is not the answer either.
      pairs ??= pairBrackets(text);
      const end = pairs.get(found.index);
      if (end === undefined && found[0] === '{') return { candidates, isCut: true };
      opening.lastIndex = end ?? value.at;
    }
  }
  return { candidates: [...candidates, ...scalarCandidates(text)], isCut: false };
}

/** Words and numbers are everywhere in prose: only as the whole answer, or the whole of a fence, are they a value. */
function scalarCandidates(text: string): readonly Candidate[] {
  const fences = [...text.matchAll(fence)].map(([, , content = '']) => content.trim());
  return [text, ...fences].flatMap((content) => {
    if (content === '' || /^[[{]/.test(content)) return [];
    const value = readLenientValue(content, 0);
    const candidate =
      value.ok && value.end === content.length ? toCandidate(content, value.text, value.repairs) : undefined;
    return candidate === undefined ? [] : [candidate];
  });
}

/** A block of CommonMark: any info string, closed by the same mark. */
const fence = /^[ \t]*(```|~~~)[^\n`]*\n([\s\S]*?)^[ \t]*\1/gm;

function toCandidate(asItIs: string, repaired: string, repairs: readonly string[]): Candidate | undefined {
  const length = asItIs.length;
  const strict = readJson(asItIs);
  if (strict.ok) return { node: strict.node, repairs: [], length };
  const lenient = repairs.length === 0 ? undefined : readJson(repaired);
  return lenient?.ok === true ? { node: lenient.node, repairs, length } : undefined;
}

/**
 * Calls that the model printed and the server did not recognise as calls (a template or parser that does not fit):
 *
 *     <tool_call>{"name":"get_time","arguments":{"place":"Rome"}}</tool_call>      Hermes, Qwen
 *     [TOOL_CALLS][{"name":"get_time","arguments":{"place":"Rome"}}]                Mistral
 *     <|python_tag|>{"name":"get_time","parameters":{"place":"Rome"}}               Llama 3; several with ; between
 *
 * They become calls only when they call tools that were on offer and do not stand in code; everything else stays text.
 */

import { isJsonObject, type Json, nonEmptyString, parseJson } from '../../core/json.ts';
import { CodeState } from './code-state.ts';
import { ValueEnd } from './value-end.ts';

export interface PrintedCall {
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}

export type PrintedPiece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'call'; readonly call: PrintedCall };

const openings = ['<tool_call>', '[TOOL_CALLS]', '<|python_tag|>'];
/** What may follow a call and says nothing. */
const endings = ['</tool_call>', '<|eom_id|>', '<|eot_id|>', '</s>', ';'];
const markers = [...openings, ...endings];

/** Beyond this many characters a value without an end is taken for text. */
const maxHeldLength = 64 * 1024;

/**
 * Text goes through at once, but for what may still be the beginning of a marker, and for what stands between a
 * marker and the end of its JSON. Markers may be cut anywhere between deltas.
 */
export class PrintedCallReader {
  readonly #tools: readonly string[];
  readonly #code = new CodeState();
  #state: 'text' | 'value' | 'after-call' = 'text';
  #held = '';
  #opening = '';
  #end = new ValueEnd();

  /** @param tools  names of the tools on offer; with none, all text goes through untouched */
  constructor(tools: readonly string[] = []) {
    this.#tools = tools;
  }

  push(text: string): PrintedPiece[] {
    if (this.#tools.length === 0) return text === '' ? [] : [{ type: 'text', text }];
    this.#held += text;
    const pieces: PrintedPiece[] = [];
    while (this.#step(pieces)) {}
    return pieces;
  }

  /** The answer is over: what was held back was text, unless it is the rest of a call. */
  end(): PrintedPiece[] {
    const pieces: PrintedPiece[] = [];
    const isRest = this.#state === 'after-call' && isBeginningOf(this.#held.trimStart(), endings);
    const text = this.#state === 'value' ? this.#opening + this.#held : this.#held;
    if (!isRest) this.#give(pieces, text);
    this.#state = 'text';
    this.#held = '';
    return pieces;
  }

  /** One move of the machine; false when it needs more text. */
  #step(pieces: PrintedPiece[]): boolean {
    switch (this.#state) {
      case 'text':
        return this.#readText(pieces);
      case 'value':
        return this.#readValue(pieces);
      case 'after-call':
        return this.#readAfterCall();
    }
  }

  #readText(pieces: PrintedPiece[]): boolean {
    const { opening, at } = firstOpening(this.#held);
    if (opening === undefined) {
      this.#take(pieces, this.#held.length - heldBack(this.#held));
      return false;
    }
    this.#take(pieces, at);
    if (this.#code.isInCode) this.#take(pieces, opening.length);
    else this.#open(opening);
    return true;
  }

  #open(opening: string): void {
    this.#held = this.#held.slice(opening.length);
    this.#opening = opening;
    this.#end = new ValueEnd();
    this.#state = 'value';
  }

  #readValue(pieces: PrintedPiece[]): boolean {
    const bare = this.#held.trimStart();
    this.#opening += this.#held.slice(0, this.#held.length - bare.length);
    this.#held = bare;
    const isValue = /^(?:[{[]|$)/.test(bare) && this.#opening.length + bare.length <= maxHeldLength;
    const end = isValue ? this.#end.find(this.#held) : 0;
    if (end === undefined) return false;
    const calls = readCalls(this.#held.slice(0, end), this.#tools);
    if (calls === undefined) {
      this.#give(pieces, this.#opening);
      this.#state = 'text';
      return true;
    }
    for (const call of calls) pieces.push({ type: 'call', call });
    this.#held = this.#held.slice(end);
    this.#state = 'after-call';
    return true;
  }

  #readAfterCall(): boolean {
    const bare = this.#held.trimStart();
    const ending = endings.find((text) => bare.startsWith(text));
    if (ending !== undefined) {
      this.#held = bare.slice(ending.length);
      return true;
    }
    if (isBeginningOf(bare, markers)) return false;
    this.#held = bare;
    // Llama 3 says its marker once for several calls.
    if (bare.startsWith('{') && this.#opening.startsWith('<|python_tag|>')) {
      this.#end = new ValueEnd();
      this.#state = 'value';
    } else this.#state = 'text';
    return true;
  }

  #take(pieces: PrintedPiece[], length: number): void {
    this.#give(pieces, this.#held.slice(0, length));
    this.#held = this.#held.slice(length);
  }

  #give(pieces: PrintedPiece[], text: string): void {
    if (text === '') return;
    this.#code.push(text);
    pieces.push({ type: 'text', text });
  }
}

function firstOpening(text: string): { readonly opening: string | undefined; readonly at: number } {
  const found = openings
    .map((opening) => ({ opening, at: text.indexOf(opening) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return found[0] ?? { opening: undefined, at: 0 };
}

/** How many characters at the end may be the beginning of an opening. */
function heldBack(text: string): number {
  const from = Math.max(0, text.length - Math.max(...openings.map(({ length }) => length)) + 1);
  for (let at = from; at < text.length; at++) if (isBeginningOf(text.slice(at), openings)) return text.length - at;
  return 0;
}

/** '' is a beginning of everything. */
function isBeginningOf(text: string, words: readonly string[]): boolean {
  return words.some((word) => word.length > text.length && word.startsWith(text));
}

/** One call or a list of them; undefined unless each is a call of a tool that was on offer. */
function readCalls(json: string, tools: readonly string[]): readonly PrintedCall[] | undefined {
  const value = parseJson(json);
  const items: readonly Json[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const calls = items.map((item) => readCall(item, tools)).filter((call) => call !== undefined);
  return calls.length > 0 && calls.length === items.length ? calls : undefined;
}

function readCall(item: Json, tools: readonly string[]): PrintedCall | undefined {
  if (!isJsonObject(item)) return undefined;
  const name = nonEmptyString(item.name);
  if (name === undefined || !tools.includes(name)) return undefined;
  const given = item.arguments ?? item.parameters ?? {};
  if (typeof given === 'string') return { name, arguments: given };
  return isJsonObject(given) ? { name, arguments: JSON.stringify(given) } : undefined;
}

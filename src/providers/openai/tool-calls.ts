/**
 * Joins the fragments of tool calls into whole calls. What servers send, from OpenAI's form to the oddest:
 *
 *     {"index":0,"id":"call_1","type":"function","function":{"name":"get_time","arguments":""}}
 *     {"index":0,"function":{"arguments":"{\"place\":"}}            the usual continuation
 *     {"index":0,"id":"","function":{"name":null,"arguments":"…"}}  DashScope, TGI, LM Studio
 *     {"id":"gSIMJiOkT","function":{"name":"f","arguments":"{}"}}   Mistral, Gemini: no index
 *     {"index":0,"id":"second",…}                                   Ollama <= 0.20: index 0 for every call
 *     {"function":{"name":"f","arguments":{"a":1}},"id":0}          TGI < 3: a dict, not a list; an object; a number
 */

import { isJsonObject, type Json, type JsonObject, nonEmptyString, parseJson } from '../../core/json.ts';
import type { ToolCall } from '../../core/message.ts';
import type { Notice } from '../../core/notice.ts';
import { optional } from '../../core/optional.ts';
import { mendArguments } from './call-arguments.ts';
import type { PrintedCall } from './printed-calls.ts';

export interface AssembledCalls {
  /** In the order in which they began. */
  readonly calls: readonly ToolCall[];
  readonly notices: readonly Notice[];
}

export interface AssemblerOptions {
  /** Makes an id for a call that came without one. */
  readonly newId?: () => string;
  /** The names of the tools that were offered. */
  readonly tools?: readonly string[];
}

interface OpenCall {
  index: number | undefined;
  id: string;
  name: string;
  arguments: string;
  replay: JsonObject | undefined;
}

/** One fragment, read: '' stands for what it does not say. */
export interface Fragment {
  readonly index: number | undefined;
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
  readonly replay: JsonObject | undefined;
}

export class ToolCallAssembler {
  readonly #calls: OpenCall[] = [];
  readonly #newId: () => string;
  readonly #tools: readonly string[];
  readonly #printed: PrintedCall[] = [];

  constructor({ newId = randomId, tools = [] }: AssemblerOptions = {}) {
    this.#newId = newId;
    this.#tools = tools;
  }

  get isEmpty(): boolean {
    return this.#calls.length === 0 && this.#printed.length === 0;
  }

  /**
   * @param toolCalls  `delta.tool_calls` as it came: a list, one dict, an empty list, null
   * @returns whether there was a fragment in it
   */
  push(toolCalls: Json | undefined): boolean {
    const seen = new Set<OpenCall>();
    for (const fragment of readFragments(toolCalls)) {
      const found = this.#find(fragment);
      // Two fragments of one list that both bring a name and have no index are two calls.
      const isAnother =
        found === undefined || (fragment.index === undefined && fragment.name !== '' && seen.has(found));
      const call = isAnother ? this.#open(fragment) : found;
      seen.add(call);
      extend(call, fragment);
    }
    return seen.size > 0;
  }

  /** A whole call that was found in the text. */
  pushPrinted(call: PrintedCall): void {
    this.#printed.push(call);
  }

  /** Call once, at the proven end of the answer. A call that was cut keeps its raw arguments. */
  finish(): AssembledCalls {
    const calls: ToolCall[] = [];
    const notices: Notice[] = [];
    const ids = new Set<string>();
    for (const open of this.#calls) {
      const mended = mendArguments(open, this.#tools);
      for (const repair of mended.repairs) notices.push(toNotice(mended.name, repair));
      for (const text of mended.arguments) {
        const isRepeated = ids.has(open.id) && mended.arguments.length === 1;
        if (isRepeated) notices.push(toNotice(mended.name, 'its id was used before in this answer and got replaced'));
        const id = open.id === '' || ids.has(open.id) ? this.#newId() : open.id;
        ids.add(id);
        calls.push({ id, name: mended.name, arguments: text.toWellFormed(), ...optional('replay', open.replay) });
      }
    }
    // Some servers recognise a call and leave its text in the answer all the same.
    for (const printed of this.#printed.filter((call) => !calls.some((other) => isSameCall(call, other)))) {
      notices.push(toNotice(printed.name, 'it was printed as text'));
      calls.push({ id: this.#newId(), ...printed });
    }
    return { calls, notices };
  }

  /** The open call a fragment continues, or undefined when it begins another. */
  #find(fragment: Fragment): OpenCall | undefined {
    const { index, id } = fragment;
    const candidates = index === undefined ? this.#calls : this.#calls.filter((call) => call.index === index);
    if (id !== '') {
      const same = candidates.find((call) => call.id === id);
      if (same !== undefined) return same;
    }
    const last = candidates.at(-1);
    if (last === undefined) return undefined;
    if (id !== '' && last.id !== '') return undefined;
    return startsAnother(last, fragment) ? undefined : last;
  }

  #open({ index, id }: Fragment): OpenCall {
    const call: OpenCall = { index, id, name: '', arguments: '', replay: undefined };
    this.#calls.push(call);
    return call;
  }
}

function isSameCall(a: PrintedCall, b: ToolCall): boolean {
  const [value, other] = [parseJson(a.arguments), parseJson(b.arguments)];
  return a.name === b.name && JSON.stringify(value) === JSON.stringify(other);
}

/** Without an id to tell: a name opens another call once the last one has a name and cannot be going on. */
function startsAnother(last: OpenCall, fragment: Fragment): boolean {
  if (fragment.name === '' || last.name === '') return false;
  if (fragment.name === last.name && fragment.arguments.trim() === '') return false;
  if (isWholeAndFilled(last.arguments)) return true;
  // The pieces of one name share an index; without an index another name is another call.
  return fragment.index === undefined && fragment.name !== last.name;
}

/** `{}` does not count: some servers send it first and the real arguments after it. */
function isWholeAndFilled(text: string): boolean {
  const value = text.trimEnd().endsWith('}') ? parseJson(text) : undefined;
  return isJsonObject(value) && Object.keys(value).length > 0;
}

function extend(call: OpenCall, fragment: Fragment): void {
  if (call.id === '') call.id = fragment.id;
  call.name = joinName(call, fragment.name);
  call.arguments += fragment.arguments;
  if (fragment.replay !== undefined) call.replay = { ...call.replay, ...fragment.replay };
}

/** Names come once, or repeated on every fragment, or (rarely) in pieces before the arguments begin. */
function joinName(call: OpenCall, name: string): string {
  if (name === '' || name === call.name || call.arguments !== '') return call.name === '' ? name : call.name;
  return name.startsWith(call.name) ? name : call.name + name;
}

/** @param toolCalls  see ToolCallAssembler.push */
export function readFragments(toolCalls: Json | undefined): readonly Fragment[] {
  const items: readonly (Json | undefined)[] = Array.isArray(toolCalls) ? toolCalls : [toolCalls];
  return items.map(readFragment).filter((fragment) => fragment !== undefined);
}

function readFragment(raw: Json | undefined): Fragment | undefined {
  if (!isJsonObject(raw)) return undefined;
  const body = isJsonObject(raw.function) ? raw.function : raw;
  const extra = isJsonObject(raw.extra_content) ? { extra_content: raw.extra_content } : undefined;
  return {
    index: typeof raw.index === 'number' ? raw.index : undefined,
    id: typeof raw.id === 'number' ? String(raw.id) : (nonEmptyString(raw.id) ?? ''),
    name: nonEmptyString(body.name) ?? '',
    arguments: toArgumentText(body.arguments ?? body.parameters),
    replay: extra,
  };
}

function toArgumentText(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function toNotice(name: string, repair: string): Notice {
  return {
    level: 'info',
    code: 'repaired-call',
    text: `A call of ${name === '' ? 'a tool' : name} was repaired: ${repair}.`,
  };
}

/** Random, since the ids of one conversation must not repeat between answers. */
function randomId(): string {
  return `call_${Math.random().toString(36).slice(2, 11).padEnd(9, '0')}`;
}

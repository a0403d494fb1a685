/**
 * A conversation as stored, made fit to be sent. An interrupted turn leaves a call without a result or with half
 * its arguments; servers then refuse every later request (copilot-cli#3183, pi#4189; llama.cpp answers 500 to
 * arguments that are no JSON). Nothing on disk changes: this is done to what is sent, each time.
 */

import { isJsonObject, parseJson } from '../core/json.ts';
import type { AssistantMessage, Message, SystemMessage, ToolCall, ToolMessage, UserMessage } from '../core/message.ts';
import { parseArguments } from './parse-arguments.ts';

/**
 * The last system message first (none if it is empty), empty answers dropped, every call answered once and directly
 * after it, in the order of the calls, ids unique, all text well-formed.
 */
export function mendHistory(messages: readonly Message[]): Message[] {
  const system = messages.findLast((message) => message.role === 'system');
  const mended: Message[] = system === undefined || system.text === '' ? [] : [wellFormed(system)];
  const giveId = uniqueIds(messages);

  messages.forEach((message, index) => {
    if (message.role === 'user') addUser(mended, wellFormed(message));
    if (message.role === 'assistant') mended.push(...mendAnswer(message, resultsAfter(messages, index), giveId));
  });
  return mended;
}

/** A turn that failed leaves a question without an answer; templates that alternate roles refuse two in a row. */
function addUser(mended: Message[], message: UserMessage): void {
  const last = mended.at(-1);
  if (last?.role !== 'user') mended.push(message);
  else mended[mended.length - 1] = { ...last, text: `${last.text}\n\n${message.text}` };
}

/** Tool messages up to the next answer. A user message may stand between: written while the tool was running. */
function resultsAfter(messages: readonly Message[], index: number): ToolMessage[] {
  const next = messages.findIndex((message, at) => at > index && message.role === 'assistant');
  return messages.slice(index + 1, next === -1 ? undefined : next).filter((message) => message.role === 'tool');
}

function mendAnswer(answer: AssistantMessage, results: ToolMessage[], giveId: (id: string) => string): Message[] {
  const calls = answer.toolCalls.map((call) => mendCall(call, giveId(call.id)));
  if (calls.length === 0 && answer.text.trim() === '') return [];

  const answered = answer.toolCalls.map((call, index) => {
    // Equal ids are answered in order, so each result is taken once.
    const at = results.findIndex((result) => result.callId === call.id);
    const [result] = at === -1 ? [] : results.splice(at, 1);
    return mendResult(calls[index] ?? call, result);
  });
  const { reasoning } = answer;
  return [
    {
      ...answer,
      text: answer.text.toWellFormed(),
      ...(reasoning === undefined ? {} : { reasoning: reasoning.toWellFormed() }),
      toolCalls: calls,
    },
    ...answered,
  ];
}

function mendCall(call: ToolCall, id: string): ToolCall {
  return { ...call, id, name: sendableName(call.name), arguments: sendableArguments(call.arguments) };
}

function mendResult(call: ToolCall, result: ToolMessage | undefined): ToolMessage {
  const identity = { role: 'tool', callId: call.id, name: call.name } as const;
  return result === undefined
    ? { ...identity, outcome: 'cancelled', text: 'cancelled: this call was interrupted and has no result' }
    : { ...identity, outcome: result.outcome, text: result.text.toWellFormed() };
}

/** A model may call a name of its own making; servers check the names in the history too. */
function sendableName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 64) || 'unknown';
}

function sendableArguments(raw: string): string {
  if (isJsonObject(parseJson(raw))) return escapedSurrogate.test(raw) ? withoutLoneEscapes(raw) : raw.toWellFormed();
  const parsed = parseArguments(raw);
  return parsed.ok ? JSON.stringify(parsed.value) : '{}';
}

const escapedSurrogate = /\\u[dD][89a-fA-F]/;

/**
 * Strict parsers (nlohmann's, in llama.cpp) refuse half a surrogate pair also where it is written as an escape.
 * Done on the text: parsing would change long numbers, and give up on deep nesting.
 */
function withoutLoneEscapes(json: string): string {
  const read = (found: string): string => (found.length === 2 ? found : String(parseJson(`"${found}"`)));
  return json.replace(escapes, read).toWellFormed();
}

/** A surrogate pair, half of one, or any other escape: in `\\ud800` there is only a backslash. */
const escapes = /\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u[dD][89a-fA-F]..|.)/gs;

/**
 * Hands out each id once: the first call keeps its own, the next of the same name gets `-2`. Servers that number
 * the calls of each answer from 0 repeat ids, and some send none.
 */
function uniqueIds(messages: readonly Message[]): (id: string) => string {
  const own = messages.flatMap((message) => (message.role === 'assistant' ? message.toolCalls : []));
  const taken = new Set(own.map((call) => call.id));
  const given = new Set<string>();
  return (id) => {
    const stem = id === '' ? 'call' : id.toWellFormed();
    let unique = stem;
    let count = 1;
    while (given.has(unique) || (count > 1 && taken.has(unique))) unique = `${stem}-${++count}`;
    given.add(unique);
    return unique;
  };
}

function wellFormed<Plain extends SystemMessage | UserMessage>(message: Plain): Plain {
  return { ...message, text: message.text.toWellFormed() };
}

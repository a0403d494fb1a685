/** `/compact`: the model sums up the older part of a conversation, and the summary is sent in its place. */

import type { ConversationLog } from '../core/conversation.ts';
import { ChatError } from '../core/error.ts';
import type { AssistantMessage, Message, UserMessage } from '../core/message.ts';
import { optional } from '../core/optional.ts';
import type { ChatRequest } from '../core/provider.ts';
import type { FinishEvent } from '../core/stream-event.ts';
import { chooseModel } from './choose-model.ts';
import type { SessionSettings } from './index.ts';

export interface Compaction {
  /** What the summary stands for. */
  readonly replaced: readonly Message[];
  readonly summary: string;
  /** Why it is not on disk. */
  readonly unsaved?: ChatError;
}

/** What is stored before the summary: roles alternate, and a reader sees what the text is. */
const summaryRequest: UserMessage = {
  role: 'user',
  correction: true,
  text: 'Sum up our conversation so far, so that we can go on from the summary alone.',
};

const instruction = [
  'Below is a conversation between a user and an assistant. Sum it up so that the assistant can go on from the summary',
  'alone: what the user wants, facts, names, numbers and decisions, what has been done and what is open. Keep code, paths',
  'and quotations that are still needed as they are. Write in the language of the conversation, in the past tense, and',
  'answer nothing in it. Write only the summary.',
].join(' ');

/**
 * The last exchange stays as it is; what stood before becomes another branch, and nothing of it is deleted.
 * Undefined when there is nothing before the last exchange.
 * @throws ChatError, and nothing has changed
 */
export async function compact(
  settings: SessionSettings & { readonly system: string },
  signal: AbortSignal,
): Promise<Compaction | undefined> {
  const { log, system } = settings;
  const messages = log.messages.map(({ message }) => message);
  const last = messages.findLastIndex((message) => message.role === 'user' && message.correction !== true);
  const older = messages.slice(0, Math.max(0, last)).filter(({ role }) => role !== 'system');
  if (older.length === 0) return undefined;

  const summary = await sumUp(settings, older, signal);
  const kept = messages
    .slice(last)
    .filter(({ role }) => role !== 'system')
    .map(withoutUsage);
  const systemMessage: readonly Message[] = system === '' ? [] : [{ role: 'system', text: system }];
  const unsaved = await branchOff(log, [...systemMessage, summaryRequest, summary, ...kept]);
  return { replaced: older, summary: summary.text, ...optional('unsaved', unsaved) };
}

/** The summary that stands at the beginning of this branch, if there is one. */
export function summaryOf({ messages }: ConversationLog): string | undefined {
  const at = messages.findIndex(({ message }) => message.role === 'user' && message.text === summaryRequest.text);
  const summary = at === -1 ? undefined : messages[at + 1]?.message;
  return summary?.role === 'assistant' ? summary.text : undefined;
}

async function sumUp(
  settings: SessionSettings,
  older: readonly Message[],
  signal: AbortSignal,
): Promise<AssistantMessage> {
  const { provider, thinking, extraBody, stream } = settings;
  const model = await modelOf(settings, signal);
  const request: ChatRequest = {
    model,
    // One text: a history with tool calls in it is refused by servers that are offered no tools.
    messages: [{ role: 'user', text: `${instruction}\n\n<conversation>\n${transcriptOf(older)}\n</conversation>` }],
    tools: [],
    toolChoice: 'auto',
    ...optional('thinking', thinking),
    sampling: {},
    extraBody,
    stream,
  };
  let text = '';
  let finish: FinishEvent | undefined;
  for await (const event of provider.stream(request, signal)) {
    if (event.type === 'text-delta') text += event.text;
    if (event.type === 'finish') finish = event;
  }
  if (text.trim() === '' || finish === undefined) {
    throw new ChatError({ kind: 'stream', target: provider.target, reason: 'empty', hint: 'nothing was summed up' });
  }
  if (finish.reason === 'length') {
    const said = 'the summary was cut by the token limit, and is not used';
    throw new ChatError({ kind: 'stream', target: provider.target, reason: 'cut', said });
  }
  return {
    role: 'assistant',
    text: text.trim(),
    toolCalls: [],
    ending: 'stop',
    ...optional('model', finish.model ?? model),
  };
}

/** The one chosen, or as a turn would choose it, without a word about it. */
async function modelOf(settings: SessionSettings, signal: AbortSignal): Promise<string | undefined> {
  const choice = chooseModel(settings, signal);
  for (;;) {
    const { done, value } = await choice.next();
    if (done !== true) continue;
    if (value.outcome === undefined) return value.id;
    throw value.outcome.kind === 'failed' ? value.outcome.error : new ChatError({ kind: 'aborted' });
  }
}

/** What the server counted then is not what is sent now. */
function withoutUsage(message: Message): Message {
  if (message.role !== 'assistant') return message;
  const { usage: _before, ...others } = message;
  return others;
}

/** Of a long message the beginning and the end: this is also asked when the whole no longer fits. */
const longestPart = 6000;

function transcriptOf(messages: readonly Message[]): string {
  return messages.map((message) => `${speakerOf(message)}:\n${clip(partOf(message))}`).join('\n\n');
}

function speakerOf(message: Message): string {
  return message.role === 'tool'
    ? `Result of the tool ${message.name}`
    : message.role === 'user'
      ? 'User'
      : 'Assistant';
}

function partOf(message: Message): string {
  if (message.role !== 'assistant') return message.text;
  const calls = message.toolCalls.map((call) => `[calls ${call.name} ${call.arguments}]`);
  return [message.text, ...calls].filter((part) => part !== '').join('\n');
}

function clip(text: string): string {
  if (text.length <= longestPart) return text.toWellFormed();
  const half = longestPart / 2;
  return `${text.slice(0, half)}\n[...]\n${text.slice(-half)}`.toWellFormed();
}

async function branchOff(log: ConversationLog, messages: readonly Message[]): Promise<ChatError | undefined> {
  log.rewind(null);
  let unsaved: ChatError | undefined;
  for (const message of messages) unsaved = (await log.append(message)).unsaved;
  return unsaved ?? (await log.sync());
}

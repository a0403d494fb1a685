/** What a server and model can do, found out by asking: a few short chats, one after the other. */

import { type ChatError, isChatError } from '../../core/error.ts';
import { isJsonObject, type JsonSchema, parseJson } from '../../core/json.ts';
import type { Usage } from '../../core/message.ts';
import { optional } from '../../core/optional.ts';
import type { Capabilities } from '../../core/profile.ts';
import type { ChatRequest, Provider, RequestPreview } from '../../core/provider.ts';
import type { StreamEvent } from '../../core/stream-event.ts';
import type { ToolDefinition } from '../../core/tool.ts';
import type { Received } from '../../wire/index.ts';
import { findReasoningField } from './reasoning-field.ts';

export interface AbilitiesOptions {
  readonly provider: Provider;
  readonly model: string | undefined;
  /** Sends what `provider.preview` shows, with the credentials it masks, and gives back what comes. Throws ChatError. */
  readonly send: (preview: RequestPreview, signal: AbortSignal) => AsyncIterable<Received>;
  readonly signal: AbortSignal;
}

export type Abilities = Pick<Capabilities, 'usageInStream' | 'tools' | 'parallelTools' | 'schema' | 'reasoningField'>;

/**
 * What cannot be told is absent: a model that answers otherwise than it was asked to, a server that fails.
 * @throws ChatError 'auth', 'network', 'aborted', and whatever ends the first and plainest of the chats
 */
export async function probeAbilities(options: AbilitiesOptions): Promise<Abilities> {
  return {
    ...(await probeChat(options)),
    ...(await probeTools(options)),
    ...(await probeSchema(options)),
  };
}

/** The one chat that has to succeed: without it there is nothing to find out. */
async function probeChat({ provider, model, signal, send }: AbilitiesOptions): Promise<Abilities> {
  const request = ask(model, 'What is 7 times 8? Answer with the number.');
  let usage: Abilities = { usageInStream: false };
  let reasons = false;
  for await (const event of provider.stream(request, signal)) {
    if (event.type === 'finish') usage = readUsage(event.usage);
    else if (event.type === 'reasoning-delta') reasons = true;
  }
  if (!reasons) return usage;
  // A provider hides which field its events came from, so the same is asked once more and read as it comes.
  const received = send(provider.preview(request), signal);
  const reasoningField = await unlessItFails(findReasoningField(received));
  return { ...usage, ...optional('reasoningField', reasoningField) };
}

/** Counts that are all unknown (Xinference sends -1 for some engines) do not say what the next answer will have. */
function readUsage(usage: Usage | undefined): Abilities {
  if (usage === undefined) return { usageInStream: false };
  return Object.keys(usage).length === 0 ? {} : { usageInStream: true };
}

const note: ToolDefinition = {
  name: 'take_note',
  description: 'Writes one word down.',
  parameters: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] },
};

/** Left to the model's choice, as in a conversation: vLLM without a parser for calls refuses only that (serving.py). */
async function probeTools({ provider, model, signal }: AbilitiesOptions): Promise<Abilities> {
  const text = 'Call take_note twice, in one go: once with the word "red", once with the word "blue".';
  const request = { ...ask(model, text), tools: [note] };
  const seen = await watch(provider.stream(request, signal));
  if (seen.kind === 'refused' || seen.toolsRefused) return { tools: false };
  // A model that answers in words may still call when a question gives it reason to.
  return seen.calls > 0 ? { tools: true, parallelTools: seen.calls > 1 } : {};
}

const onlySeven: JsonSchema = {
  type: 'object',
  properties: { seven: { type: 'integer' } },
  required: ['seven'],
  additionalProperties: false,
};

/** The question asks for prose, so that an answer in JSON is the schema's doing. */
async function probeSchema({ provider, model, signal }: AbilitiesOptions): Promise<Abilities> {
  const [rung] = provider.rungs('json-schema', model);
  // Asked for in words, JSON would be the model's doing.
  if (rung === undefined || rung.mode === 'prompt') return {};
  const request: ChatRequest = {
    ...ask(model, 'Greet me in one short sentence.'),
    format: { kind: 'json-schema', mode: rung.mode, name: 'seven', schema: onlySeven, strict: true },
  };
  const seen = await watch(provider.stream(request, signal));
  if (seen.kind === 'refused') return { schema: 'refused' };
  if (seen.kind !== 'finished') return {};
  const value = parseJson(seen.text.trim());
  const isHonoured = isJsonObject(value) && Number.isInteger(value.seven) && Object.keys(value).length === 1;
  return { schema: isHonoured ? 'honoured' : 'ignored' };
}

interface Seen {
  /** `finished` by the model itself, `refused` by the server as a request it does not take, or neither. */
  readonly kind: 'finished' | 'refused' | 'failed';
  readonly text: string;
  readonly calls: number;
  readonly toolsRefused: boolean;
}

async function watch(events: AsyncIterable<StreamEvent>): Promise<Seen> {
  let text = '';
  let calls = 0;
  let toolsRefused = false;
  let kind: Seen['kind'] = 'failed';
  try {
    for await (const event of events) {
      if (event.type === 'text-delta') text += event.text;
      else if (event.type === 'tool-call') calls++;
      else if (event.type === 'notice') toolsRefused ||= event.notice.code === 'tools-refused';
      else if (event.type === 'finish' && event.reason !== 'length') kind = 'finished';
    }
  } catch (error) {
    const { fault } = serverFailure(error);
    if (fault.kind === 'server' && [400, 404, 422, 501].includes(fault.status)) kind = 'refused';
  }
  return { kind, text, calls, toolsRefused };
}

async function unlessItFails<Value>(answer: Promise<Value>): Promise<Value | undefined> {
  try {
    return await answer;
  } catch (error) {
    serverFailure(error);
    return undefined;
  }
}

/** The error as one that means "unknown"; @throws it when it means that nothing can be asked. */
function serverFailure(error: unknown): ChatError {
  if (isChatError(error, 'server') || isChatError(error, 'stream')) return error;
  throw error;
}

/** Long enough for a model that thinks first. */
const maxTokens = 768;

function ask(model: string | undefined, text: string): ChatRequest {
  return {
    model,
    messages: [{ role: 'user', text }],
    tools: [],
    toolChoice: 'auto',
    // No temperature: some models refuse any but their own.
    sampling: { maxTokens },
    extraBody: {},
    stream: true,
  };
}

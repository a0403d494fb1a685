/**
 * A provider for servers that continue a text: the conversation becomes one prompt, and what such servers do not
 * have (tools, thinking) is left out, once said. Protocols differ in routes, bodies and frames.
 */

import { ChatError, isChatError } from '../core/error.ts';
import type { Json, JsonObject } from '../core/json.ts';
import type { Memory } from '../core/learned.ts';
import type { NoticeCode } from '../core/notice.ts';
import { optional } from '../core/optional.ts';
import type { ServerName } from '../core/profile.ts';
import type { ChatRequest, ModelInfo, Provider, RequestPreview } from '../core/provider.ts';
import type { StreamEvent } from '../core/stream-event.ts';
import { fetchJson, type Network, openStream, parseBaseUrl, type Received, type WireLimits } from '../wire/index.ts';
import { roomLeft } from './answer-room.ts';
import { BusyWaits } from './busy.ts';
import { formatInWords } from './format-in-words.ts';
import { markFormatRefusal } from './format-refusal.ts';
import { type FormatWays, toRungs } from './format-ways.ts';
import { maskHeaders, secretsOf, toHeaders } from './headers.ts';
import { Lessons } from './lessons.ts';
import { type Progress, watchHeaders } from './progress.ts';
import { findPromptFormat, guessPromptFormat, type PromptFormat } from './prompts/index.ts';
import type { TextAnswerOptions } from './text-answer.ts';
import { withInstruction } from './with-instruction.ts';

export interface TextProviderOptions {
  /** As the person wrote it. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly userAgent: string;
  /** The profile's own; they win over ours, in any spelling. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A name of `prompts`; without one the model's name decides. */
  readonly promptFormat?: string;
  /** What a probe found the server to be. */
  readonly server?: ServerName;
  readonly limits: WireLimits;
  readonly network?: Network;
  /** Keeps which formats the server refuses; without one that is known for the life of this provider. */
  readonly memory?: Memory;
  /** Waits; rejects with ChatError kind 'aborted' when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The request's text and what ends the answer to it. */
export interface Prompt {
  readonly text: string;
  readonly stop: readonly string[];
}

export interface TextProtocol {
  readonly formats: FormatWays;
  urlOf(base: URL, request: ChatRequest): URL;
  toBody(request: ChatRequest, prompt: Prompt): JsonObject;
  read(
    received: AsyncIterable<Received>,
    target: string,
    options: TextAnswerOptions & { readonly prompt: string },
  ): AsyncIterable<StreamEvent>;
  /** @throws ChatError */
  listModels(base: URL, target: string, get: (url: URL) => Promise<Json>): Promise<readonly ModelInfo[]>;
}

/** @throws ChatError kind 'usage' when the base URL is none, 'config' for a prompt format that does not exist */
export function createTextProvider(options: TextProviderOptions, protocol: TextProtocol): Provider {
  const { url: base, target, userinfo } = parseBaseUrl(options.baseUrl);
  const headers = toHeaders({ ...options, ...optional('userinfo', userinfo) });
  const secrets = secretsOf(options, userinfo);
  const common = { headers, secrets, limits: options.limits, ...optional('network', options.network) };
  const named = options.promptFormat === undefined ? undefined : findPromptFormat(options.promptFormat);
  const formatOf = ({ model = '' }: Pick<ChatRequest, 'model'>) =>
    named ?? findPromptFormat(guessPromptFormat(model) ?? 'plain');
  const lessons = new Lessons(base.origin, options.memory);
  /** What was already said, for the life of this provider. */
  const said = new Set<string>();

  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<StreamEvent> {
    yield* sayOnce(leftOut(request, target));
    if (named === undefined) yield* sayOnce(guessed(request));
    const waits = new BusyWaits(options.limits.retries);
    let asked = request;
    for (;;) {
      const progress = { isAccepted: false, hasBegun: false };
      try {
        yield* attempt(asked, progress, signal);
        return;
      } catch (error) {
        if (progress.hasBegun) throw error;
        // A busy status was already retried by the wire; a busy word inside a 200 only we can read.
        const waitMs = progress.isAccepted ? waits.next(error) : undefined;
        if (waitMs !== undefined) {
          yield toNotice(
            'retrying',
            `${isChatError(error) ? error.message : target}; trying again in ${waitMs / 1000} s`,
          );
          await options.pause(waitMs, signal);
          continue;
        }
        // The length was ours to choose, so it is ours to mend.
        const maxTokens = asked.sampling.maxTokens === undefined ? roomLeft(error) : undefined;
        if (maxTokens === undefined) throw markFormatRefusal(error, request);
        asked = { ...asked, sampling: { ...asked.sampling, maxTokens } };
      }
    }
  }

  async function* attempt(request: ChatRequest, progress: Progress, signal: AbortSignal): AsyncGenerator<StreamEvent> {
    const format = formatOf(request);
    const prompt = toPrompt(request, format);
    const body = JSON.stringify(protocol.toBody(request, prompt));
    const received = openStream({ ...common, method: 'POST', url: protocol.urlOf(base, request), body, signal });
    // The space at the beginning of a rest is the one between two words.
    const keepsSpace = format.keepsSpace || (format.continues && request.messages.at(-1)?.role === 'assistant');
    const answerOptions = { prompt: prompt.text, stop: prompt.stop, keepsSpace, secrets };
    for await (const event of protocol.read(watchHeaders(received, progress), target, answerOptions)) {
      progress.hasBegun ||= event.type !== 'notice';
      yield event;
    }
  }

  function* sayOnce(events: Iterable<readonly [NoticeCode, string]>): Generator<StreamEvent> {
    for (const [code, text] of events) {
      if (said.has(text)) continue;
      said.add(text);
      yield toNotice(code, text);
    }
  }

  function preview(request: ChatRequest): RequestPreview {
    const prompt = toPrompt(request, formatOf(request));
    const url = protocol.urlOf(base, request).href;
    const body = protocol.toBody(request, prompt);
    return { method: 'POST', url, headers: maskHeaders(headers), body, prompt: prompt.text };
  }

  return {
    target,
    continuesAnswer: (model) => formatOf({ model }).continues === true,
    stream,
    listModels: (signal) =>
      protocol.listModels(base, target, (url) => fetchJson({ ...common, method: 'GET', url, signal })),
    rungs: (kind, model) => lessons.mark(toRungs(protocol.formats, kind), kind, model),
    leaveRung: (kind, model, mode) => lessons.leaveRung(kind, model, mode),
    preview,
  };
}

/** The person's own stop strings first: servers take only so many. */
function toPrompt(request: ChatRequest, format: PromptFormat): Prompt {
  const { messages, sampling, format: shape } = request;
  const words = shape === undefined ? undefined : formatInWords(shape);
  const told = words === undefined ? messages : withInstruction(messages, words);
  return { text: format.build(told), stop: [...new Set([...(sampling.stop ?? []), ...format.stop])] };
}

/** @throws ChatError kind 'usage' when a tool has to be called: that must not be left out silently */
function* leftOut({ tools, toolChoice, thinking }: ChatRequest, target: string): Generator<[NoticeCode, string]> {
  if (tools.length > 0 && toolChoice !== 'none') {
    if (toolChoice !== 'auto') {
      throw new ChatError({ kind: 'usage', what: `${target} completes text and cannot call tools` });
    }
    yield ['tools-refused', `${target} completes text and cannot call tools; asking without them.`];
  }
  if (thinking !== undefined) {
    yield ['parameter-dropped', `${target} completes text and cannot be told whether to think.`];
  }
}

function* guessed({ model }: ChatRequest): Generator<[NoticeCode, string]> {
  if (model !== undefined && guessPromptFormat(model) !== undefined) return;
  const whose = model === undefined ? 'no model is named' : `nothing is known about ${model}`;
  yield ['model-chosen', `prompt format: plain, as ${whose} (a profile's prompt format chooses another)`];
}

function toNotice(code: NoticeCode, text: string): StreamEvent {
  return { type: 'notice', notice: { level: code === 'model-chosen' ? 'info' : 'warning', code, text } };
}

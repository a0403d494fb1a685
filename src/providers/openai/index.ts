/** The OpenAI-compatible protocol: `POST {base}/chat/completions`, `GET {base}/models`. */

import { ChatError, isChatError } from '../../core/error.ts';
import type { Json } from '../../core/json.ts';
import type { LearnedFacts, Memory } from '../../core/learned.ts';
import type { Notice } from '../../core/notice.ts';
import { optional } from '../../core/optional.ts';
import type { ServerName } from '../../core/profile.ts';
import type { ChatRequest, ModelInfo, Provider, RequestPreview } from '../../core/provider.ts';
import type { StreamEvent } from '../../core/stream-event.ts';
import {
  fetchJson,
  joinUrl,
  type Network,
  openStream,
  parseBaseUrl,
  probeLimits,
  type WireLimits,
} from '../../wire/index.ts';
import { BusyWaits } from '../busy.ts';
import { isFailedGeneration, markFormatRefusal } from '../format-refusal.ts';
import { toRungs } from '../format-ways.ts';
import { hasCredential, maskHeaders, secretsOf, toHeaders } from '../headers.ts';
import { Lessons, withLesson } from '../lessons.ts';
import { readModels } from '../models.ts';
import { type Progress, watchHeaders } from '../progress.ts';
import { correctDialect, dialectFor } from './dialect.ts';
import { readChunks } from './events.ts';
import { isMissingModel, withModels } from './missing-model.ts';
import { OwnModel } from './own-model.ts';
import { type Plan, planRequest } from './plan.ts';
import { readLesson } from './read-lesson.ts';

export interface OpenAiOptions {
  /** As the person wrote it; see wire's parseBaseUrl and joinUrl for what is added. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  /** Where the key would come from, for the sentence that says it is missing. */
  readonly keyVariable?: string;
  readonly userAgent: string;
  /** The profile's own; they win over ours, in any spelling. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly limits: WireLimits;
  readonly network?: Network;
  /** What a probe found the server to be; decides where the host does not. */
  readonly server?: ServerName;
  /** For servers that list more than models to chat with, in their own words. */
  readonly readModels?: (body: Json) => readonly ModelInfo[] | undefined;
  /** Keeps what the server refuses; without one it is known for the life of this provider. */
  readonly memory?: Memory;
  /** Waits; rejects with ChatError kind 'aborted' when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** @throws ChatError kind 'usage' when the base URL is none */
export function createOpenAiProvider(options: OpenAiOptions): Provider {
  const { url: base, target, userinfo } = parseBaseUrl(options.baseUrl);
  const headers = toHeaders({ ...options, ...optional('userinfo', userinfo) });
  const secrets = secretsOf(options, userinfo);
  const common = { headers, secrets, limits: options.limits, ...optional('network', options.network) };
  const completionsUrl = joinUrl(base, 'chat/completions');
  const ownModel = new OwnModel();
  const lessons = new Lessons(base.origin, options.memory);
  /** Notices of what is left out, each said once in the life of this provider. */
  const said = new Set<string>();

  const dialectOf = ({ model }: Pick<ChatRequest, 'model'>) =>
    dialectFor({ hostname: base.hostname, pathname: base.pathname, model, server: options.server });
  const planOf = (request: ChatRequest, facts = lessons.of(request.model)) => {
    const dialect = dialectOf(request);
    return planRequest(ownModel.rename(request, dialect), dialect, facts, target);
  };

  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<StreamEvent> {
    const { keyVariable } = dialectOf(request);
    if (keyVariable !== undefined && !hasCredential(headers)) {
      throw new ChatError({ kind: 'auth', target, hint: `set ${options.keyVariable ?? keyVariable}` });
    }
    await ownModel.find(request, dialectOf(request), () => fetchModels(signal, probeLimits));
    const waits = new BusyWaits(options.limits.retries);
    let learned: LearnedFacts = {};
    let hasFailed = false;
    for (;;) {
      const known = withLesson(lessons.of(request.model), learned);
      const plan = planOf(request, known);
      yield* sayOnce(plan.omissions);
      const progress = { isAccepted: false, hasBegun: false };
      try {
        for await (const event of attempt(plan, progress, signal)) {
          if (progress.hasBegun && Object.keys(learned).length > 0) {
            lessons.keep(request.model, learned);
            learned = {};
          }
          yield event;
        }
        return;
      } catch (error) {
        if (progress.hasBegun) throw error;
        const waitMs = progress.isAccepted ? waits.next(error) : undefined;
        if (waitMs !== undefined) {
          const text = `${isChatError(error) ? error.message : target}; trying again in ${waitMs / 1000} s`;
          yield { type: 'notice', notice: { level: 'warning', code: 'retrying', text } };
          await options.pause(waitMs, signal);
          continue;
        }
        if (request.format !== undefined && !hasFailed && isFailedGeneration(error)) {
          hasFailed = true;
          yield { type: 'notice', notice: { level: 'warning', code: 'retrying', text: failedOnce(error) } };
          continue;
        }
        const lesson = readLesson(error, { plan, known, learned, kept: Object.keys(request.extraBody) });
        if (lesson === undefined) throw markFormatRefusal(await explain(error, request, signal), request);
        learned = withLesson(learned, lesson.facts);
        yield { type: 'notice', notice: lesson.notice };
        for (const { text } of planOf(request, withLesson(known, learned)).omissions) said.add(text);
      }
    }
  }

  async function* attempt(plan: Plan, progress: Progress, signal: AbortSignal): AsyncGenerator<StreamEvent> {
    const body = JSON.stringify(plan.body);
    const received = openStream({ ...common, method: 'POST', url: completionsUrl, body, signal });
    const answerOptions = {
      tools: plan.tools,
      startsInThought: plan.dialect.startsInThought,
      ...optional('answeredBy', plan.answeredBy),
      secrets,
    };
    for await (const event of readChunks(watchHeaders(received, progress), target, answerOptions)) {
      progress.hasBegun ||= event.type !== 'notice';
      yield event;
    }
  }

  function* sayOnce(notices: readonly Notice[]): Generator<StreamEvent> {
    for (const notice of notices) {
      if (!said.has(notice.text)) yield { type: 'notice', notice };
      said.add(notice.text);
    }
  }

  /** The error, with the models there are when it says that there is no such model. */
  async function explain(error: unknown, request: ChatRequest, signal: AbortSignal): Promise<unknown> {
    if (!isChatError(error) || error.fault.kind !== 'server' || !isMissingModel(error.fault)) return error;
    const { model } = request;
    if (model === undefined) return error;
    try {
      const models = await fetchModels(signal, probeLimits);
      return withModels(error.fault, model, { models, whenNone: dialectOf(request).whenNoModels });
    } catch (failure) {
      // What was asked for is the error; that there is nothing to add to it is not another one.
      if (!isChatError(failure)) throw failure;
      return isChatError(failure, 'aborted') ? failure : error;
    }
  }

  async function fetchModels(signal: AbortSignal, limits: WireLimits): Promise<readonly ModelInfo[]> {
    const body: Json = await fetchJson({ ...common, limits, method: 'GET', url: joinUrl(base, 'models'), signal });
    const models = (options.readModels ?? readModels)(body);
    if (models !== undefined) {
      ownModel.see(models);
      return models;
    }
    const what = 'its answer to /models is no list of models';
    throw new ChatError({ kind: 'stream', target, reason: 'malformed', said: what });
  }

  function preview(request: ChatRequest): RequestPreview {
    return { method: 'POST', url: completionsUrl.href, headers: maskHeaders(headers), body: planOf(request).body };
  }

  const { modelWhenNoneNamed } = dialectFor({ hostname: base.hostname, server: options.server });
  return {
    target,
    ...(modelWhenNoneNamed !== undefined && { modelIsOptional: true }),
    continuesAnswer: (model) => correctDialect(dialectOf({ model }), lessons.of(model)).continuing !== undefined,
    leaveContinuing: (model) => lessons.keep(model, { refusesToContinue: true }),
    stream,
    listModels: (signal) => fetchModels(signal, options.limits),
    rungs(kind, model) {
      const dialect = correctDialect(dialectOf({ model }), lessons.of(model));
      return lessons.mark(toRungs(dialect, kind), kind, model);
    },
    leaveRung: (kind, model, mode) => lessons.leaveRung(kind, model, mode),
    preview,
  };
}

function failedOnce(error: unknown): string {
  return `${isChatError(error) ? error.message : error}; asking once more`;
}

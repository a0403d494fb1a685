/** What a server is: a dozen small questions at once, and the answers read by `classify.ts`. */

import { type ChatError, isChatError } from '../../core/error.ts';
import type { Json } from '../../core/json.ts';
import { optional } from '../../core/optional.ts';
import type { ProviderKind, ServerName } from '../../core/profile.ts';
import type { ModelInfo } from '../../core/provider.ts';
import { joinUrl, parseBaseUrl } from '../../wire/index.ts';
import { hostedService } from '../hosts.ts';
import { readModels } from '../models.ts';
import { classify } from './classify.ts';
import { type ProbeAnswer, type ProbeAnswers, type ProbeName, probePaths } from './probes.ts';

export interface DetectOptions {
  /** As the person wrote it. */
  readonly baseUrl: string;
  /** One GET whose answer is JSON, with its own time limit. Throws ChatError as wire's fetchJson does. */
  readonly ask: (url: URL, signal: AbortSignal) => Promise<Json>;
  readonly signal: AbortSignal;
}

export interface DetectedServer {
  /** Undefined for one that gives no sign of what it is. */
  readonly server?: ServerName;
  readonly kind: ProviderKind;
  readonly version?: string;
  /** Up to and including the version segment; without userinfo. */
  readonly baseUrl: string;
  /** The chat models in the server's order; none when it does not list them, or not without a key. */
  readonly models: readonly ModelInfo[];
  /** Of the server as it was started; a model's own may stand in `models`. */
  readonly contextWindow?: number;
  /** It refused to list its models: without a key, or with the one it got. */
  readonly needsKey: boolean;
}

/** @throws ChatError 'usage' when the base URL is none, 'network' when nothing answers there, 'aborted' */
export async function detectServer({ baseUrl, ask, signal }: DetectOptions): Promise<DetectedServer> {
  const { url } = parseBaseUrl(baseUrl);
  const modelsUrl = joinUrl(url, 'models');
  const hosted = hostedService(url.hostname);
  // A hosted service is known by its name; asking it for the paths of other servers would only look odd.
  const answers = await askAll(hosted === undefined ? allProbes(url, modelsUrl) : [['models', modelsUrl]], ask, signal);

  const { models } = answers;
  const found = hosted === undefined ? classify(answers) : undefined;
  const server = hosted?.server ?? found?.server;
  return {
    ...optional('server', server),
    kind: server === 'hf-router' ? 'hf' : (found?.kind ?? 'openai'),
    ...optional('version', found?.version),
    baseUrl: normalise(url, modelsUrl),
    models: models?.kind === 'json' ? (readModels(models.body) ?? []) : [],
    ...optional('contextWindow', found?.contextWindow),
    needsKey: models?.kind === 'refused' && (models.status === 401 || models.status === 403),
  };
}

type Probe = readonly [name: ProbeName, url: URL];

function allProbes(base: URL, modelsUrl: URL): readonly Probe[] {
  const root = new URL(base);
  root.pathname = withoutVersion(base.pathname);
  const probes = Object.entries(probePaths).map(([name, path]) => {
    const url = new URL(root);
    url.pathname = `${root.pathname.replace(/\/$/, '')}/${path}`;
    // The names come from the table itself.
    return [name as ProbeName, url] as const;
  });
  return [...probes, ['models', modelsUrl]];
}

/** `/llm/v1/chat/completions` and `/llm/v1` are both served from `/llm`. */
function withoutVersion(path: string): string {
  return path.replace(/\/v\d+[a-z0-9]*(?:\/.*)?$/i, '').replace(/\/(?:(?:chat\/)?completions|models)$/, '');
}

/** @throws ChatError 'network' when no probe got an answer of any kind */
async function askAll(probes: readonly Probe[], ask: DetectOptions['ask'], signal: AbortSignal): Promise<ProbeAnswers> {
  const failures: ChatError[] = [];
  const { signals, stopListening } = split(signal, probes.length);
  const asked = Promise.all(
    probes.map(async ([name, url], index): Promise<readonly [ProbeName, ProbeAnswer] | undefined> => {
      try {
        return [name, { kind: 'json', body: await ask(url, signals[index] ?? signal) }];
      } catch (error) {
        if (!isChatError(error) || error.kind === 'aborted') throw error;
        const answer = answerIn(error);
        if (answer === undefined) failures.push(error);
        return answer && [name, answer];
      }
    }),
  );
  const answers = await asked.finally(stopListening);
  const given = answers.filter((answer) => answer !== undefined);
  const [failure] = failures;
  if (given.length === 0 && failure !== undefined) throw failure;
  return Object.fromEntries(given);
}

/** Signals that abort with this one: more than ten requests that listen to the same look like a leak to Node. */
function split(signal: AbortSignal, count: number): { signals: readonly AbortSignal[]; stopListening: () => void } {
  const controllers = Array.from({ length: count }, () => new AbortController());
  const onAbort = () => {
    for (const controller of controllers) controller.abort(signal.reason);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return {
    signals: controllers.map((controller) => controller.signal),
    stopListening: () => signal.removeEventListener('abort', onAbort),
  };
}

/** An error that a server answered with says that there is one. */
function answerIn({ fault }: ChatError): ProbeAnswer | undefined {
  if (fault.kind === 'server' || fault.kind === 'auth') return { kind: 'refused', ...optional('status', fault.status) };
  return fault.kind === 'stream' ? { kind: 'refused' } : undefined;
}

/** With its version segment, unless the URL names an endpoint that has none: that one is taken at its word. */
function normalise(base: URL, modelsUrl: URL): string {
  const beside = new URL(modelsUrl);
  beside.pathname = beside.pathname.replace(/\/models$/, '');
  return joinUrl(beside, 'models').href === modelsUrl.href ? beside.href : base.href;
}

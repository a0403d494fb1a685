/** What differs between servers of this protocol, as data: which row of servers.ts is for whom. */

import type { JsonObject } from '../../core/json.ts';
import type { LearnedFacts } from '../../core/learned.ts';
import type { ServerName } from '../../core/profile.ts';
import { tgiResponseFormat } from '../constraint.ts';
import type { FormatWays } from '../format-ways.ts';
import { hostedService } from '../hosts.ts';
import { isSchemaInValue } from './concession.ts';
import type { NativeShape } from './response-format.ts';
import { plain, servers, services } from './servers.ts';
import type { ThinkingFields } from './thinking.ts';

/** How a request has to be written for one server and model. */
export interface Dialect extends FormatWays {
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
  readonly seedField: 'seed' | 'random_seed';
  /** A top_p of 1, which means no limit, is refused. */
  readonly topPBelowOne: boolean;
  /** The word for "call some tool, whichever". */
  readonly anyToolWord: 'required' | 'any';
  /** How one tool is forced: by its name, or, where the name is not heeded, as the only one on offer. */
  readonly namedTool: 'by-name' | 'offered-alone';
  readonly toolCallIds: 'as-they-came' | 'nine-alphanumerics';
  /** false: an assistant message with calls must not have text. */
  readonly textBesideCalls: boolean;
  readonly nativeShape: NativeShape;
  /** false: a request with a response_format has to be answered in one body. */
  readonly streamsFormats: boolean;
  /** When earlier reasoning goes back as `reasoning_content`: never, beside calls since the last user message, always. */
  readonly reasoningReplay: 'none' | 'current-turn' | 'all';
  /** Opaque fields of an earlier answer that this server wants back; see AssistantMessage.replay. */
  readonly replayFields: readonly string[];
  /** The model's template opens `<think>` in the prompt, so the answer starts inside the thought. */
  readonly startsInThought: boolean;
  /** undefined: this server has no word for it. */
  readonly thinking: ThinkingFields | undefined;
  /** How this server is told to go on with the last message, which is the model's own; undefined: it cannot. */
  readonly continuing?: ContinuingFields | undefined;
  /** What is sent as the model when none is named. */
  readonly modelWhenNoneNamed?: string;
  /** What to do when the server has no models at all. */
  readonly whenNoModels?: string;
  /** Where the key usually comes from; set for hosts that answer nobody without one. */
  readonly keyVariable?: string;
}

export interface ContinuingFields {
  /** Of the request. */
  readonly body?: JsonObject;
  /** Of the message. */
  readonly message?: JsonObject;
}

export interface Addressee {
  /** Without port, lower case, as `URL.hostname` gives it. */
  readonly hostname: string;
  /** Of the base URL. */
  readonly pathname?: string;
  readonly model?: string | undefined;
  /** What a probe found the server to be; decides where the host does not. */
  readonly server?: ServerName | undefined;
}

export function dialectFor({ hostname, pathname = '', model, server: found }: Addressee): Dialect {
  const host = hostedService(hostname);
  const server = host === undefined ? (found ?? azure(hostname)) : host.server;
  const dialect = {
    ...plain,
    ...(server !== undefined && servers[server]),
    ...(host !== undefined && { ...services[hostname], keyVariable: host.keyVariable }),
  };
  if (host === undefined) return { ...dialect, startsInThought: opensThoughtInPrompt(model) };
  if (server !== 'deepseek') return dialect;
  // Chat prefix completion is a part of the beta, which has a base URL of its own (api-docs.deepseek.com).
  const continuing = /^\/beta(?:\/|$)/.test(pathname) ? { message: { prefix: true } } : undefined;
  return { ...dialect, continuing, reasoningReplay: reasoningReplayOf(model) };
}

/** The dialect as this server's refusals have corrected it. */
export function correctDialect(dialect: Dialect, facts: LearnedFacts): Dialect {
  const { concessions = [], reasoningReplay, refusesToContinue } = facts;
  return {
    ...dialect,
    ...(reasoningReplay !== undefined && { reasoningReplay }),
    ...(concessions.some(isSchemaInValue) && asForTgi),
    ...(refusesToContinue === true && { continuing: undefined }),
  };
}

/** The native rung goes on by its name, in the shape of TGI: what was chosen by `--schema-mode` stays chosen. */
const asForTgi: Partial<Dialect> = {
  schemaModes: ['native', 'tool', 'prompt'],
  nativeSchema: 'any',
  nativeShape: 'value',
  constraint: tgiResponseFormat,
  toolsBesideFormat: false,
};

/** Each resource has a name of its own before this one. */
function azure(hostname: string): ServerName | undefined {
  return hostname.endsWith('.openai.azure.com') ? 'openai' : undefined;
}

/** DeepSeek's models before V4 take reasoning back only within a tool loop, and R1 once refused any other. */
function reasoningReplayOf(model = ''): Dialect['reasoningReplay'] {
  return /^deepseek-(chat|reasoner|r1)\b/i.test(model) ? 'current-turn' : 'all';
}

/**
 * Templates known to end in `<think>`. Asked only of hosts we know nothing about: hosted services separate the
 * reasoning themselves, a self-hosted server does so only when it was started with a reasoning parser.
 */
function opensThoughtInPrompt(model = ''): boolean {
  return /deepseek-r1|\bqwq\b|-thinking\b/i.test(model);
}

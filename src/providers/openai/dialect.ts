/** What differs between servers of this protocol, as data: which row of servers.ts is for whom. */

import type { LearnedFacts } from '../../core/learned.ts';
import type { ServerName } from '../../core/profile.ts';
import { hostedService } from '../hosts.ts';
import { isSchemaInValue } from './concession.ts';
import { plain, servers, services } from './servers.ts';
import type { ThinkingFields } from './thinking.ts';

/** How a request has to be written for one server and model. */
export interface Dialect {
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
  readonly schemaForm: SchemaForm;
  /** false: a request has tools or a schema, not both. */
  readonly toolsBesideSchema: boolean;
  /** When earlier reasoning goes back as `reasoning_content`: never, beside calls since the last user message, always. */
  readonly reasoningReplay: 'none' | 'current-turn' | 'all';
  /** Opaque fields of an earlier answer that this server wants back; see AssistantMessage.replay. */
  readonly replayFields: readonly string[];
  /** The model's template opens `<think>` in the prompt, so the answer starts inside the thought. */
  readonly startsInThought: boolean;
  /** undefined: this server has no word for it. */
  readonly thinking: ThinkingFields | undefined;
  /** What is sent as the model when none is named. */
  readonly modelWhenNoneNamed?: string;
  /** What to do when the server has no models at all. */
  readonly whenNoModels?: string;
  /** Where the key usually comes from; set for hosts that answer nobody without one. */
  readonly keyVariable?: string;
}

/**
 * The shape of response_format:
 *
 *     openai         {"type":"json_schema","json_schema":{"name","schema","strict"}}
 *     value          {"type":"json_object","value":SCHEMA}
 *     schema-on-top  {"type":"json_schema","schema":SCHEMA}
 *     any-object     {"type":"json_object"}, and the schema in the system message
 *     in-words       nothing but the schema in the system message
 */
export type SchemaForm = 'openai' | 'value' | 'schema-on-top' | 'any-object' | 'in-words';

export interface Addressee {
  /** Without port, lower case, as `URL.hostname` gives it. */
  readonly hostname: string;
  readonly model?: string | undefined;
  /** What a probe found the server to be; decides where the host does not. */
  readonly server?: ServerName | undefined;
}

export function dialectFor({ hostname, model, server: found }: Addressee): Dialect {
  const host = hostedService(hostname);
  const server = host === undefined ? found : host.server;
  const dialect = {
    ...plain,
    ...(server !== undefined && servers[server]),
    ...(host !== undefined && { ...services[hostname], keyVariable: host.keyVariable }),
  };
  if (host === undefined) return { ...dialect, startsInThought: opensThoughtInPrompt(model) };
  return server === 'deepseek' ? { ...dialect, reasoningReplay: reasoningReplayOf(model) } : dialect;
}

/** The dialect as this server's refusals have corrected it. */
export function correctDialect(dialect: Dialect, { concessions = [], reasoningReplay }: LearnedFacts): Dialect {
  return {
    ...dialect,
    ...(reasoningReplay !== undefined && { reasoningReplay }),
    ...(concessions.some(isSchemaInValue) && { schemaForm: 'value', toolsBesideSchema: false }),
  };
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

/** A profile: a named server with its model, key source and settings, as a person reads and edits it. */

import type { JsonObject } from './json.ts';

export const providerKinds = ['openai', 'hf', 'tgi', 'xinference', 'completions', 'demo'] as const;
export type ProviderKind = (typeof providerKinds)[number];

export interface Profile {
  readonly name: string;
  readonly kind: ProviderKind;
  /** Up to and including the version segment, `http://localhost:8080/v1`; absent for the demo. */
  readonly baseUrl?: string;
  readonly model?: string;
  /** How messages become one prompt, for servers that complete text; a name of `providers/prompts`. */
  readonly promptFormat?: string;
  /** Name of the environment variable that holds the key. The key itself is never part of a profile. */
  readonly apiKeyEnv?: string;
  /** A command whose stdout is the key (a password manager); asked when the variable is not set. */
  readonly keyCommand?: string;
  /** The name of a key in the key file (`banter keys`); used when neither of the above gives one. */
  readonly keyName?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Body fields sent with every request. */
  readonly params?: JsonObject;
  /** In tokens. */
  readonly contextWindow?: number;
  readonly price?: Price;
  /** Which tools are offered, in the words of `-T`: `get_time`, `+fetch_url`, `-get_weather`, an absolute path. */
  readonly tools?: readonly string[];
  readonly capabilities?: Capabilities;
}

/** For a million tokens, in whatever currency the person means. */
export interface Price {
  readonly prompt: number;
  readonly completion: number;
  /** For tokens of the prompt that the server has kept; absent: as the others. */
  readonly cached?: number;
}

/** What a probe found out about a server (`profiles test`). Data a person may correct; absent means unknown. */
export interface Capabilities {
  readonly server?: ServerName;
  readonly version?: string;
  readonly usageInStream?: boolean;
  readonly tools?: boolean;
  readonly parallelTools?: boolean;
  readonly schema?: 'honoured' | 'ignored' | 'refused';
  /** The field of a delta that carries reasoning, or `think-tags` in the text. */
  readonly reasoningField?: string;
  /** ISO 8601. */
  readonly probedAt?: string;
}

/** Servers whose ways are known, by what they are rather than where they run. */
export const serverNames = [
  ...['openai', 'hf-router', 'tgi', 'xinference', 'ollama', 'llama.cpp', 'vllm', 'sglang', 'lmstudio', 'openrouter'],
  ...['deepseek', 'groq', 'together', 'fireworks', 'cerebras', 'mistral', 'xai', 'gemini', 'anthropic', 'litellm'],
] as const;
export type ServerName = (typeof serverNames)[number];

/** The only switch on the kind of a provider. The common protocol is loaded at once, the others when used. */

import { ChatError } from '../core/error.ts';
import type { Memory } from '../core/learned.ts';
import { optional } from '../core/optional.ts';
import type { Profile } from '../core/profile.ts';
import type { Provider } from '../core/provider.ts';
import { type Network, parseBaseUrl, type WireLimits } from '../wire/index.ts';
import { createOpenAiProvider, type OpenAiOptions } from './openai/index.ts';
import type { TextProviderOptions } from './text-provider.ts';

export interface ProviderOptions {
  readonly apiKey?: string;
  /** `banter/<version>` */
  readonly userAgent: string;
  readonly limits: WireLimits;
  /** Proxies and authorities; absent for a direct way. */
  readonly network?: Network;
  /** Where what servers refuse is remembered; without one it is known as long as the provider. */
  readonly memory?: Memory;
  /** Waits; rejects with ChatError kind 'aborted' when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** @throws ChatError kind 'config' without a base URL where one is needed, 'usage' when it is no URL */
export async function createProvider(profile: Profile, options: ProviderOptions): Promise<Provider> {
  switch (profile.kind) {
    case 'demo': {
      const { createDemoProvider } = await import('./demo/index.ts');
      return createDemoProvider({ pause: options.pause });
    }
    case 'hf':
      return createOpenAiProvider(
        toOpenAiOptions(profile, profile.baseUrl ?? 'https://router.huggingface.co/v1', options),
      );
    case 'xinference': {
      const { createXinferenceProvider } = await import('./xinference/index.ts');
      return createXinferenceProvider(toOpenAiOptions(profile, requireBaseUrl(profile), options));
    }
    case 'tgi': {
      const { createTgiProvider } = await import('./tgi/index.ts');
      return createTgiProvider(toTextOptions(profile, options));
    }
    case 'completions': {
      const textOptions = toTextOptions(profile, options);
      const { createTgiProvider, isModelUrl } = await import('./tgi/index.ts');
      // The URL of a model hosted by Hugging Face takes what TGI takes.
      if (isModelUrl(parseBaseUrl(textOptions.baseUrl).url)) return createTgiProvider(textOptions);
      const { createCompletionsProvider } = await import('./completions/index.ts');
      return createCompletionsProvider(textOptions);
    }
    case 'openai':
      return createOpenAiProvider(toOpenAiOptions(profile, requireBaseUrl(profile), options));
  }
}

function requireBaseUrl({ name, baseUrl }: Profile): string {
  if (baseUrl !== undefined) return baseUrl;
  const hint = `banter profiles edit ${name} --base-url URL`;
  throw new ChatError({ kind: 'config', what: `profile "${name}" has no base URL`, hint });
}

function toOpenAiOptions(profile: Profile, baseUrl: string, options: ProviderOptions): OpenAiOptions {
  return {
    baseUrl,
    userAgent: options.userAgent,
    limits: options.limits,
    pause: options.pause,
    ...optional('apiKey', options.apiKey),
    ...optional('keyVariable', profile.apiKeyEnv),
    ...optional('headers', profile.headers),
    ...optional('server', profile.capabilities?.server),
    ...optional('network', options.network),
    ...optional('memory', options.memory),
  };
}

function toTextOptions(profile: Profile, options: ProviderOptions): TextProviderOptions {
  return {
    ...options,
    baseUrl: requireBaseUrl(profile),
    ...optional('headers', profile.headers),
    ...optional('promptFormat', profile.promptFormat),
    ...optional('server', profile.capabilities?.server),
  };
}

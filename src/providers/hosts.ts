/** Hosted services by the name of their host: what runs there, and where its key usually is. */

import type { ServerName } from '../core/profile.ts';

export interface HostedService {
  readonly server?: ServerName;
  readonly keyVariable: string;
}

/** Keys: without port, lower case, as `URL.hostname` gives it. None of them answers without a key. */
export const hostedServices: Readonly<Record<string, HostedService>> = {
  'api.openai.com': { server: 'openai', keyVariable: 'OPENAI_API_KEY' },
  'router.huggingface.co': { server: 'hf-router', keyVariable: 'HF_TOKEN' },
  'openrouter.ai': { server: 'openrouter', keyVariable: 'OPENROUTER_API_KEY' },
  'api.deepseek.com': { server: 'deepseek', keyVariable: 'DEEPSEEK_API_KEY' },
  'api.mistral.ai': { server: 'mistral', keyVariable: 'MISTRAL_API_KEY' },
  'generativelanguage.googleapis.com': { server: 'gemini', keyVariable: 'GEMINI_API_KEY' },
  'api.groq.com': { server: 'groq', keyVariable: 'GROQ_API_KEY' },
  'api.x.ai': { server: 'xai', keyVariable: 'XAI_API_KEY' },
  'api.together.xyz': { server: 'together', keyVariable: 'TOGETHER_API_KEY' },
  'api.fireworks.ai': { server: 'fireworks', keyVariable: 'FIREWORKS_API_KEY' },
  'api.cerebras.ai': { server: 'cerebras', keyVariable: 'CEREBRAS_API_KEY' },
  'api.anthropic.com': { server: 'anthropic', keyVariable: 'ANTHROPIC_API_KEY' },
  'api.moonshot.ai': { keyVariable: 'MOONSHOT_API_KEY' },
  'api.z.ai': { keyVariable: 'ZAI_API_KEY' },
  'dashscope.aliyuncs.com': { keyVariable: 'DASHSCOPE_API_KEY' },
  'dashscope-intl.aliyuncs.com': { keyVariable: 'DASHSCOPE_API_KEY' },
};

export function hostedService(hostname: string): HostedService | undefined {
  return Object.hasOwn(hostedServices, hostname) ? hostedServices[hostname] : undefined;
}

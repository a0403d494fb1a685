/** The servers' words for why a model stopped, to ours. */

import type { FinishReason } from '../core/message.ts';

/** Lower case. Sources: TGI, Together, Mistral, Anthropic, Cohere, DeepSeek, Z.ai, Gemini, OpenAI's old functions. */
const words: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  stop_sequence: 'stop',
  end_turn: 'stop',
  complete: 'stop',
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  model_length: 'length',
  model_context_window_exceeded: 'length',
  tool_calls: 'tool-calls',
  tool_call: 'tool-calls',
  tool_use: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  safety: 'content-filter',
  sensitive: 'content-filter',
  refusal: 'refusal',
};

/** Not a way to stop but a failure: MLX under Xinference, vLLM, DeepSeek, Z.ai. */
const failures = new Set(['error', 'abort', 'insufficient_system_resource', 'network_error']);

/** TGI sends '' and old Xinference "None" on every chunk before the last; both mean "still going". */
export function isFinishWord(raw: unknown): raw is string {
  return typeof raw === 'string' && raw !== '' && !/^(none|null)$/i.test(raw);
}

export function isFailureWord(raw: string | undefined): raw is string {
  return raw !== undefined && failures.has(raw.toLowerCase());
}

export interface Heard {
  readonly raw: string | undefined;
  readonly hasCalls: boolean;
  readonly hasRefusal: boolean;
}

/**
 * Calls decide, not the word: TGI, Gemini and vLLM say 'stop' beside calls, and vLLM 'tool_calls' without any
 * (then: 'other'). Only a word that says the answer was cut or filtered stands against calls: they must not be run.
 */
export function toFinishReason({ raw, hasCalls, hasRefusal }: Heard): FinishReason {
  if (hasRefusal) return 'refusal';
  const word = raw?.toLowerCase() ?? 'stop';
  const reason = Object.hasOwn(words, word) ? (words[word] ?? 'other') : 'other';
  if (hasCalls) return reason === 'length' || reason === 'content-filter' ? reason : 'tool-calls';
  return reason === 'tool-calls' ? 'other' : reason;
}

/** Whether the server's word is worth keeping beside ours. */
export function saysMore(raw: string, reason: FinishReason): boolean {
  return raw.replaceAll('_', '-') !== reason;
}

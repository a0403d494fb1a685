/** How long an answer of a text-completion server may get when nobody said. */

import { isChatError } from '../core/error.ts';

/**
 * Has to be sent, since the servers' own defaults cut answers in the middle of a sentence: 16 tokens on
 * /v1/completions (OpenAI, vLLM), 20 or 100 on TGI's /generate.
 */
export const defaultMaxTokens = 1024;

/** The window in tokens and what the prompt takes of it: TGI, then OpenAI and older vLLM, then newer vLLM. */
const overflowWords: readonly RegExp[] = [
  /`inputs` tokens \+ `max_new_tokens` must be <= (\d+)\. Given: (\d+) `inputs` tokens/,
  /maximum context length is (\d+) tokens.*\((\d+) in (?:the|your) (?:messages|prompt)/,
  /maximum context length is (\d+) tokens and your request has (\d+) input tokens/,
];

/** The tokens that are left for an answer, from a refusal that says how many there are; undefined for any other error. */
export function roomLeft(error: unknown): number | undefined {
  if (!isChatError(error) || (error.fault.kind !== 'server' && error.fault.kind !== 'stream')) return undefined;
  const said = error.fault.said ?? '';
  for (const words of overflowWords) {
    const [, window, used] = words.exec(said) ?? [];
    const room = Number(window) - Number(used);
    if (room > 0) return room;
  }
  return undefined;
}

/** What a person can do about a failed turn, in one line. */

import type { ChatError } from '../core/error.ts';

/**
 * Undefined when the error says it itself, or nothing can be done.
 * @param isFree  the answer is held to no format, and can be gone on with
 */
export function nextStep({ fault }: ChatError, isFree: boolean): string | undefined {
  switch (fault.kind) {
    case 'auth':
      return fault.hint === undefined
        ? 'banter keys set NAME stores a key; /profile speaks to another server'
        : '/retry then, or /profile for another server';
    case 'network':
      return '/retry asks again; /profile speaks to another server';
    case 'stream':
      return isFree && (fault.reason === 'cut' || fault.reason === 'silent')
        ? '/continue goes on from here; /retry asks again'
        : '/retry asks again; /model chooses another model';
    case 'server':
      if (isOverflow(fault.said)) return '/compact sums up what came before; /undo takes the last message back';
      if (fault.status === 404) return '/model chooses another model; /profile another server';
      if (fault.status === 429 || fault.status >= 500) return '/retry asks again; /model chooses another model';
      return '/undo takes the message back; /prompt shows the request; /model chooses another model';
    case 'schema':
      return '/retry asks again; /schema off makes answers free';
    case 'usage':
    case 'config':
    case 'storage':
    case 'aborted':
      return undefined;
    default:
      return fault satisfies never;
  }
}

/** OpenAI, vLLM, TGI, llama.cpp and Anthropic, in this order. */
const overflowWords =
  /context[ _](?:length|window|size)|maximum context|must have less than|`inputs` tokens|exceeds the available context|prompt is too long|too many tokens/i;

export function isOverflow(said: string): boolean {
  return overflowWords.test(said);
}

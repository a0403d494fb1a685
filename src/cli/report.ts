/** The last line of a run that went wrong: on stderr, sanitised, and turned into the exit code. */

import { isChatError } from '../core/error.ts';
import type { TurnOutcome } from '../core/turn-event.ts';
import type { Output } from '../print/output.ts';
import { safe } from '../terminal/safe.ts';
import { sanitize, sanitizeLine } from '../terminal/sanitize.ts';
import { exitCodeOfFault, exitCodeOfOutcome } from './exit-codes.ts';

/** An expected failure is one sentence; anything else is a bug of ours and shows its stack. */
export async function reportError(error: unknown, err: Output): Promise<number> {
  if (!isChatError(error)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await err.write(safe`banter: this is a bug in banter, please report it\n${sanitize(stack)}\n`);
    return 1;
  }
  if (error.kind !== 'aborted') await err.write(safe`banter: ${sanitize(error.message)}\n`);
  return exitCodeOfFault(error.fault);
}

/** What a person has to be told about how a turn ended. Returns the exit code. */
export async function reportOutcome(outcome: TurnOutcome, err: Output): Promise<number> {
  switch (outcome.kind) {
    case 'failed':
      await reportError(outcome.error, err);
      break;
    case 'limit':
      await err.write(
        outcome.limit === 'loop'
          ? safe`banter: stopped because the model called its tools in circles\n`
          : safe`banter: stopped after ${outcome.rounds} rounds of tool calls (--max-rounds)\n`,
      );
      break;
    case 'done':
      if (outcome.finish === 'length') {
        await err.write(safe`banter: the answer is incomplete: it reached the token limit (--max-tokens)\n`);
      } else if (outcome.finish === 'content-filter') {
        await err.write(safe`banter: a content filter of the server stopped the answer\n`);
      } else if (outcome.finish === 'refusal') {
        await err.write(safe`banter: the model refused\n`);
      } else if (outcome.toolFailure !== undefined) {
        await err.write(safe`banter: ${sanitizeLine(outcome.toolFailure)}\n`);
      }
      break;
    case 'aborted':
      break;
    default:
      outcome satisfies never;
  }
  return exitCodeOfOutcome(outcome);
}

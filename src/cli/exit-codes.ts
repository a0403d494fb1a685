/** Exit codes: part of the interface (README, "Exit codes"). */

import type { Fault } from '../core/error.ts';
import type { TurnOutcome } from '../core/turn-event.ts';

export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  authentication: 41,
  configuration: 52,
  limit: 53,
  toolFailed: 54,
  unsatisfied: 60,
  incomplete: 61,
  refused: 62,
  maxTime: 124,
  hungUp: 129,
  interrupted: 130,
  quit: 131,
  terminated: 143,
} as const;

export function exitCodeOfFault(fault: Fault): number {
  switch (fault.kind) {
    case 'usage':
      return exitCodes.usage;
    case 'config':
      return exitCodes.configuration;
    case 'auth':
      return exitCodes.authentication;
    case 'schema':
      return exitCodes.unsatisfied;
    case 'aborted':
      return exitCodes.interrupted;
    case 'network':
    case 'server':
    case 'stream':
    case 'storage':
      return exitCodes.failed;
    default:
      return fault satisfies never;
  }
}

export function exitCodeOfOutcome(outcome: TurnOutcome): number {
  switch (outcome.kind) {
    case 'done':
      if (outcome.finish === 'length') return exitCodes.incomplete;
      if (outcome.finish === 'refusal' || outcome.finish === 'content-filter') return exitCodes.refused;
      return outcome.toolFailure === undefined ? exitCodes.done : exitCodes.toolFailed;
    case 'aborted':
      return exitCodes.interrupted;
    case 'limit':
      return exitCodes.limit;
    case 'failed':
      return outcome.partial ? exitCodes.incomplete : exitCodeOfFault(outcome.error.fault);
    default:
      return outcome satisfies never;
  }
}

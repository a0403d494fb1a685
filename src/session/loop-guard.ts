/**
 * Notices a model that goes in circles: the same call with the same arguments again and again, alone or in turn with
 * others (A B A B …), or arguments that stay wrong however often the model is told.
 */

import type { ProposedCall } from '../core/approval.ts';

const sameCalls = 3;
const wrongArguments = 3;

export class LoopGuard {
  readonly #counts = new Map<string, number>();
  readonly #wrong = new Map<string, number>();

  /** Of a call that is about to run. @returns why it should not, undefined when it may */
  see({ tool, arguments: text }: Pick<ProposedCall, 'tool' | 'arguments'>): string | undefined {
    const call = `${tool} ${text}`;
    this.#wrong.delete(tool);
    const count = (this.#counts.get(call) ?? 0) + 1;
    this.#counts.set(call, count);
    return count >= sameCalls ? `${tool} is called with the same arguments for the ${ordinal(count)} time` : undefined;
  }

  /** Of a call whose arguments were refused. @returns why the model should not try again, undefined when it may */
  seeWrong(tool: string): string | undefined {
    const count = (this.#wrong.get(tool) ?? 0) + 1;
    this.#wrong.set(tool, count);
    return count >= wrongArguments ? `the arguments for ${tool} are wrong for the ${ordinal(count)} time` : undefined;
  }
}

function ordinal(count: number): string {
  return count === 3 ? 'third' : `${count}th`;
}

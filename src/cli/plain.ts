/** The REPL without a screen, and who gets it. */

import { ReadStream } from 'node:tty';
import { optional } from '../core/optional.ts';
import type { ReplActions } from '../ui/actions.ts';
import { colorLevel } from './color.ts';
import type { Ending } from './ending.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';
import { jobControl } from './job-control.ts';
import type { Environment } from './resolve-server.ts';

/**
 * `--plain`, or ACCESSIBLE set to anything but 0, or a terminal that cannot move its cursor: output is only added to,
 * and has no colour unless one is asked for.
 */
export function isPlain(flags: Pick<Flags, 'plain'>, { ACCESSIBLE = '', TERM }: Environment): boolean {
  return flags.plain === true || !['', '0', 'false'].includes(ACCESSIBLE) || TERM === 'dumb';
}

export interface PlainOptions {
  readonly actions: ReplActions;
  readonly greeting: readonly string[];
  readonly initialPrompt: string | undefined;
  readonly ending: Pick<Ending, 'signal' | 'onInterrupt'>;
}

/** Returns the exit code. */
export async function runPlain(host: Host, flags: Flags, options: PlainOptions): Promise<number> {
  const { actions, greeting, initialPrompt, ending } = options;
  const { startPlain } = await import('../ui/plain/index.ts');
  const { decide } = await import('./approve.ts');
  const { exitCode } = await startPlain({
    actions,
    stdin: host.stdin,
    reopenStdin: () => new ReadStream(0),
    stdout: host.stdout,
    color: flags.color === 'always' ? colorLevel('always', host.environment, host.stdout) : 0,
    greeting,
    shutdown: ending.signal,
    onInterrupt: ending.onInterrupt,
    ask: ({ calls }, dialogue) => decide(calls, dialogue),
    ...optional('onContinue', jobControl(process)?.onContinue),
    ...optional('initialPrompt', initialPrompt),
  });
  return exitCode;
}

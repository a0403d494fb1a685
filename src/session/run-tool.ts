/**
 * One tool call, from the model's words to a result. Whatever the model or the tool gets wrong becomes a text that
 * tells the model what was wrong and what to send instead.
 */

import type { JsonObject } from '../core/json.ts';
import type { ToolCall, ToolOutcome } from '../core/message.ts';
import type { Tool } from '../core/tool.ts';
import { prepareCall, type ReadyCall, type WrongCall } from './prepare-call.ts';
import { capResult, toResultText } from './tool-result.ts';

export interface ExecuteOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

export interface RunToolOptions extends ExecuteOptions {
  readonly tools: readonly Tool[];
  /** The answer with this call was cut by the token limit: it is never run, its arguments may be half. */
  readonly cut: boolean;
}

export interface ToolRun {
  readonly outcome: ToolOutcome;
  /** For the model, at most 32 KiB of well-formed text. */
  readonly text: string;
  readonly elapsedMs: number;
  /** What was put right before the tool ran, in words for a person. */
  readonly repairs: readonly string[];
}

/**
 * Never rejects for what the model or the tool does. On abort it ends at once with outcome 'cancelled' and after
 * `timeoutMs` with 'error', also when the tool ignores its signal; a tool that blocks the thread blocks this too.
 */
export async function runTool(call: ToolCall, options: RunToolOptions): Promise<ToolRun> {
  const prepared = await prepareCall(call, options);
  return prepared.ok ? execute(prepared, options) : notRun(prepared);
}

/** The result of a call that is wrong. */
export function notRun({ problem, repairs }: WrongCall): ToolRun {
  return { outcome: 'error', text: capResult(problem), elapsedMs: 0, repairs };
}

/** Runs what was made ready; see above for how it ends. */
export async function execute(prepared: ReadyCall, options: ExecuteOptions): Promise<ToolRun> {
  const startedAt = options.now();
  const { tool, args, repairs } = prepared;
  const { outcome, text } = await settle(tool, args, options);
  return { outcome, text: capResult(text), elapsedMs: options.now() - startedAt, repairs };
}

interface Settled {
  readonly outcome: ToolOutcome;
  readonly text: string;
}

/** The first of three: the tool settles, the time is up, the person stops it. */
async function settle(tool: Tool, args: JsonObject, { signal, timeoutMs }: ExecuteOptions): Promise<Settled> {
  if (signal.aborted) return cancelled;
  const stop = new AbortController();
  return new Promise((resolve) => {
    const end = (settled: Settled): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(settled);
    };
    const onAbort = (): void => {
      end(cancelled);
      stop.abort(signal.reason);
    };
    const timer = setTimeout(
      () => {
        end(failed(`${tool.name} did not finish within ${timeoutMs / 1000} s and was stopped.`));
        stop.abort(new DOMException(`${tool.name} ran out of time`, 'TimeoutError'));
      },
      Math.min(timeoutMs, longestTimerMs),
    );
    signal.addEventListener('abort', onAbort, { once: true });
    // A tool that settles after the end is heard here too, so that a late rejection is no unhandled one.
    callTool(tool, args, stop.signal).then(end);
  });
}

async function callTool(tool: Tool, args: JsonObject, signal: AbortSignal): Promise<Settled> {
  try {
    return { outcome: 'ok', text: toResultText(await tool.run(args, { signal })) };
  } catch (error) {
    return failed(`${tool.name} failed: ${describeThrown(error)}`);
  }
}

function describeThrown(thrown: unknown): string {
  try {
    return thrown instanceof Error && thrown.message !== '' ? String(thrown.message) : toResultText(thrown);
  } catch {
    // Its own getters or toJSON throw: nothing about it can be read.
    return 'it threw something that cannot be read';
  }
}

/** setTimeout fires at once for anything longer. */
const longestTimerMs = 2 ** 31 - 1;

const cancelled: Settled = { outcome: 'cancelled', text: 'cancelled before it finished' };

function failed(text: string): Settled {
  return { outcome: 'error', text };
}

/**
 * One tool call, from the model's words to a result. Whatever the model or the tool gets wrong becomes a text that
 * tells the model what was wrong and what to send instead.
 */

import { isChatError } from '../core/error.ts';
import type { JsonObject } from '../core/json.ts';
import type { ToolCall, ToolOutcome } from '../core/message.ts';
import type { Tool } from '../core/tool.ts';
import { findTool } from './find-tool.ts';
import { parseArguments } from './parse-arguments.ts';
import { capResult, toResultText } from './tool-result.ts';
import type { Validator } from './validate.ts';

export interface RunToolOptions {
  readonly tools: readonly Tool[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** The answer with this call was cut by the token limit: it is never run, its arguments may be half. */
  readonly cut: boolean;
  /** Monotonic milliseconds. */
  readonly now: () => number;
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
  const startedAt = options.now();
  const repairs: string[] = [];
  const { outcome, text } = await settle(call, options, repairs);
  return { outcome, text: capResult(text), elapsedMs: options.now() - startedAt, repairs };
}

interface Settled {
  readonly outcome: ToolOutcome;
  readonly text: string;
}

async function settle(call: ToolCall, options: RunToolOptions, repairs: string[]): Promise<Settled> {
  if (options.cut) {
    return failed('not run: the token limit cut the answer inside this call. Send the call again, with less text.');
  }
  if (options.signal.aborted) return cancelled;

  const found = findTool(call.name, options.tools);
  if (found.tool === undefined) return failed(found.problem);
  const { tool } = found;
  if (tool.name !== call.name) repairs.push(`read the tool name ${JSON.stringify(call.name)} as ${tool.name}`);

  const parsed = parseArguments(call.arguments);
  if (!parsed.ok) return failed(`${tool.name} was not run: ${parsed.problem}.`);
  repairs.push(...parsed.repairs);

  const problem = await checkArguments(tool, parsed.value);
  return problem === undefined ? execute(tool, parsed.value, options) : failed(`${tool.name} was not run: ${problem}`);
}

const validators = new WeakMap<Tool, Validator>();

async function checkArguments(tool: Tool, args: JsonObject): Promise<string | undefined> {
  const { compileSchema } = await import('./validate.ts');
  try {
    const validate = validators.get(tool) ?? compileSchema(tool.parameters);
    validators.set(tool, validate);
    const problems = validate(args);
    if (problems.length === 0) return undefined;
    return `its arguments are wrong:\n${problems.join('\n')}\nSend the call again with these put right.`;
  } catch (error) {
    if (!isChatError(error, 'usage')) throw error;
    return `it is broken: ${error.message}. Do not call it again.`;
  }
}

/** The first of three: the tool settles, the time is up, the person stops it. */
async function execute(tool: Tool, args: JsonObject, { signal, timeoutMs }: RunToolOptions): Promise<Settled> {
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

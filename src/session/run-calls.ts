/** The calls of one answer: they run side by side, are announced as they end, and are answered in order. */

import type { ToolCall, ToolMessage } from '../core/message.ts';
import type { Tool } from '../core/tool.ts';
import type { TurnEvent } from '../core/turn-event.ts';
import { runTool, type ToolRun } from './run-tool.ts';

export interface RunCallsOptions {
  readonly tools: readonly Tool[];
  readonly toolTimeoutMs: number;
  readonly signal: AbortSignal;
  /** The answer was cut by the token limit: nothing runs, every call is told so. */
  readonly cut: boolean;
  readonly now: () => number;
}

export type CallEvent = TurnEvent | { readonly type: 'result'; readonly message: ToolMessage };

/** Every call gets exactly one `result`, in the order of the calls, after all of them have ended. */
export async function* runCalls(calls: readonly ToolCall[], options: RunCallsOptions): AsyncGenerator<CallEvent> {
  const running = new Map<ToolCall, Promise<EndedCall>>();
  const ended = new Map<ToolCall, ToolRun>();

  for (const call of calls) {
    yield { type: 'tool-start', call };
    running.set(call, run(call, options));
  }
  while (running.size > 0) {
    const { call, result } = await Promise.race(running.values());
    running.delete(call);
    ended.set(call, result);
    for (const repair of result.repairs) yield repaired(call, repair);
    const { outcome, text, elapsedMs } = result;
    yield { type: 'tool-end', callId: call.id, name: call.name, outcome, text, elapsedMs };
  }
  for (const call of calls) {
    const result = ended.get(call);
    if (result === undefined) throw new Error(`the call ${call.id} has no result`);
    const { outcome, text } = result;
    yield { type: 'result', message: { role: 'tool', callId: call.id, name: call.name, outcome, text } };
  }
}

interface EndedCall {
  readonly call: ToolCall;
  readonly result: ToolRun;
}

async function run(call: ToolCall, options: RunCallsOptions): Promise<EndedCall> {
  const { tools, toolTimeoutMs: timeoutMs, signal, cut, now } = options;
  return { call, result: await runTool(call, { tools, timeoutMs, signal, cut, now }) };
}

function repaired(call: ToolCall, repair: string): TurnEvent {
  return { type: 'notice', notice: { level: 'info', code: 'repaired-call', text: `${call.name}: ${repair}` } };
}

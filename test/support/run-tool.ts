/** One call of a tool, run the way a turn runs it, without a question. */

import type { ToolCall, ToolOutcome } from '../../src/core/message.ts';
import type { Tool } from '../../src/core/tool.ts';
import { LoopGuard } from '../../src/session/loop-guard.ts';
import { runCalls } from '../../src/session/run-calls.ts';

export interface RunToolOptions {
  readonly tools: readonly Tool[];
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** The answer with this call was cut by the token limit. */
  readonly cut?: boolean;
  readonly now?: () => number;
}

export interface ToolRun {
  readonly outcome: ToolOutcome;
  readonly text: string;
  readonly elapsedMs: number;
  /** The notices of what was put right. */
  readonly repairs: readonly string[];
}

export async function runTool(
  call: ToolCall,
  { tools, timeoutMs = 5000, signal = new AbortController().signal, cut = false, now = () => 0 }: RunToolOptions,
): Promise<ToolRun> {
  const repairs: string[] = [];
  let run: ToolRun | undefined;
  const events = runCalls([call], {
    ...{ tools, toolTimeoutMs: timeoutMs, signal, cut, now },
    approval: { policy: 'all', rules: [], canAsk: false },
    allowedTools: new Set(),
    guard: new LoopGuard(),
  });
  for await (const event of events) {
    if (event.type === 'notice') repairs.push(event.notice.text);
    if (event.type === 'tool-end') run = { ...event, repairs };
  }
  if (run === undefined) throw new Error('the call has not ended');
  const { outcome, text, elapsedMs } = run;
  return { outcome, text, elapsedMs, repairs };
}

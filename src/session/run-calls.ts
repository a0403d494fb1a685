/**
 * The calls of one answer: those that need a person are asked about together, those that may run run side by side,
 * and every one is answered, in order.
 */

import type { ApprovalQuestion, Decision, ProposedCall } from '../core/approval.ts';
import type { ToolCall, ToolMessage } from '../core/message.ts';
import { optional } from '../core/optional.ts';
import type { Tool } from '../core/tool.ts';
import type { TurnEvent } from '../core/turn-event.ts';
import { type Approval, type Permission, permissionFor } from './approval.ts';
import type { LoopGuard } from './loop-guard.ts';
import { type PreparedCall, prepareCall } from './prepare-call.ts';
import { execute, notRun, type ToolRun } from './run-tool.ts';

export interface RunCallsOptions {
  readonly tools: readonly Tool[];
  readonly toolTimeoutMs: number;
  readonly signal: AbortSignal;
  /** The answer was cut by the token limit: nothing runs, every call is told so. */
  readonly cut: boolean;
  readonly approval: Approval;
  /** What a person has allowed for the rest of the conversation; grows here. */
  readonly allowedTools: Set<string>;
  readonly guard: LoopGuard;
  readonly now: () => number;
}

export type CallEvent = TurnEvent | { readonly type: 'result'; readonly message: ToolMessage };

export interface CallsRun {
  /** Why the model should be given no further tools: it goes in circles. */
  readonly loop: string | undefined;
  /** Names of the tools that ran and succeeded. */
  readonly succeeded: readonly string[];
}

/** Every call gets exactly one `result`, in the order of the calls, after all of them have ended. */
export async function* runCalls(
  calls: readonly ToolCall[],
  options: RunCallsOptions,
): AsyncGenerator<CallEvent, CallsRun> {
  const prepared = await Promise.all(calls.map((call) => prepareCall(call, options)));
  const proposed = prepared.map((one) => toPlan(one, options));
  const plans = yield* askPerson(proposed, options);
  for (const name of unasked(plans)) yield notApproved(name);

  const running = new Map<Plan, Promise<Ended>>();
  const ended = new Map<Plan, ToolRun>();
  const waiting = [...plans];
  while (waiting.length > 0 || running.size > 0) {
    for (let next = waiting[0]; next !== undefined && running.size < maxParallel; next = waiting[0]) {
      waiting.shift();
      yield { type: 'tool-start', call: next.prepared.call };
      running.set(next, end(next, options));
    }
    const { plan: done, run } = await Promise.race(running.values());
    running.delete(done);
    ended.set(done, run);
    const { call } = done.prepared;
    for (const repair of run.repairs) yield repaired(call, repair);
    const { outcome, text, elapsedMs } = run;
    yield { type: 'tool-end', callId: call.id, name: call.name, outcome, text, elapsedMs };
  }
  const succeeded: string[] = [];
  for (const one of plans) {
    const run = ended.get(one);
    const { call } = one.prepared;
    if (run === undefined) throw new Error(`the call ${call.id} has no result`);
    if (run.outcome === 'ok' && one.prepared.ok) succeeded.push(one.prepared.tool.name);
    const message: ToolMessage = {
      role: 'tool',
      callId: call.id,
      name: call.name,
      outcome: run.outcome,
      text: run.text,
    };
    yield { type: 'result', message };
  }
  return { loop: plans.find(({ loop }) => loop !== undefined)?.loop, succeeded };
}

const maxParallel = 8;

/** What becomes of a call. */
interface Plan {
  readonly prepared: PreparedCall;
  readonly permission: Permission;
  /** The model goes in circles, in words. */
  readonly loop?: string;
}

function toPlan(prepared: PreparedCall, { approval, allowedTools, guard }: RunCallsOptions): Plan {
  if (!prepared.ok) {
    const loop = prepared.tool === undefined ? undefined : guard.seeWrong(prepared.tool);
    return { prepared, permission: { kind: 'run' }, ...optional('loop', loop) };
  }
  const { tool, text, call } = prepared;
  const loop = guard.see({ tool: tool.name, arguments: text });
  if (loop !== undefined) {
    return { prepared, permission: { kind: 'deny', reason: `${loop}; answer with what you know` }, loop };
  }
  const proposed = { id: call.id, tool: tool.name, arguments: text, safe: tool.safe };
  return { prepared, permission: permissionFor(proposed, approval, allowedTools) };
}

/** One question for all calls that need one. An abort leaves them undecided; they end as cancelled. */
async function* askPerson(
  plans: readonly Plan[],
  { signal, allowedTools }: RunCallsOptions,
): AsyncGenerator<TurnEvent, readonly Plan[]> {
  // Ids are the server's. Where one is given twice, all get their place among the calls, which makes them differ.
  const areUnique = new Set(plans.map(({ prepared }) => prepared.call.id)).size === plans.length;
  const shown = new Map<Plan, ProposedCall>();
  for (const [index, plan] of plans.entries()) {
    const { prepared, permission } = plan;
    if (!prepared.ok || permission.kind !== 'ask') continue;
    const id = areUnique ? prepared.call.id : `${prepared.call.id}#${index + 1}`;
    shown.set(plan, { id, tool: prepared.tool.name, arguments: prepared.text });
  }
  if (shown.size === 0 || signal.aborted) return plans;

  const { question, answered, stopWaiting } = openQuestion([...shown.values()], signal);
  try {
    yield { type: 'approval', question };
    const decisions = await answered;
    if (signal.aborted) return plans;
    return plans.map((plan) => {
      const call = shown.get(plan);
      if (call === undefined) return plan;
      const decision = decisions.get(call.id);
      if (decision?.kind === 'run-always') allowedTools.add(call.tool);
      return { ...plan, permission: toPermission(decision, call, plan.prepared) };
    });
  } finally {
    stopWaiting();
  }
}

interface OpenQuestion {
  readonly question: ApprovalQuestion;
  /** Without a decision when the turn is aborted first. */
  readonly answered: Promise<ReadonlyMap<string, Decision>>;
  /** A turn asks many questions on the same signal. */
  readonly stopWaiting: () => void;
}

function openQuestion(calls: readonly ProposedCall[], signal: AbortSignal): OpenQuestion {
  let answer: ApprovalQuestion['answer'] = () => {};
  const answered = new Promise<ReadonlyMap<string, Decision>>((resolve) => {
    answer = resolve;
  });
  const onAbort = (): void => answer(new Map());
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    question: { calls, answer },
    answered,
    stopWaiting: () => signal.removeEventListener('abort', onAbort),
  };
}

/** An approval holds for the text that was shown, and for nothing else. */
function toPermission(decision: Decision | undefined, shown: ProposedCall, prepared: PreparedCall): Permission {
  if (decision === undefined || decision.kind === 'deny') {
    const reason = decision?.reason === undefined ? '' : `: ${decision.reason}`;
    return { kind: 'deny', reason: `the person did not allow it${reason}` };
  }
  const isAsShown = prepared.ok && JSON.stringify(prepared.args) === shown.arguments;
  return isAsShown ? { kind: 'run' } : { kind: 'deny', reason: 'its arguments changed after they were approved' };
}

interface Ended {
  readonly plan: Plan;
  readonly run: ToolRun;
}

async function end(one: Plan, options: RunCallsOptions): Promise<Ended> {
  const { prepared, permission } = one;
  if (!prepared.ok) return { plan: one, run: notRun(prepared) };
  const { repairs } = prepared;
  if (permission.kind === 'deny') {
    const text = `${prepared.tool.name} was not run: ${permission.reason}.`;
    return { plan: one, run: { outcome: 'denied', text, elapsedMs: 0, repairs } };
  }
  // What is still to be asked about was left undecided by an abort, and `execute` cancels it.
  const { toolTimeoutMs: timeoutMs, signal, now } = options;
  return { plan: one, run: await execute(prepared, { timeoutMs, signal, now }) };
}

function unasked(plans: readonly Plan[]): ReadonlySet<string> {
  const names = plans.flatMap(({ prepared, permission }) =>
    prepared.ok && permission.kind === 'deny' && permission.unasked === true ? [prepared.tool.name] : [],
  );
  return new Set(names);
}

function notApproved(name: string): TurnEvent {
  const text = `${name} is not run without being allowed to: -y, or banter tools allow ${name}`;
  return { type: 'notice', notice: { level: 'warning', code: 'not-approved', text } };
}

function repaired(call: ToolCall, repair: string): TurnEvent {
  return { type: 'notice', notice: { level: 'info', code: 'repaired-call', text: `${call.name}: ${repair}` } };
}

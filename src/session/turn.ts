/**
 * The turn loop: one user message until the model stops. It asks, runs the tools the model calls, and asks
 * again; a structured answer is checked and asked for again. Every whole message is in the log before it is
 * seen, and whatever ends a turn early leaves a conversation that can be sent again.
 * What a provider throws becomes the turn's outcome here.
 */

import type { ConversationLog } from '../core/conversation.ts';
import { ChatError, isChatError } from '../core/error.ts';
import type { JsonObject } from '../core/json.ts';
import type { Message, Usage } from '../core/message.ts';
import { optional } from '../core/optional.ts';
import type { ChatRequest, Provider, Sampling, Thinking } from '../core/provider.ts';
import type { FinishEvent } from '../core/stream-event.ts';
import type { Tool, ToolChoice } from '../core/tool.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import type { Approval } from './approval.ts';
import { type Answer, ask } from './ask.ts';
import { LoopGuard } from './loop-guard.ts';
import { mendHistory } from './mend.ts';
import { endTurn, record } from './record.ts';
import { type CallEvent, type CallsRun, runCalls } from './run-calls.ts';
import type { StructuredOutput } from './structured/index.ts';
import type { Ladder, Step } from './structured/ladder.ts';
import { addUsage } from './usage.ts';

export interface TurnOptions {
  readonly provider: Provider;
  readonly model: string | undefined;
  readonly tools: readonly Tool[];
  readonly toolChoice: ToolChoice;
  readonly sampling: Sampling;
  readonly thinking?: Thinking | undefined;
  readonly extraBody: JsonObject;
  readonly stream: boolean;
  /** Requests that may end in tool calls; after them one last answer is asked for without tools. */
  readonly maxRounds: number;
  readonly toolTimeoutMs: number;
  readonly approval: Approval;
  /** What a person has allowed for the rest of the conversation; grows. */
  readonly allowedTools: Set<string>;
  readonly structured?: StructuredOutput | undefined;
  readonly log: ConversationLog;
  readonly signal: AbortSignal;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/**
 * Answers the log as it stands; its last message is the user's. Ends with exactly one `turn-end`.
 * Anything thrown is a bug.
 */
export async function* runTurn(options: TurnOptions): AsyncGenerator<TurnEvent> {
  const { outcome, usage } = yield* rounds(options);
  yield* endTurn(options.log, outcome, usage);
}

interface TurnResult {
  readonly outcome: TurnOutcome;
  readonly usage: Usage;
}

async function* rounds(options: TurnOptions): AsyncGenerator<TurnEvent, TurnResult> {
  const { log, signal } = options;
  const guard = new LoopGuard();
  const succeeded = new Set<string>();
  let loop: string | undefined;
  let usage: Usage = {};
  const ladder = await tryOpenLadder(options);
  if (isChatError(ladder)) return { outcome: { kind: 'failed', error: ladder, partial: false }, usage };

  for (let round = 1; ; ) {
    const toolsAllowed = round <= options.maxRounds && loop === undefined;
    const step = ladder?.step(toolsAllowed);
    const items = step?.items;
    const tip = log.messages.at(-1)?.id ?? null;
    const request = toRequest(options, { round, toolsAllowed, ...optional('step', step) });
    const answer = yield* ask(request, { ...options, ...optional('items', items) });
    if (answer.outcome !== undefined) {
      const lower = ladder?.refused(answer.outcome);
      if (lower === undefined) return { outcome: withReport(answer.outcome, ladder), usage };
      yield { type: 'notice', notice: lower };
      continue;
    }
    ladder?.accepted();
    usage = addUsage(usage, answer.finish.usage);

    // A call where none was offered is what is wrong with a structured answer; a free one is told as of any call.
    if (answer.calls.length > 0 && toolsAllowed && (ladder === undefined || request.tools.length > 0)) {
      const cut = isCutOrRefused(answer.finish);
      const run = yield* recordResults(log, runCalls(answer.calls, { ...options, cut, guard }));
      if (signal.aborted) return { outcome: { kind: 'aborted' }, usage };
      for (const name of run.succeeded) succeeded.add(name);
      loop = run.loop;
      if (loop !== undefined) yield toolLoop(loop);
      else if (round === options.maxRounds) yield roundsExhausted(options.maxRounds);
      round++;
      continue;
    }
    const ended = toolsAllowed
      ? doneWith(answer.finish, missedTool(options.toolChoice, succeeded))
      : limitReached(loop, Math.min(round - 1, options.maxRounds));
    if (ladder === undefined) {
      const isNothing = toolsAllowed && isEmpty(answer);
      return { outcome: isNothing ? nothingSaid(options.provider) : ended, usage };
    }
    if (isCutOrRefused(answer.finish)) return { outcome: withReport(ended, ladder), usage };

    const next = await ladder.next(answer);
    if (next.kind === 'failed') return { outcome: withReport(failed(next.error), ladder), usage };
    for (const notice of next.notices) yield { type: 'notice', notice };
    if (next.kind === 'satisfied') {
      for (const json of next.items) yield { type: 'item', json };
      return { outcome: { ...ended, structured: next.result }, usage };
    }
    if (next.say === undefined) log.rewind(tip);
    else yield* record(log, { role: 'user', text: next.say, correction: true });
  }
}

async function tryOpenLadder(options: TurnOptions): Promise<Ladder | ChatError | undefined> {
  try {
    return await openLadder(options);
  } catch (error) {
    if (!isChatError(error)) throw error;
    return error;
  }
}

/** Loaded only when an answer is held to a format. @throws ChatError kind 'usage' when the server has no way to */
export async function openLadder(
  options: Pick<TurnOptions, 'structured' | 'provider' | 'model' | 'tools' | 'toolChoice'>,
): Promise<Ladder | undefined> {
  const { structured, provider, model, tools, toolChoice } = options;
  if (structured === undefined) return undefined;
  const { Ladder } = await import('./structured/ladder.ts');
  return new Ladder({ structured, provider, model, hasTools: tools.length > 0 && toolChoice !== 'none' });
}

export interface RequestPlan {
  /** Counted from 1. */
  readonly round: number;
  /** false: the rounds with tools are used up. */
  readonly toolsAllowed: boolean;
  /** Absent when the answer is free. */
  readonly step?: Step;
  /** What follows the conversation but is not recorded. */
  readonly following?: readonly Message[];
}

/** The request of a round: the conversation so far, the tools, and the format of the answer. */
export function toRequest(
  options: Omit<TurnOptions, 'signal' | 'now' | 'allowedTools'>,
  { round, toolsAllowed, step, following = [] }: RequestPlan,
): ChatRequest {
  const withTools = toolsAllowed && step?.withTools !== false;
  return {
    model: options.model,
    messages: mendHistory([...options.log.messages.map((stored) => stored.message), ...following]),
    tools: withTools ? options.tools : [],
    toolChoice: toolChoiceOf(options.toolChoice, round, withTools),
    ...optional('format', step?.format),
    ...optional('thinking', options.thinking),
    sampling: options.sampling,
    extraBody: options.extraBody,
    stream: options.stream,
  };
}

/** Such an answer is not judged and its calls do not run: what is cut is not repaired into a success. */
function isCutOrRefused({ reason }: FinishEvent): boolean {
  return reason === 'length' || reason === 'content-filter' || reason === 'refusal';
}

/** A forced call is forced once: forced again, the model could never answer. */
function toolChoiceOf(wanted: ToolChoice, round: number, toolsAllowed: boolean): ToolChoice {
  if (!toolsAllowed) return 'none';
  return round === 1 || wanted === 'none' ? wanted : 'auto';
}

/** Neither text nor calls, and no reason for it: in a pipe that would be an empty value that looks like success. */
function isEmpty({ text, finish }: Answer): boolean {
  return text.trim() === '' && !isCutOrRefused(finish);
}

function nothingSaid({ target }: Provider): TurnOutcome {
  const hint = 'the model ended its answer at once';
  return failed(new ChatError({ kind: 'stream', target, reason: 'empty', hint }));
}

function doneWith({ reason }: FinishEvent, toolFailure: string | undefined): Extract<TurnOutcome, { kind: 'done' }> {
  return { kind: 'done', finish: reason, ...optional('toolFailure', toolFailure) };
}

function limitReached(loop: string | undefined, rounds: number): Extract<TurnOutcome, { kind: 'limit' }> {
  return { kind: 'limit', limit: loop === undefined ? 'rounds' : 'loop', rounds };
}

function failed(error: ChatError): TurnOutcome {
  return { kind: 'failed', error, partial: false };
}

function withReport(outcome: TurnOutcome, ladder: Ladder | undefined): TurnOutcome {
  if (ladder === undefined || (outcome.kind !== 'failed' && outcome.kind !== 'done')) return outcome;
  return { ...outcome, report: ladder.report };
}

/** Of the tool that had to be called, or of any when one had to: why that has not happened. */
function missedTool(choice: ToolChoice, succeeded: ReadonlySet<string>): string | undefined {
  if (choice === 'auto' || choice === 'none') return undefined;
  if (choice === 'required') return succeeded.size > 0 ? undefined : 'no tool ran successfully, and one had to';
  return succeeded.has(choice.name) ? undefined : `${choice.name} had to be called, and did not run successfully`;
}

async function* recordResults(
  log: ConversationLog,
  calls: AsyncGenerator<CallEvent, CallsRun>,
): AsyncGenerator<TurnEvent, CallsRun> {
  for (;;) {
    const next = await calls.next();
    if (next.done === true) return next.value;
    if (next.value.type === 'result') yield* record(log, next.value.message);
    else yield next.value;
  }
}

function toolLoop(why: string): TurnEvent {
  const text = `the model goes in circles (${why}); asking for an answer without tools`;
  return { type: 'notice', notice: { level: 'warning', code: 'tool-loop', text } };
}

function roundsExhausted(rounds: number): TurnEvent {
  const text = `${rounds} rounds of tool calls are used up; asking for an answer without tools (--max-rounds)`;
  return { type: 'notice', notice: { level: 'warning', code: 'rounds-exhausted', text } };
}

/**
 * The turn loop: one user message until the model stops. It asks, runs the tools the model calls, and asks
 * again; a structured answer is checked and asked for again. Every whole message is in the log before it is
 * seen, and whatever ends a turn early leaves a conversation that can be sent again.
 * What a provider throws becomes the turn's outcome here.
 */

import type { ConversationLog } from '../core/conversation.ts';
import { ChatError, isChatError } from '../core/error.ts';
import type { JsonObject } from '../core/json.ts';
import type { AssistantMessage, Ending, Message, ToolCall, Usage } from '../core/message.ts';
import { optional } from '../core/optional.ts';
import type { ChatRequest, Provider, Sampling, Thinking } from '../core/provider.ts';
import type { FinishEvent } from '../core/stream-event.ts';
import type { Tool, ToolChoice } from '../core/tool.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import { mendHistory } from './mend.ts';
import { runCalls } from './run-calls.ts';
import { correction, judgeAnswer, type StructuredOutput } from './structured/index.ts';
import { addUsage } from './usage.ts';

export interface TurnOptions {
  readonly provider: Provider;
  readonly model: string | undefined;
  readonly tools: readonly Tool[];
  readonly toolChoice: ToolChoice;
  readonly sampling: Sampling;
  readonly thinking?: Thinking;
  readonly extraBody: JsonObject;
  readonly stream: boolean;
  /** Requests that may end in tool calls; after them one last answer is asked for without tools. */
  readonly maxRounds: number;
  readonly toolTimeoutMs: number;
  readonly structured?: StructuredOutput;
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

/** Every turn ends here: on disk, then announced. */
export async function* endTurn(log: ConversationLog, outcome: TurnOutcome, usage: Usage): AsyncGenerator<TurnEvent> {
  const unsaved = await log.sync();
  if (unsaved !== undefined) yield notSaved(unsaved.message);
  yield { type: 'turn-end', outcome, usage };
}

/** Appends and announces a message; a disk that refuses it is a notice, not the end of the turn. */
export async function* record(log: ConversationLog, message: Message): AsyncGenerator<TurnEvent> {
  const { message: stored, unsaved } = await log.append(message);
  if (unsaved !== undefined) yield notSaved(unsaved.message);
  yield { type: 'message', message: stored };
}

interface TurnResult {
  readonly outcome: TurnOutcome;
  readonly usage: Usage;
}

async function* rounds(options: TurnOptions): AsyncGenerator<TurnEvent, TurnResult> {
  const { log, signal } = options;
  let usage: Usage = {};
  let schemaAttempts = 0;

  for (let round = 1; ; round++) {
    const toolsAllowed = round <= options.maxRounds;
    const answer = yield* ask(toRequest(options, round), options);
    if (answer.outcome !== undefined) return { outcome: answer.outcome, usage };
    usage = addUsage(usage, answer.finish.usage);

    if (answer.calls.length > 0 && toolsAllowed) {
      const cut = isCutOrRefused(answer.finish);
      for await (const event of runCalls(answer.calls, { ...options, cut })) {
        if (event.type === 'result') yield* record(log, event.message);
        else yield event;
      }
      if (signal.aborted) return { outcome: { kind: 'aborted' }, usage };
      if (round === options.maxRounds) yield roundsExhausted(options.maxRounds);
      continue;
    }
    if (!toolsAllowed) return { outcome: { kind: 'limit', limit: 'rounds', rounds: options.maxRounds }, usage };
    if (isEmpty(answer)) return { outcome: nothingSaid(options.provider), usage };

    const done = { kind: 'done', finish: answer.finish.reason } as const;
    if (options.structured === undefined || isCutOrRefused(answer.finish)) return { outcome: done, usage };

    schemaAttempts++;
    const verdict = judgeAnswer(answer.text, options.structured.validate);
    if (verdict.ok) return { outcome: { ...done, json: verdict.json }, usage };
    if (schemaAttempts > options.structured.retries) {
      return { outcome: failedSchema(verdict.problems, schemaAttempts, answer.text), usage };
    }
    yield schemaRetry(verdict.problems, schemaAttempts, options.structured.retries);
    yield* record(log, { role: 'user', text: correction(verdict.problems), correction: true });
  }
}

interface Answer {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly finish: FinishEvent;
  readonly outcome?: undefined;
}

interface BrokenAnswer {
  readonly outcome: TurnOutcome;
}

/** One request. What came before a failure or a stop is recorded, marked with how it ended. */
async function* ask(request: ChatRequest, options: TurnOptions): AsyncGenerator<TurnEvent, Answer | BrokenAnswer> {
  const { provider, log, signal } = options;
  let text = '';
  let reasoning = '';
  const calls: ToolCall[] = [];

  const recordAnswer = (ending: Ending, finish?: FinishEvent): AsyncGenerator<TurnEvent> => {
    const message: AssistantMessage = {
      role: 'assistant',
      text,
      ...(reasoning === '' ? {} : { reasoning }),
      toolCalls: finish === undefined ? [] : calls,
      ending,
      ...optional('model', finish?.model ?? request.model),
      ...optional('usage', finish?.usage),
      ...optional('replay', finish?.replay),
    };
    return record(log, message);
  };

  try {
    for await (const event of provider.stream(request, signal)) {
      switch (event.type) {
        case 'text-delta':
          text += event.text;
          yield event;
          break;
        case 'reasoning-delta':
          reasoning += event.text;
          yield event;
          break;
        case 'tool-call':
          calls.push(event.call);
          break;
        case 'notice':
          yield event;
          break;
        case 'finish':
          yield* recordAnswer(calls.length > 0 && event.reason !== 'length' ? 'tool-calls' : event.reason, event);
          return { text, calls, finish: event };
        default:
          return event satisfies never;
      }
    }
    throw new Error(`the provider of ${provider.target} ended its stream without a finish event`);
  } catch (error) {
    if (!isChatError(error)) throw error;
    const aborted = signal.aborted || error.kind === 'aborted';
    if (text !== '' || reasoning !== '') yield* recordAnswer(aborted ? 'aborted' : 'cut');
    return { outcome: aborted ? { kind: 'aborted' } : { kind: 'failed', error, partial: text !== '' } };
  }
}

/** The request of a round: the conversation so far, and what follows it but is not recorded. */
export function toRequest(
  options: Omit<TurnOptions, 'signal' | 'now'>,
  round: number,
  following: readonly Message[] = [],
): ChatRequest {
  const { structured } = options;
  const toolsAllowed = round <= options.maxRounds;
  return {
    model: options.model,
    messages: mendHistory([...options.log.messages.map((stored) => stored.message), ...following]),
    tools: toolsAllowed ? options.tools : [],
    toolChoice: toolChoiceOf(options.toolChoice, round, toolsAllowed),
    ...(structured === undefined
      ? {}
      : { format: { kind: 'json-schema', name: structured.name, schema: structured.schema } as const }),
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
  const hint = 'the model ended its answer at once; ask again, or ask another model';
  return { kind: 'failed', error: new ChatError({ kind: 'stream', target, reason: 'empty', hint }), partial: false };
}

function failedSchema(problems: readonly string[], attempts: number, raw: string): TurnOutcome {
  return { kind: 'failed', error: new ChatError({ kind: 'schema', problems, attempts, raw }), partial: false };
}

function schemaRetry(problems: readonly string[], attempt: number, retries: number): TurnEvent {
  const text = `the answer does not satisfy the schema (${problems.join('; ')}); asking again (${attempt} of ${retries})`;
  return { type: 'notice', notice: { level: 'warning', code: 'schema-retry', text } };
}

function roundsExhausted(rounds: number): TurnEvent {
  const text = `${rounds} rounds of tool calls are used up; asking for an answer without tools (--max-rounds)`;
  return { type: 'notice', notice: { level: 'warning', code: 'rounds-exhausted', text } };
}

function notSaved(text: string): TurnEvent {
  return { type: 'notice', notice: { level: 'warning', code: 'not-saved', text: `not saved: ${text}` } };
}

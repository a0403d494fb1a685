/** One request of a turn: its answer, put together, recorded and passed on while it arrives. */

import type { ConversationLog } from '../core/conversation.ts';
import { isChatError } from '../core/error.ts';
import type { AssistantMessage, Ending, ToolCall } from '../core/message.ts';
import { optional } from '../core/optional.ts';
import type { ChatRequest, Provider } from '../core/provider.ts';
import type { FinishEvent } from '../core/stream-event.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import { record } from './record.ts';
import type { Item, ItemStream } from './structured/item-stream.ts';

export interface Answer {
  /** Without what was given out as items and is wanted no more. */
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly finish: FinishEvent;
  readonly outcome?: undefined;
}

/** It failed or was stopped. */
export interface BrokenAnswer {
  readonly outcome: TurnOutcome;
}

export interface AskOptions {
  readonly provider: Provider;
  readonly log: ConversationLog;
  readonly signal: AbortSignal;
  readonly items?: ItemStream;
}

/** What came before a failure or a stop is recorded, marked with how it ended. */
export async function* ask(
  request: ChatRequest,
  { provider, log, signal, items }: AskOptions,
): AsyncGenerator<TurnEvent, Answer | BrokenAnswer> {
  let text = '';
  let hasText = false;
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
          hasText = true;
          text = items?.isDiscardable === true ? '' : text + event.text;
          yield event;
          for (const item of items?.push(event.text) ?? []) yield toEvent(item);
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
    if (hasText || reasoning !== '') yield* recordAnswer(aborted ? 'aborted' : 'cut');
    return { outcome: aborted ? { kind: 'aborted' } : { kind: 'failed', error, partial: hasText } };
  }
}

export function toEvent(item: Item): TurnEvent {
  if (item.ok) return { type: 'item', json: item.json };
  const text = `element ${item.number} is left out: ${item.problems.join('; ')}`;
  return { type: 'notice', notice: { level: 'warning', code: 'invalid-item', text } };
}

/** Follows one turn and says what it adds to the transcript and what is still unfinished. Holds a stream's state. */

import type { Notice } from '../core/notice.ts';
import type { FormatKind } from '../core/response-format.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import type { SafeText } from '../terminal/safe.ts';
import { sanitizeLine } from '../terminal/sanitize.ts';
import { createAnswer } from './answer.ts';
import type { Look } from './look.ts';
import { type NextStepOptions, nextStep, stepAfter, stepAfterLimit } from './next-step.ts';
import { createReasoning } from './reasoning.ts';
import type { Live, Passage, RunningTool } from './state.ts';
import { describeCall, detailsPassage, type EndedCall, toolPassage } from './tool-lines.ts';
import { endingPassage, errorPassage, noticePassage, stoppedPassage } from './transcript.ts';
import { createValueAnswer } from './value-answer.ts';

export interface TurnDisplay {
  show(event: TurnEvent): Shown;
}

interface Shown {
  readonly passages: readonly Passage[];
  readonly live: Live;
  /** The call that has ended with this event. */
  readonly ended: EndedCall | undefined;
}

export interface TurnDisplayOptions {
  /** What the answer is held to, where that is drawn as a value. */
  readonly format?: FormatKind | undefined;
  /** The unfinished answer that the turn goes on with. */
  readonly after?: string | undefined;
  /** For what is said of a failure. */
  readonly failing?: NextStepOptions;
  /** Whether tool calls are printed with all that went in and came out. */
  readonly details?: () => boolean;
  /** What is unfinished is drawn: a retry is a live row, and no line. */
  readonly isLive?: boolean;
  /** Monotonic milliseconds; without it nothing names the time that reasoning took. */
  readonly now?: () => number;
}

/** @param look  asked for each event, since the screen may have been resized */
export function createTurnDisplay(
  look: () => Look,
  {
    format,
    after,
    failing = { isFree: format === undefined, profile: '' },
    details = () => false,
    isLive = false,
    now,
  }: TurnDisplayOptions = {},
): TurnDisplay {
  const answer = format === 'json-schema' ? createValueAnswer(look) : createAnswer(look, after);
  const reasoning = createReasoning(look, now);
  let tools: readonly RunningTool[] = [];
  let ended: EndedCall | undefined;
  /** The last passage was a tool call: the next one follows it without a gap. */
  let afterTool = false;

  let note: SafeText | undefined;
  let hasStepped = false;

  function forget(): void {
    ended = undefined;
    note = undefined;
  }

  function noticed(notice: Notice): readonly Passage[] {
    if (isLive && notice.code === 'retrying') {
      note = sanitizeLine(notice.text);
      return [];
    }
    if (notice.code !== 'schema-rung') return [noticePassage(notice, look())];
    // One line for all the steps; `/schema` has each of them.
    if (hasStepped) return [];
    hasStepped = true;
    return [noticePassage({ level: 'info', text: 'asking for the schema another way; /schema says why' }, look())];
  }

  function passagesBeside(event: TurnEvent): readonly Passage[] {
    switch (event.type) {
      case 'tool-start':
        tools = [...tools, { call: event.call, label: describeCall(event.call) }];
        return [];
      case 'tool-end': {
        const started = tools.find(({ call }) => call.id === event.callId);
        tools = tools.filter((tool) => tool !== started);
        const call = started?.call ?? { id: event.callId, name: event.name, arguments: '' };
        ended = { call, end: event };
        const line = { ...toolPassage(started?.label ?? describeCall(call), event, look()), apart: !afterTool };
        return details() ? [line, detailsPassage(ended, look())] : [line];
      }
      case 'notice':
        return noticed(event.notice);
      case 'turn-end':
        tools = [];
        return event.outcome.kind === 'aborted'
          ? [stoppedPassage(look())]
          : setOff(endOf(event.outcome, { look: look(), failing }));
      case 'text-delta':
      case 'reasoning-delta':
      case 'message':
      case 'item':
      case 'approval':
        // The person's own message is on screen since it was sent; the elements of a value are drawn with it; a
        // question stands in the place of the prompt.
        return [];
      default:
        return event satisfies never;
    }
  }

  return {
    show(event) {
      forget();
      const parts = event.type === 'reasoning-delta' ? [answer, reasoning] : [reasoning, answer];
      const passages = [...parts.flatMap((part) => part.show(event)), ...passagesBeside(event)];
      if (passages.length > 0) afterTool = event.type === 'tool-end';
      return {
        passages,
        live: { tail: reasoning.tail() ?? answer.tail(), tools, ...(note === undefined ? {} : { note }) },
        ended,
      };
    },
  };
}

/** What is said about an answer does not look like a part of it; that it was stopped stands at its end. */
function setOff([first, ...rest]: readonly Passage[]): readonly Passage[] {
  return first === undefined ? [] : [{ ...first, apart: true }, ...rest];
}

interface EndOptions {
  readonly look: Look;
  readonly failing: NextStepOptions;
}

function endOf(outcome: TurnOutcome, { look, failing }: EndOptions): readonly Passage[] {
  const warn = (text: string): Passage => noticePassage({ level: 'warning', text }, look);
  switch (outcome.kind) {
    case 'done': {
      const ending = endingPassage(outcome.finish, look);
      const { toolFailure } = outcome;
      return [
        ...(ending === undefined ? [] : [ending]),
        ...suggestion(stepAfter(outcome.finish, failing), look),
        ...(toolFailure === undefined ? [] : [warn(toolFailure)]),
      ];
    }
    case 'aborted':
      return [stoppedPassage(look)];
    case 'limit':
      return [warn(limitWords(outcome)), ...suggestion(stepAfterLimit(outcome, failing), look)];
    case 'failed': {
      const step = nextStep(outcome.error, {
        profile: failing.profile,
        canGoOn: failing.isFree && outcome.partial,
      });
      return [errorPassage(outcome.error, look), ...suggestion(step, look)];
    }
    default:
      return outcome satisfies never;
  }
}

function suggestion(text: string | undefined, look: Look): readonly Passage[] {
  return text === undefined ? [] : [noticePassage({ level: 'info', text }, look)];
}

function limitWords({ limit, rounds }: Extract<TurnOutcome, { kind: 'limit' }>): string {
  switch (limit) {
    case 'rounds':
      return `stopped after ${rounds} rounds of tool calls`;
    case 'loop':
      return 'stopped: the model went in circles';
    default:
      return limit satisfies never;
  }
}

/** Follows one turn and says what it adds to the transcript and what is still unfinished. Holds a stream's state. */

import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import { type Block, createBlockSplitter } from '../terminal/blocks.ts';
import { renderBlock } from '../terminal/markdown.ts';
import { type SafeText, safe } from '../terminal/safe.ts';
import { createSanitizer, sanitize } from '../terminal/sanitize.ts';
import type { Look } from './look.ts';
import type { Live, Passage, RunningTool } from './state.ts';
import {
  describeCall,
  endingPassage,
  errorPassage,
  noticePassage,
  reasoningHead,
  reasoningLines,
  stoppedPassage,
  toolPassage,
} from './transcript.ts';

export interface TurnDisplay {
  show(event: TurnEvent): { readonly passages: readonly Passage[]; readonly live: Live };
}

/** @param look  asked for each event, since the screen may have been resized */
export function createTurnDisplay(look: () => Look): TurnDisplay {
  const answer = createAnswer(look);
  const reasoning = createReasoning(look);
  let tools: readonly RunningTool[] = [];
  /** The last passage was a tool call: the next one follows it without a gap. */
  let afterTool = false;

  function passagesOf(event: TurnEvent): readonly Passage[] {
    switch (event.type) {
      case 'text-delta':
        return [...reasoning.end(), ...answer.push(event.text)];
      case 'reasoning-delta':
        return [...answer.end(), ...reasoning.push(event.text)];
      case 'tool-start':
        tools = [...tools, { callId: event.call.id, label: describeCall(event.call) }];
        return [...reasoning.end(), ...answer.end()];
      case 'tool-end': {
        const running = tools.find((tool) => tool.callId === event.callId);
        tools = tools.filter((tool) => tool !== running);
        const label = running?.label ?? describeCall({ id: event.callId, name: event.name, arguments: '' });
        return [{ ...toolPassage(label, event, look()), apart: !afterTool }];
      }
      case 'notice':
        return [noticePassage(event.notice, look())];
      case 'message':
        // The person's own message is on screen since it was sent; an answer's text came as deltas.
        return event.message.message.role === 'assistant' ? [...reasoning.end(), ...answer.end()] : [];
      case 'turn-end':
        tools = [];
        return [...reasoning.end(), ...answer.end(), ...endOf(event.outcome, look())];
      default:
        return event satisfies never;
    }
  }

  return {
    show(event) {
      const passages = passagesOf(event);
      if (passages.length > 0) afterTool = event.type === 'tool-end';
      return { passages, live: { tail: reasoning.tail() ?? answer.tail(), tools } };
    },
  };
}

function endOf(outcome: TurnOutcome, look: Look): readonly Passage[] {
  switch (outcome.kind) {
    case 'done': {
      const ending = endingPassage(outcome.finish, look);
      return ending === undefined ? [] : [ending];
    }
    case 'aborted':
      return [stoppedPassage(look)];
    case 'limit':
      return [noticePassage({ level: 'warning', text: `stopped after ${outcome.rounds} rounds of tool calls` }, look)];
    case 'failed':
      return [errorPassage(outcome.error, look)];
    default:
      return outcome satisfies never;
  }
}

function createAnswer(look: () => Look) {
  let sanitizer = createSanitizer();
  let splitter = createBlockSplitter();
  let begun = false;

  const passages = (blocks: readonly Block[]): readonly Passage[] =>
    blocks.flatMap((block) => {
      const lines = renderBlock(block, look());
      if (lines.length === 0) return [];
      const apart = !begun;
      begun = true;
      return [{ apart, lines }];
    });

  return {
    push: (delta: string): readonly Passage[] => passages(splitter.push(sanitizer.push(delta))),
    tail: () => {
      const blocks = splitter.tail();
      return blocks.length === 0 ? undefined : ({ kind: 'answer', first: !begun, blocks } as const);
    },
    end(): readonly Passage[] {
      const rest = passages([...splitter.push(sanitizer.end()), ...splitter.end()]);
      sanitizer = createSanitizer();
      splitter = createBlockSplitter();
      begun = false;
      return rest;
    },
  };
}

/** Reasoning is printed line by line, under one head. A line that does not end is cut, so the tail stays small. */
const longestLine = 4096;

function createReasoning(look: () => Look) {
  let sanitizer = createSanitizer();
  let line: SafeText = safe``;
  let begun = false;

  function passages(text: string): readonly Passage[] {
    const lines = reasoningLines(sanitize(text), look());
    if (!begun && text.trim() === '') return [];
    const apart = !begun;
    begun = true;
    return [{ apart, lines: apart ? [reasoningHead(look()), ...lines] : lines }];
  }

  return {
    push(delta: string): readonly Passage[] {
      const text = line + sanitizer.push(delta);
      const lineEnd = text.lastIndexOf('\n');
      const cut = text.length - lineEnd > longestLine ? text.length : lineEnd + 1;
      line = sanitize(text.slice(cut));
      return cut === 0 ? [] : passages(text.slice(0, cut).replace(/\n$/, ''));
    },
    tail: () => (line === '' ? undefined : ({ kind: 'reasoning', first: !begun, line } as const)),
    end(): readonly Passage[] {
      const text = line + sanitizer.end();
      const rest = text.trim() === '' ? [] : passages(text);
      sanitizer = createSanitizer();
      line = safe``;
      begun = false;
      return rest;
    },
  };
}

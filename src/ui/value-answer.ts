/**
 * An answer that is held to a schema. It is drawn as it grows and printed when it has been judged: the value if it
 * satisfies the schema, else its text. An answer that is asked for again is not printed; a notice says what was wrong.
 */

import { readJson } from '../core/json-node.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import type { SafeText } from '../terminal/safe.ts';
import { renderRaw, renderValue } from '../terminal/value-view.ts';
import type { Look } from './look.ts';
import { inPassages } from './passages.ts';
import type { Passage } from './state.ts';
import type { TurnPart } from './turn-part.ts';

/** In UTF-16 units; of a longer answer only the size is shown until it is there. */
const longestDrawn = 256 * 1024;

export function createValueAnswer(look: () => Look): TurnPart {
  let text = '';
  let bytes = 0;
  /** The text is a whole answer: what is written after it is another one. */
  let whole = false;

  function start(): void {
    text = '';
    bytes = 0;
    whole = false;
  }

  function printed(lines: readonly SafeText[]): readonly Passage[] {
    start();
    return inPassages(lines);
  }

  /** What was said on the way to the answer, before a tool was called. */
  const printText = (): readonly Passage[] =>
    printed(text.trim() === '' ? [] : renderRaw(text, { ...look(), verbatim: 'whole' }));

  function show(event: TurnEvent): readonly Passage[] {
    if (whole && !keepsAnswer(event)) start();
    switch (event.type) {
      case 'text-delta':
        text += event.text;
        bytes += Buffer.byteLength(event.text);
        return [];
      case 'reasoning-delta':
      case 'tool-start':
        return printText();
      case 'message': {
        const { message } = event.message;
        if (message.role !== 'assistant') return [];
        if (message.toolCalls.length > 0) return printText();
        whole = true;
        return [];
      }
      case 'turn-end': {
        const value = checkedValue(event.outcome);
        return value === undefined ? printText() : printed(renderValue(value, look()));
      }
      case 'tool-end':
      case 'notice':
      case 'approval':
      case 'item':
        return [];
      default:
        return event satisfies never;
    }
  }

  return {
    show,
    tail() {
      if (text.trim() === '') return undefined;
      if (text.length > longestDrawn) return { kind: 'large-value', first: true, bytes };
      return { kind: 'value', first: true, text };
    },
  };
}

/** The events that may stand between a whole answer and the end of its turn, when it is not asked for again. */
function keepsAnswer(event: TurnEvent): boolean {
  if (event.type === 'notice') return event.notice.code !== 'schema-retry' && event.notice.code !== 'schema-rung';
  return event.type === 'turn-end' || event.type === 'item';
}

function checkedValue(outcome: TurnOutcome) {
  const structured = outcome.kind === 'done' ? outcome.structured : undefined;
  if (structured?.kind !== 'json-schema' || structured.text === undefined) return undefined;
  const read = readJson(structured.text);
  if (!read.ok) throw new Error(`a checked value is no JSON: ${read.problem}`);
  return read.node;
}

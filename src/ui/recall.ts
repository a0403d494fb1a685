/** The last of an earlier conversation, for a person who goes on with it: as it looked, but cut. */

import type { AssistantMessage, Ending, Message, ToolMessage } from '../core/message.ts';
import { withAttachmentsNamed } from '../core/written-part.ts';
import { createBlockSplitter } from '../terminal/blocks.ts';
import { type SafeText, safe } from '../terminal/safe.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { Look } from './look.ts';
import { drawBlock } from './source.ts';
import type { Passage } from './state.ts';
import { describeCall, toolPassage } from './tool-lines.ts';
import { endingPassage, noticePassage, stoppedPassage, userPassage } from './transcript.ts';

/** About as many lines as are still on the screen when the person writes. */
const mostLines = 20;
/** A message of the person's may be a pasted file. */
const mostLinesOfUser = 6;
/** In UTF-16 units. */
const longestText = 20_000;

export function recallPassages(messages: readonly Message[], look: Look): readonly Passage[] {
  const said = messages.filter(isSaid);
  const results = resultsOf(messages);
  const recalled: Passage[] = [];
  let room = mostLines;
  let index = said.length;
  while (index > 0 && room > 0) {
    const message = said[index - 1];
    const lines = message === undefined ? [] : linesOf(message, results, look);
    // A message that does not fit is shown from its end, when it is the last one; else it is left out.
    if (lines.length > room && recalled.length > 0) break;
    recalled.unshift({ apart: true, lines: lines.length > room ? [cutMark(look), ...lines.slice(-room)] : lines });
    room -= lines.length;
    index -= 1;
  }
  if (index === 0) return recalled;
  const note = look.theme.dim(safe`... ${index} earlier ${index === 1 ? safe`message` : safe`messages`}`);
  return [{ apart: true, lines: [note] }, ...recalled];
}

type Results = ReadonlyMap<Message, readonly ToolMessage[]>;

/** By the answer that called: some servers number the calls of each answer anew. */
function resultsOf(messages: readonly Message[]): Results {
  const results = new Map<Message, ToolMessage[]>();
  let of: ToolMessage[] = [];
  for (const message of messages) {
    if (message.role === 'tool') of.push(message);
    if (message.role !== 'assistant') continue;
    of = [];
    results.set(message, of);
  }
  return results;
}

function isSaid(message: Message): boolean {
  if (message.role === 'user') return message.correction !== true;
  return (
    message.role === 'assistant' &&
    (message.text.trim() !== '' || message.toolCalls.length > 0 || message.ending !== 'stop')
  );
}

function linesOf(message: Message, results: Results, look: Look): readonly SafeText[] {
  if (message.role === 'user') {
    const { lines } = userPassage(withAttachmentsNamed(message.text).slice(0, longestText), look);
    return lines.length <= mostLinesOfUser ? lines : [...lines.slice(0, mostLinesOfUser), cutMark(look)];
  }
  if (message.role !== 'assistant') return [];
  const splitter = createBlockSplitter();
  const blocks = [...splitter.push(sanitize(tailOf(message.text))), ...splitter.end()];
  return [
    ...blocks.flatMap((block) => drawBlock(block, look, 'whole')),
    ...callLines(message, results.get(message) ?? [], look),
    ...(endOf(message.ending, look)?.lines ?? []),
  ];
}

/** With what came of them. A call whose result is not there was broken off. */
function callLines({ toolCalls }: AssistantMessage, results: readonly ToolMessage[], look: Look): readonly SafeText[] {
  return toolCalls.flatMap((call) => {
    const result = results.find(({ callId }) => callId === call.id) ?? {
      name: call.name,
      outcome: 'cancelled',
      text: '',
    };
    return toolPassage(describeCall(call), result, look).lines;
  });
}

/** In the words of the time when it ended. */
function endOf(ending: Ending, look: Look): Passage | undefined {
  switch (ending) {
    case 'aborted':
      return stoppedPassage(look);
    case 'cut':
      return noticePassage({ level: 'warning', text: 'the answer broke off before it was complete' }, look);
    case 'stop':
    case 'length':
    case 'tool-calls':
    case 'content-filter':
    case 'refusal':
    case 'other':
      return endingPassage(ending, look);
    default:
      return ending satisfies never;
  }
}

/** Laying out a megabyte for its last lines would be seen as a pause. */
function tailOf(text: string): string {
  return text.length <= longestText
    ? text
    : text.slice(text.indexOf('\n', text.length - longestText) + 1).slice(-longestText);
}

function cutMark({ theme }: Look): SafeText {
  return theme.dim(safe`...`);
}

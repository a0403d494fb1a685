/** The last of an earlier conversation, for a person who goes on with it: as it looked, but cut. */

import type { Message } from '../core/message.ts';
import { createBlockSplitter } from '../terminal/blocks.ts';
import { renderBlock } from '../terminal/markdown.ts';
import { type SafeText, safe } from '../terminal/safe.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { Look } from './look.ts';
import type { Passage } from './state.ts';
import { describeCall } from './tool-lines.ts';
import { stoppedPassage, userPassage } from './transcript.ts';

/** About as many lines as are still on the screen when the person writes. */
const mostLines = 20;
/** A message of the person's may be a pasted file. */
const mostLinesOfUser = 6;
/** In UTF-16 units. */
const longestText = 20_000;

export function recallPassages(messages: readonly Message[], look: Look): readonly Passage[] {
  const said = messages.filter(isSaid);
  const recalled: Passage[] = [];
  let room = mostLines;
  let index = said.length;
  while (index > 0 && room > 0) {
    const message = said[index - 1];
    const lines = message === undefined ? [] : linesOf(message, look);
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

function isSaid(message: Message): boolean {
  if (message.role === 'user') return message.correction !== true;
  return message.role === 'assistant' && (message.text.trim() !== '' || message.toolCalls.length > 0);
}

function linesOf(message: Message, look: Look): readonly SafeText[] {
  if (message.role === 'user') {
    const { lines } = userPassage(withoutFiles(message.text).slice(0, longestText), look);
    return lines.length <= mostLinesOfUser ? lines : [...lines.slice(0, mostLinesOfUser), cutMark(look)];
  }
  if (message.role !== 'assistant') return [];
  const splitter = createBlockSplitter();
  const blocks = [...splitter.push(sanitize(tailOf(message.text))), ...splitter.end()];
  const calls = message.toolCalls.map((call) => look.theme.dim(safe`* ${describeCall(call)}`));
  const stopped = message.ending === 'aborted' || message.ending === 'cut' ? stoppedPassage(look).lines : [];
  return [...blocks.flatMap((block) => renderBlock(block, look)), ...calls, ...stopped];
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

/** What was attached is named, not shown. */
function withoutFiles(text: string): string {
  return text.replace(/\n\n<(file path="[^"\n]*"|stdin)>\n[\s\S]*?\n<\/(?:file|stdin)>/g, '\n[$1]');
}

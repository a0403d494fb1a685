/** The last row: who answers, how, what it took, and what can be pressed now. What has no room is left out from the right. */

import { mentionsPath } from '../core/file-mentions.ts';
import { joinSafe, type SafeText, safe } from '../terminal/safe.ts';
import { sanitizeLine } from '../terminal/sanitize.ts';
import { displayWidth, truncateToWidth } from '../terminal/width.ts';
import type { Figures, ReplStatus } from './actions.ts';
import { runsAnytime } from './commands/command.ts';
import { readWritten } from './commands/index.ts';
import { costWords } from './cost-words.ts';
import { editingHint } from './edit-earlier.ts';
import { pasteAt } from './editor/paste.ts';
import type { Look } from './look.ts';
import type { QuitKey, ReplState } from './state.ts';
import { describeFormat } from './transcript.ts';
import { viWords } from './vi-keys.ts';

const separator = safe` | `;

export function statusRow(state: ReplState, { columns, theme }: Look): SafeText {
  const hint = hintOf(state);
  const mode = state.vi === undefined ? [] : [sanitizeLine(viWords(state.vi))];
  const taken = [...mode, hint].reduce((sum, part) => sum + displayWidth(part) + separator.length, 0);
  const parts = fitting(partsOf(state), columns - taken);
  return theme.dim(truncateToWidth(joinSafe([...mode, ...parts, hint], separator), columns));
}

interface Part {
  readonly text: SafeText;
  /** It can be recognised when its end is missing, as a name can and a number cannot. */
  readonly mayBeCut: boolean;
}

/** Narrower than this a part that is cut says nothing. */
const narrowestPart = 4;

/** As many from the left as there is room for; the next one is cut if enough of it would be left. */
function fitting(parts: readonly Part[], room: number): readonly SafeText[] {
  const fit: SafeText[] = [];
  let left = room;
  for (const { text, mayBeCut } of parts) {
    const width = displayWidth(text);
    if (width > left) {
      if (mayBeCut && left >= narrowestPart) fit.push(truncateToWidth(text, left));
      break;
    }
    fit.push(text);
    left -= width + separator.length;
  }
  return fit;
}

function partsOf({ status, view }: ReplState): readonly Part[] {
  const { profile, model, contextWindow, figures } = status;
  const names = [profile, ...(model === undefined ? [] : [model])].map(sanitizeLine);
  const others = [
    ...switchesOf(status),
    ...(view.source ? [safe`source`] : []),
    ...(figures === undefined ? [] : figuresOf(figures, contextWindow)),
  ];
  return [...names.map((text) => ({ text, mayBeCut: true })), ...others.map((text) => ({ text, mayBeCut: false }))];
}

/** In cells: a schema may be a page of JSON. */
const longestFormat = 24;

function switchesOf({ format, approval, tools }: ReplStatus): readonly SafeText[] {
  const enabled = tools.filter((tool) => tool.enabled).length;
  const isUsual = tools.every((tool) => tool.switched !== true) && (enabled > 0 || tools.length === 0);
  return [
    ...(format === undefined ? [] : [truncateToWidth(describeFormat(format), longestFormat)]),
    ...(isUsual ? [] : [enabled === 0 ? safe`no tools` : safe`${enabled} of ${tools.length} tools`]),
    ...(approval === 'all' ? [safe`tools run unasked`] : []),
  ];
}

/** Less is said as 0.0 s, which tells nobody anything. */
const shortestWaitMs = 50;

function figuresOf(figures: Figures, contextWindow: number | undefined): readonly SafeText[] {
  const { contextTokens, tokensPerSecond, firstWordMs, cost } = figures;
  const parts: (string | undefined)[] = [
    contextTokens && contextWords(contextTokens, contextWindow),
    tokensPerSecond && `${Math.round(tokensPerSecond)} tokens/s`,
    firstWordMs === undefined || firstWordMs < shortestWaitMs
      ? undefined
      : `first word ${(firstWordMs / 1000).toFixed(1)} s`,
    cost === undefined ? undefined : `cost ${costWords(cost)}`,
  ].map((part) => part || undefined);
  return parts.filter((part) => part !== undefined).map(sanitizeLine);
}

function contextWords(tokens: number, contextWindow: number | undefined): string {
  if (contextWindow === undefined) return `context ${inShort(tokens)} tokens`;
  return `context ${inShort(tokens)} of ${inShort(contextWindow)} (${Math.round((tokens / contextWindow) * 100)} %)`;
}

function inShort(tokens: number): string {
  return tokens < 1000 ? String(tokens) : `${(tokens / 1000).toFixed(tokens < 10_000 ? 1 : 0)}k`;
}

/** What matters now. */
function hintOf(state: ReplState): SafeText {
  const { quitArmed, running, editor, editing, queueHeld } = state;
  if (quitArmed !== undefined) return quitHint(state, quitArmed);
  if (running?.stopping) return safe`stopping`;
  if (running !== undefined) return editor.text === '' ? safe`Ctrl+C stops` : hintBeside(editor.text);
  if (editing !== undefined) return editingHint(editing);
  if (pasteAt(editor.text, editor.caret, editor.pastes)) return safe`Tab opens the paste`;
  if (editor.text === '') return queueHeld ? safe`Enter sends it, Alt+Up takes it back` : safe`/help`;
  return mentionsPath(editor.text) ? safe`Enter sends, with @files that exist` : safe`Enter sends`;
}

/** What is lost when this key is pressed once more. */
export function quitHint({ running, queue }: Pick<ReplState, 'running' | 'queue'>, key: QuitKey): SafeText {
  if (running !== undefined && key === 'Ctrl+D') return safe`an answer is running; Ctrl+D again quits`;
  if (queue.length === 0) return safe`${keyWords[key]} again to quit`;
  return safe`${queue.length === 1 ? safe`a message waits` : safe`messages wait`}; ${keyWords[key]} again quits`;
}

const keyWords: Readonly<Record<QuitKey, SafeText>> = { 'Ctrl+C': safe`Ctrl+C`, 'Ctrl+D': safe`Ctrl+D` };

/** In UTF-16 units: what is longer is no command line. */
const longestCommand = 4096;

/** Something runs. */
function hintBeside(text: string): SafeText {
  const read = text.startsWith('/') && text.length <= longestCommand ? readWritten(text) : undefined;
  if (read?.kind === 'unknown') return safe`Ctrl+C stops`;
  if (read?.kind !== 'command') return safe`Enter queues, Ctrl+C stops`;
  if (read.command.ofWholeTurn) return safe`Enter runs it when the answer has ended`;
  return runsAnytime(read.command, read.argument)
    ? safe`Enter runs it now`
    : safe`Enter queues it: it waits for the answer`;
}

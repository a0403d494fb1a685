/** The last row: who answers, how, what it took, and what can be pressed now. What has no room is left out from the right. */

import { mentionsFile } from '../core/file-mentions.ts';
import { joinSafe, type SafeText, safe } from '../terminal/safe.ts';
import { sanitizeLine } from '../terminal/sanitize.ts';
import { displayWidth, truncateToWidth } from '../terminal/width.ts';
import type { Figures, ReplStatus } from './actions.ts';
import { costWords } from './cost-words.ts';
import { editingHint } from './edit-earlier.ts';
import { pasteAt } from './editor/paste.ts';
import type { Look } from './look.ts';
import type { ReplState } from './state.ts';
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
  return [
    ...(format === undefined ? [] : [truncateToWidth(describeFormat(format), longestFormat)]),
    ...(enabled === tools.length ? [] : [safe`${enabled} of ${tools.length} tools`]),
    ...(approval === 'all' ? [safe`tools run unasked`] : []),
  ];
}

function figuresOf(figures: Figures, contextWindow: number | undefined): readonly SafeText[] {
  const { contextTokens, tokensPerSecond, firstWordMs, cost } = figures;
  const parts: (string | undefined)[] = [
    contextTokens && contextWords(contextTokens, contextWindow),
    tokensPerSecond && `${Math.round(tokensPerSecond)} tokens/s`,
    firstWordMs === undefined ? undefined : `first word ${(firstWordMs / 1000).toFixed(1)} s`,
    cost === undefined ? undefined : `cost ${costWords(cost)}`,
  ].map((part) => part || undefined);
  return parts.filter((part) => part !== undefined).map(sanitizeLine);
}

function contextWords(tokens: number, contextWindow: number | undefined): string {
  if (contextWindow === undefined) return `${inShort(tokens)} tokens`;
  return `${inShort(tokens)} of ${inShort(contextWindow)} (${Math.round((tokens / contextWindow) * 100)} %)`;
}

function inShort(tokens: number): string {
  return tokens < 1000 ? String(tokens) : `${(tokens / 1000).toFixed(tokens < 10_000 ? 1 : 0)}k`;
}

/** What matters now. */
function hintOf({ quitArmed, running, editor, editing }: ReplState): SafeText {
  if (quitArmed) return safe`Ctrl+C again to quit`;
  if (running?.stopping) return safe`stopping`;
  if (running !== undefined) return editor.text === '' ? safe`Ctrl+C stops` : safe`Enter queues, Ctrl+C stops`;
  if (editing !== undefined) return editingHint(editing);
  if (pasteAt(editor.text, editor.caret, editor.pastes)) return safe`Tab opens the paste`;
  if (editor.text === '') return safe`/help`;
  return mentionsFile(editor.text) ? safe`Enter sends, with @files` : safe`Enter sends`;
}

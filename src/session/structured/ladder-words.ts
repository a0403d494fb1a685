/** What a person is told about the ladder: which rung was left and why, and what is asked again. */

import { ChatError } from '../../core/error.ts';
import type { Notice } from '../../core/notice.ts';
import type { SchemaMode } from '../../core/response-format.ts';
import type { StructuredOutput, Wanted } from './index.ts';

/** How the rungs are called in sentences. */
const modeWords: Readonly<Record<SchemaMode, string>> = {
  native: 'its own JSON Schema',
  grammar: 'a grammar',
  tool: 'a forced tool call',
  json: 'JSON of any shape',
  prompt: 'words alone',
};

export function nounOf({ kind }: Wanted): 'schema' | 'regex' | 'choice' | 'grammar' {
  return kind === 'json-schema' ? 'schema' : kind;
}

export function notBy(mode: SchemaMode, reasons: readonly string[]): string {
  return `not by ${modeWords[mode]}: ${reasons.join('; ')}`;
}

export function rungRefused(target: string, mode: SchemaMode, lower: SchemaMode): Notice {
  const text = `${target} refused ${modeWords[mode]}; asking by ${modeWords[lower]}`;
  return { level: 'warning', code: 'schema-rung', text };
}

export interface IgnoredRung {
  readonly target: string;
  readonly problems: readonly string[];
  readonly mode: SchemaMode;
  readonly lower: SchemaMode;
}

export function rungIgnored({ target, problems, mode, lower }: IgnoredRung): Notice {
  const text = `${target} ignored ${modeWords[mode]} (${problems.join('; ')}); asking by ${modeWords[lower]}`;
  return { level: 'warning', code: 'schema-rung', text };
}

/** @param count  such as `1 of 2` */
export function asksAgain(wanted: Wanted, problems: readonly string[], count: string): Notice {
  const text = `the answer does not satisfy the ${nounOf(wanted)} (${problems.join('; ')}); asking again (${count})`;
  return { level: 'warning', code: 'schema-retry', text };
}

export function repaired(repair: string): Notice {
  return { level: 'info', code: 'repaired-answer', text: `the answer: ${repair}` };
}

export interface Server {
  readonly target: string;
  /** The rungs it has for this kind of format. */
  readonly has: readonly SchemaMode[];
  /** Why a rung that it has cannot take this schema. */
  readonly reasons: readonly string[];
}

export function impossible({ wanted, mode }: StructuredOutput, { target, has, reasons }: Server): ChatError {
  if (reasons.length > 0) {
    const what = `the schema cannot be asked for as wanted: ${reasons.join('; ')}`;
    return new ChatError({ kind: 'usage', what, hint: 'leave out --schema-mode' });
  }
  const by = mode === undefined ? '' : ` by ${modeWords[mode]}`;
  const what = `${target} has no way to hold an answer to a ${nounOf(wanted)}${by}`;
  const hint = `--schema-mode ${has.join(', ')}`;
  return new ChatError({ kind: 'usage', what, ...(has.length > 0 && { hint }) });
}

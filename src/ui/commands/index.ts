/** The table of slash commands, and reading one from what was written. */

import { ChatError } from '../../core/error.ts';
import { nearest } from '../../core/nearest.ts';
import { approve } from './approve.ts';
import { branches } from './branches.ts';
import type { Command } from './command.ts';
import { compact } from './compact.ts';
import { context } from './context.ts';
import { goOn } from './continue.ts';
import { copy } from './copy.ts';
import { edit } from './edit.ts';
import { file } from './file.ts';
import { fork } from './fork.ts';
import { help } from './help.ts';
import { model } from './model.ts';
import { newConversation } from './new.ts';
import { profile } from './profile.ts';
import { prompt } from './prompt.ts';
import { quit } from './quit.ts';
import { raw } from './raw.ts';
import { redo } from './redo.ts';
import { rename } from './rename.ts';
import { resume } from './resume.ts';
import { retry } from './retry.ts';
import { save, saveOver } from './save.ts';
import { schema } from './schema.ts';
import { search } from './search.ts';
import { set } from './set.ts';
import { system } from './system.ts';
import { theme } from './theme.ts';
import { think } from './think.ts';
import { tools } from './tools.ts';
import { undo } from './undo.ts';
import { usage } from './usage.ts';
import { vi } from './vi.ts';

export const commands: readonly Command[] = [
  ...[help, newConversation, resume, model, profile, system, tools, approve, schema],
  ...[file, goOn, undo, redo, branches, edit, copy, search, rename, fork, compact, context, usage, set, think],
  ...[raw, theme, vi, prompt, retry, save, saveOver, quit],
];

export type Written =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'command'; readonly command: Command; readonly argument: string }
  /** Never sent: it was meant for us. `near` is the command it resembles. */
  | { readonly kind: 'unknown'; readonly word: string; readonly near: string | undefined };

/**
 * `/word` is a command, `//word` a message that begins with one slash. A path is a message too: one that is there, or
 * `/usr/bin/env is odd`, where no command is near the first name. All else that begins with a slash was meant for us.
 * @param exists  whether there is such a file or folder
 */
export function readWritten(text: string, exists: (path: string) => boolean = () => false): Written {
  if (text.startsWith('//')) return { kind: 'message', text: text.slice(1) };
  const [, word, argument = ''] = /^\/(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  if (word === undefined) return { kind: 'message', text };

  const wanted = word.toLowerCase();
  const command = commands.find(({ name, aliases }) => name === wanted || aliases.includes(wanted));
  if (command !== undefined) return { kind: 'command', command, argument: argument.trim() };
  const names = commands.flatMap(({ name, aliases }) => [name, ...aliases]);
  const [first = '', ...rest] = wanted.split(/[/.]/);
  const near = meant(first, names);
  if (word !== '' && (exists(`/${word}`) || (rest.length > 0 && word.includes('/') && near === undefined))) {
    return { kind: 'message', text };
  }
  return { kind: 'unknown', word, near };
}

export function unknownCommand({ word, near }: Extract<Written, { kind: 'unknown' }>): ChatError {
  const guess = near === undefined ? '/help lists them.' : `did you mean /${near}?`;
  const hint = `${guess} Up brings it back, //${word} sends it`;
  return new ChatError({ kind: 'usage', what: `there is no command /${word}`, hint });
}

/** What was begun goes before what resembles it. */
function meant(word: string, names: readonly string[]): string | undefined {
  if (word === '') return undefined;
  return names.find((name) => name.startsWith(word)) ?? nearest(word, names, 1)[0];
}

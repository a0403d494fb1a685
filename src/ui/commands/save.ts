import { ChatError } from '../../core/error.ts';
import { offerFiles } from '../completion/files.ts';
import type { Command, CommandContext } from './command.ts';
import { pathArgument } from './path-argument.ts';

export const save: Command = {
  name: 'save',
  aliases: ['export'],
  parameters: '[value] FILE',
  summary: 'the conversation as md, html, json or jsonl; the last structured answer as csv, tsv or yaml',
  details: [
    'The end of the name says the form. json is the conversation; /save value FILE.json is the last structured answer.',
    '/save! writes over a file that exists.',
  ],
  anytime: false,
  complete: offerFiles,
  run: (context) => write(context, { replace: false }),
};

export const saveOver: Command = {
  name: 'save!',
  aliases: [],
  parameters: '[value] FILE',
  summary: 'the same, in place of a file that exists',
  anytime: false,
  complete: offerFiles,
  run: (context) => write(context, { replace: true }),
};

async function write({ actions, argument, say }: CommandContext, options: { readonly replace: boolean }) {
  const [, what, path = ''] = /^(value(?=\s|$))?\s*([\s\S]*)$/.exec(argument) ?? [];
  if (path === '') {
    const hint = 'chat.md, chat.html; a structured answer: rows.csv, value data.json';
    throw new ChatError({ kind: 'usage', what: '/save needs a file', hint });
  }
  say(await actions.save(pathArgument(path), { ...options, what: what === undefined ? 'extension' : 'value' }));
}

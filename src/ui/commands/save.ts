import { ChatError } from '../../core/error.ts';
import { offerFiles } from '../completion/files.ts';
import type { Command, CommandContext } from './command.ts';
import { pathArgument } from './path-argument.ts';

export const save: Command = {
  name: 'save',
  aliases: ['export'],
  parameters: 'FILE',
  summary: 'a structured answer as csv, tsv, yaml or json; else the conversation as md, html, json or jsonl',
  anytime: false,
  complete: offerFiles,
  run: (context) => write(context, { replace: false }),
};

export const saveOver: Command = {
  name: 'save!',
  aliases: [],
  parameters: 'FILE',
  summary: 'the same, in place of a file that exists',
  anytime: false,
  complete: offerFiles,
  run: (context) => write(context, { replace: true }),
};

async function write({ actions, argument, say }: CommandContext, options: { readonly replace: boolean }) {
  if (argument === '') {
    const hint = 'chat.md, chat.html; a structured answer: rows.csv';
    throw new ChatError({ kind: 'usage', what: '/save needs a file', hint });
  }
  say(await actions.save(pathArgument(argument), options));
}

import { ChatError } from '../../core/error.ts';
import { offerFiles } from '../completion/files.ts';
import type { Command } from './command.ts';
import { pathArgument } from './path-argument.ts';

export const file: Command = {
  name: 'file',
  aliases: [],
  parameters: 'PATH',
  summary: 'send the text of a file along: the same as @PATH in a message',
  anytime: true,
  complete: offerFiles,
  run({ actions, argument, draft }) {
    const path = pathArgument(argument);
    if (path === '') throw new ChatError({ kind: 'usage', what: '/file needs the path of a file' });
    const kind = actions.kindOfFile(path);
    if (kind !== 'file') {
      throw new ChatError({ kind: 'usage', what: kind === undefined ? `${path} is not there` : `${path} is ${kind}` });
    }
    draft(/\s/.test(path) ? `@"${path}" ` : `@${path} `);
  },
};

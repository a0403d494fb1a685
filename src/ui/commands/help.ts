import { keyHelp } from '../keys/bindings.ts';
import type { Command } from './command.ts';

export const help: Command = {
  name: 'help',
  aliases: ['?'],
  parameters: '',
  summary: 'this list',
  anytime: true,
  run({ commands, list, say }) {
    list(commands.map((command) => [titleOf(command), command.summary]));
    list(keyHelp);
    say('A message that starts with a slash is written with two: //word');
  },
};

function titleOf({ name, aliases, parameters }: Command): string {
  const names = [name, ...aliases].map((word) => `/${word}`).join(' ');
  return parameters === '' ? names : `${names} ${parameters}`;
}

import { describeFormat } from '../transcript.ts';
import type { Command } from './command.ts';
import { groups } from './groups.ts';

export const help: Command = {
  name: 'help',
  aliases: ['?'],
  parameters: '',
  summary: 'this list',
  anytime: true,
  run({ actions, commands, keys, list, say }) {
    for (const { title, members } of grouped(commands)) {
      say(`${title}:`);
      list(members.map((command) => [titleOf(command), command.summary]));
    }
    say('Keys:');
    list(keys);
    const { format } = actions.status();
    if (format !== undefined) say(`Every answer is held to: ${describeFormat(format)}`);
    say('A message that starts with a slash is written with two: //word');
  },
};

function grouped(commands: readonly Command[]) {
  const known = new Set(groups.flatMap(({ names }) => names));
  const others = { title: 'Others', members: commands.filter(({ name }) => !known.has(name)) };
  return [
    ...groups.map(({ title, names }) => ({
      title,
      members: names.flatMap((name) => commands.find((command) => command.name === name) ?? []),
    })),
    others,
  ].filter(({ members }) => members.length > 0);
}

function titleOf({ name, aliases, parameters }: Command): string {
  const names = [name, ...aliases].map((word) => `/${word}`).join(' ');
  return parameters === '' ? names : `${names} ${parameters}`;
}

import { ChatError } from '../../core/error.ts';
import { nearest } from '../../core/nearest.ts';
import { describeFormat } from '../transcript.ts';
import type { Command, CommandContext } from './command.ts';
import { groups } from './groups.ts';

export const help: Command = {
  name: 'help',
  aliases: ['?'],
  parameters: '[command | keys | all]',
  summary: 'commands and keys in short; one command, all keys, or everything',
  anytime: true,
  complete: () => ({
    from: 0,
    candidates: [...groups.flatMap(({ names }) => names), 'keys', 'all'].map((value) => ({ value, detail: '' })),
  }),
  run(context) {
    const { argument, keys, list } = context;
    switch (argument) {
      case '':
        return sayShort(context);
      case 'keys':
        return list(keys);
      case 'all':
        return sayAll(context);
      default:
        return sayOne(context, argument.replace(/^\//, '').toLowerCase());
    }
  },
};

/** One screen of 24 rows. */
function sayShort({ actions, commands, keys, list, say }: CommandContext): void {
  list(grouped(commands).map(({ title, members }) => [title, members.map(({ name }) => `/${name}`).join(' ')]));
  list(keys.filter(([names]) => mattering.test(names)).map(([names, meaning]) => [names, firstOf(meaning)]));
  const { format } = actions.status();
  if (format !== undefined) say(`Every answer is held to: ${describeFormat(format)}`);
  say('/help COMMAND, /help keys and /help all say more. A message that begins with a slash: //word');
}

const mattering = /^(?:Enter|.*\\ Enter|Up|Tab|Ctrl\+C|Esc|Ctrl\+D)/;

function firstOf(meaning: string): string {
  return meaning.split('; behind ')[0] ?? meaning;
}

function sayAll({ commands, keys, list, say }: CommandContext): void {
  for (const { title, members } of grouped(commands)) {
    say(`${title}:`);
    list(members.map((command) => [titleOf(command), command.summary]));
  }
  say('Keys:');
  list(keys);
}

function sayOne({ commands, say }: CommandContext, name: string): void {
  const command = commands.find((one) => one.name === name || one.aliases.includes(name));
  if (command !== undefined) {
    say(titleOf(command), ...[command.summary, ...(command.details ?? [])].map((line) => `  ${line}`));
    return;
  }
  const [near] = nearest(
    name,
    commands.map((one) => one.name),
    1,
  );
  const hint = near === undefined ? '/help lists the commands' : `did you mean /help ${near}?`;
  throw new ChatError({ kind: 'usage', what: `there is no command /${name}`, hint });
}

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

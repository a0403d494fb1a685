import { ChatError } from '../../core/error.ts';
import { nearest } from '../../core/nearest.ts';
import type { Command } from './command.ts';

export const tools: Command = {
  name: 'tools',
  aliases: [],
  parameters: '[name on|off]',
  summary: 'list the tools, turn one on or off',
  anytime: false,
  run({ actions, argument, say, list }) {
    const known = actions.status().tools;
    if (argument === '') {
      if (known.length === 0) return say('There are no tools.');
      list(known.map(({ name, description, enabled }) => [`${enabled ? 'on ' : 'off'} ${name}`, description]));
      return say('Change one: /tools NAME on|off');
    }
    const [name = '', state = ''] = argument.split(/\s+/);
    if (!known.some((tool) => tool.name === name)) {
      const [near] = nearest(
        name,
        known.map((tool) => tool.name),
        1,
      );
      const hint = near === undefined ? '/tools lists them' : `did you mean ${near}?`;
      throw new ChatError({ kind: 'usage', what: `there is no tool ${name}`, hint });
    }
    if (state !== 'on' && state !== 'off') {
      throw new ChatError({ kind: 'usage', what: 'say on or off', hint: `/tools ${name} on` });
    }
    actions.setTool(name, state === 'on');
    say(`${name} is ${state}.`);
  },
};

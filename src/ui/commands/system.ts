import { type Command, withoutArgument } from './command.ts';

export const system: Command = {
  name: 'system',
  aliases: [],
  parameters: '[text | off]',
  summary: 'show, set or remove the system prompt',
  anytime: withoutArgument,
  run({ actions, argument, say }) {
    if (argument === '') {
      const { system: text } = actions.status();
      return text === undefined ? say('There is no system prompt. Set one: /system TEXT') : say('System prompt:', text);
    }
    if (argument === 'off') {
      actions.setSystem(undefined);
      return say('System prompt removed.');
    }
    actions.setSystem(argument);
    say('System prompt set.');
  },
};

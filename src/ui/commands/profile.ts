import type { Command } from './command.ts';

export const profile: Command = {
  name: 'profile',
  aliases: [],
  parameters: '[name]',
  summary: 'speak to another server; without a name: list them',
  anytime: false,
  async run({ actions, argument, say, list }) {
    if (argument === '') {
      list(
        actions
          .profiles()
          .map(({ name, kind, description, current }) => [
            name,
            `${kind}  ${description}${current ? '  (in use)' : ''}`,
          ]),
      );
      return say('Choose one: /profile NAME');
    }
    await actions.setProfile(argument);
    const { model, target } = actions.status();
    say(`Profile: ${argument}, ${target}${model === undefined ? '' : `, ${model}`}`);
  },
};

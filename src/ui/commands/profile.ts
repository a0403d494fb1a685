import type { Command } from './command.ts';

export const profile: Command = {
  name: 'profile',
  aliases: [],
  parameters: '[name]',
  summary: 'use another server; without a name: choose one',
  chooses: true,
  anytime: false,
  complete({ actions }) {
    const candidates = actions.profiles().map(({ name, kind, description }) => {
      return { value: name, detail: `${kind}  ${description}` };
    });
    return { from: 0, candidates };
  },
  async run({ actions, argument, signal, say, pick }) {
    const choices = actions.profiles().map(({ name, kind, description, current }) => {
      return { value: name, title: name, detail: `${kind}  ${description}`, current };
    });
    const name = argument === '' ? await pick({ noun: 'Profile', choices, signal }) : argument;
    if (name === undefined) return say('There are no profiles.');
    const problems = await actions.setProfile(name);
    const { model, target } = actions.status();
    say(`Profile: ${name}, ${target}${model === undefined ? '' : `, ${model}`}`, ...problems);
  },
};

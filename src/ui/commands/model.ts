import { lastWordStart } from '../completion/candidate.ts';
import type { Command } from './command.ts';

export const model: Command = {
  name: 'model',
  aliases: [],
  parameters: '[name]',
  summary: 'use another model; without a name: choose one',
  chooses: true,
  anytime: false,
  async complete({ actions, argument, signal }) {
    const models = await actions.listModels(signal);
    return { from: lastWordStart(argument), candidates: models.map(({ id }) => ({ value: id, detail: '' })) };
  },
  async run({ actions, argument, signal, say, pick }) {
    const { model: current, target } = actions.status();
    const choices = async () =>
      (await actions.listModels(signal)).map(({ id, contextWindow }) => ({
        value: id,
        title: id,
        detail: contextWindow === undefined ? '' : `${contextWindow} tokens`,
        current: id === current,
      }));
    const name = argument === '' ? await pick({ noun: 'Model', choices: choices(), signal }) : argument;
    if (name === undefined) return say(`${target} lists no models.`, 'Choose one by name: /model NAME');
    actions.setModel(name);
    say(`Model: ${name}`);
  },
};

import { ChatError } from '../../core/error.ts';
import type { Command } from './command.ts';

export const model: Command = {
  name: 'model',
  aliases: [],
  parameters: '[name]',
  summary: 'use another model; without a name: list them',
  anytime: false,
  async run({ actions, argument, signal, say }) {
    if (argument !== '' && !/^\d+$/.test(argument)) return use(argument);

    const models = await actions.listModels(signal);
    if (argument !== '') {
      const chosen = models[Number(argument) - 1];
      if (chosen !== undefined) return use(chosen.id);
      throw new ChatError({ kind: 'usage', what: `there is no model number ${argument}`, hint: '/model lists them' });
    }
    const { model: current, target } = actions.status();
    if (models.length === 0) return say(`${target} lists no models.`, 'Choose one by name: /model NAME');
    const width = String(models.length).length;
    say(
      ...models.map(
        ({ id }, index) => `${String(index + 1).padStart(width)}  ${id}${id === current ? '  (in use)' : ''}`,
      ),
      'Choose one: /model NAME or its number',
    );

    function use(name: string): void {
      actions.setModel(name);
      say(`Model: ${name}`);
    }
  },
};

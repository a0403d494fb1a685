import { ChatError } from '../../core/error.ts';
import { lastWordStart } from '../completion/candidate.ts';
import type { Command } from './command.ts';
import { whole } from './words.ts';

export const model: Command = {
  name: 'model',
  aliases: [],
  parameters: '[name]',
  summary: 'use another model; without a name: choose one',
  details: ['Once the list has been seen, the beginning of a name is enough.'],
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
        detail: contextWindow === undefined ? '' : `${whole(contextWindow)} tokens`,
        current: id === current,
      }));
    const wanted =
      argument === '' ? await pick({ noun: 'Model', choices: choices(), signal, takesTyped: true }) : argument;
    if (wanted === undefined) return say(`${target} lists no models.`, 'Choose one by name: /model NAME');
    const known = actions.knownModels();
    const name = known === undefined ? wanted : meant(wanted, known);
    actions.setModel(name);
    const isListed = known === undefined || known.includes(name);
    say(`Model: ${name}`, ...(isListed ? [] : [`${target} does not list it; it is asked for all the same.`]));
  },
};

const mostNamed = 6;

/** The one model that begins so, with or without its vendor; else what was written. @throws ChatError when several do */
function meant(written: string, known: readonly string[]): string {
  if (known.includes(written)) return written;
  const begun = written.toLowerCase();
  const fit = known.filter((id) => {
    const name = id.toLowerCase();
    return name.startsWith(begun) || name.slice(name.lastIndexOf('/') + 1).startsWith(begun);
  });
  if (fit.length > 1) {
    const more = fit.length > mostNamed ? ` and ${fit.length - mostNamed} more` : '';
    throw new ChatError({ kind: 'usage', what: `${written} fits ${fit.slice(0, mostNamed).join(', ')}${more}` });
  }
  return fit[0] ?? written;
}

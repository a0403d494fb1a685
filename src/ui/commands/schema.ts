import { sanitizeLine } from '../../terminal/sanitize.ts';
import { truncateToWidth } from '../../terminal/width.ts';
import { offerFiles } from '../completion/files.ts';
import { describeFormat } from '../transcript.ts';
import { type Command, withoutArgument } from './command.ts';
import { pathArgument } from './path-argument.ts';

/** In cells: a schema may be a page of JSON. */
const longestShown = 100;

export const schema: Command = {
  name: 'schema',
  aliases: [],
  parameters: '[source | off]',
  summary: 'hold every answer to a schema: JSON, checked',
  anytime: withoutArgument,
  async complete(context) {
    const { actions } = context;
    const saved = actions.savedSchemas().map((name) => ({ value: `@${name}`, detail: 'saved' }));
    const { from, candidates } = await offerFiles(context);
    return { from, candidates: [{ value: 'off', detail: 'answers of any form' }, ...saved, ...candidates] };
  },
  async run({ actions, argument, steps, say }) {
    if (argument === '') {
      const { format } = actions.status();
      return say(
        format === undefined ? 'No schema is set.' : `Every answer is held to: ${describeFormat(format)}`,
        "/schema SOURCE changes that: a FILE, JSON, 'name, age int', or @SAVED",
        ...(format === undefined ? [] : ['/schema off ends it']),
        ...(steps.length === 0
          ? []
          : ['The last answer was asked for another way:', ...steps.map((step) => `  ${step}`)]),
      );
    }
    if (argument === 'off') {
      const { format } = actions.status();
      await actions.setSchema(undefined);
      return say(format === undefined ? 'No schema is set.' : 'Schema off.');
    }
    const source = pathArgument(argument);
    await actions.setSchema(source);
    say(
      `Schema: ${truncateToWidth(sanitizeLine(source), longestShown)}`,
      '/save FILE.csv keeps one (or tsv, yaml, json); /schema off ends it',
    );
  },
};

import { ChatError } from '../../core/error.ts';
import { type ThemeName, themeNames } from '../../core/theme-name.ts';
import type { Command } from './command.ts';

const meanings: Readonly<Record<ThemeName, string>> = {
  auto: 'as the terminal says, else shades for any background',
  dark: 'for a dark background',
  light: 'for a light background',
  none: 'no colours and no styles',
};

export const theme: Command = {
  name: 'theme',
  aliases: [],
  parameters: '[auto | dark | light | none]',
  summary: 'the colours, from now on and in later runs',
  chooses: true,
  anytime: (argument) => argument !== '',
  complete: () => ({ from: 0, candidates: themeNames.map((name) => ({ value: name, detail: meanings[name] })) }),
  async run({ actions, argument, switches, say, list }) {
    if (argument === '') {
      list(Object.entries(meanings));
      return say('Choose one: /theme NAME');
    }
    const name = themeNames.find((known) => known === argument);
    if (name === undefined) {
      throw new ChatError({ kind: 'usage', what: `there is no theme ${argument}`, hint: themeNames.join(', ') });
    }
    if (switches.setTheme === undefined) return say('This terminal is used without themes.');
    switches.setTheme(name);
    say(`Theme: ${name}`);
    await actions.keepTheme?.(name);
  },
};

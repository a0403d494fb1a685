import type { ThemeName } from '../../core/theme-name.ts';
import { chooseWord, offerWords, type Words } from './choose-word.ts';
import type { Command } from './command.ts';

const words: Words<ThemeName> = {
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
  complete: () => offerWords(words),
  async run(context) {
    const { actions, switches, say } = context;
    if (switches.setTheme === undefined) return say('There are no themes in this terminal.');
    const current = switches.theme() ?? actions.keptTheme?.() ?? 'auto';
    const name = await chooseWord({ noun: 'Theme', words, current }, context);
    switches.setTheme(name);
    say(`Theme: ${name}`);
    await actions.keepTheme?.(name);
  },
};

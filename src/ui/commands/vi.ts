import { ChatError } from '../../core/error.ts';
import type { Command } from './command.ts';

export const vi: Command = {
  name: 'vi',
  aliases: [],
  parameters: '[on | off]',
  summary: "vi's keys for writing, from now on and in later runs; without a word, the other way",
  anytime: false,
  complete: () => ({ from: 0, candidates: ['on', 'off'].map((value) => ({ value, detail: '' })) }),
  async run({ actions, argument, isVi, switches: { setVi }, say }) {
    if (setVi === undefined) return say('The terminal itself edits the line here, without vi mode.');
    if (argument !== '' && argument !== 'on' && argument !== 'off') {
      throw new ChatError({ kind: 'usage', what: '/vi takes on or off', hint: 'without a word it switches' });
    }
    const on = argument === '' ? !isVi : argument === 'on';
    setVi(on);
    say(on ? 'vi mode is on: Esc for normal mode, /vi off ends it.' : 'vi mode is off.');
    await actions.keepEditor?.(on ? 'vi' : 'readline');
  },
};

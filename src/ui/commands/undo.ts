import { ChatError } from '../../core/error.ts';
import type { MovedLine } from '../steering.ts';
import type { Command } from './command.ts';

export const undo: Command = {
  name: 'undo',
  aliases: [],
  parameters: '[n]',
  summary: 'take the last message and its answer back, or the last n; the first of them returns to the prompt',
  anytime: false,
  fillsPrompt: true,
  async run({ actions: { steering }, argument, say, bringBack }) {
    const count = steering.written().length;
    if (count === 0) return say('There is nothing to take back yet.');
    const wanted = argument === '' ? 1 : Number(argument);
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > count) {
      throw new ChatError({ kind: 'usage', what: `/undo takes a number from 1 to ${count}` });
    }
    let moved: MovedLine | undefined;
    for (let taken = 0; taken < wanted; taken++) moved = await steering.undo();
    if (moved === undefined) return;
    const what = wanted === 1 ? 'the last message and its answer' : `the last ${wanted} messages and their answers`;
    say(`Taken back: ${what}. /redo brings them back, one by one.`);
    if (moved.unsaved !== undefined) say(`Not saved: ${moved.unsaved}`);
    bringBack(moved);
  },
};

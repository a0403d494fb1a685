import type { BranchLine } from '../steering.ts';
import type { Command } from './command.ts';
import { day, plural, quote } from './words.ts';

export const branches: Command = {
  name: 'branches',
  aliases: ['branch'],
  parameters: '',
  summary: 'go to another branch: what /undo, /edit, /retry or another banter left',
  anytime: false,
  async run({ actions, argument, signal, say, pick, recall }) {
    const { steering } = actions;
    const all = steering.branches();
    if (all.length < 2) return say('There is one branch: nothing was taken back, edited or retried.');
    const choices = all.map(toChoice);
    const tip = argument === '' ? await pick({ noun: 'Branch', choices, signal }) : argument;
    const chosen = all.find((branch) => branch.tip === tip);
    if (chosen === undefined || chosen.current) return say('You are on this branch already.');
    const { messages, unsaved } = await steering.switchBranch(chosen.tip);
    recall(messages);
    say(`On the branch of: ${quote(chosen.text)}`);
    if (unsaved !== undefined) say(`Not saved: ${unsaved}`);
  },
};

function toChoice({ tip, text, at, count, current }: BranchLine) {
  return { value: tip, title: quote(text), detail: `${plural(count, 'message')}, ${day(at)}`, current };
}

import type { Branch } from '../../core/conversation.ts';
import type { Command } from './command.ts';
import { moment, plural, quote } from './words.ts';

export const branches: Command = {
  name: 'branches',
  aliases: ['branch'],
  parameters: '',
  summary: 'go to another branch: what /undo, /edit, /retry or another banter left',
  chooses: true,
  anytime: false,
  async run({ actions, signal, say, pick, recall }) {
    const { steering } = actions;
    const all = steering.branches();
    if (all.every(({ current }) => current))
      return say('There is one branch: nothing was taken back, edited or retried.');
    const nowMs = actions.clock();
    const tip = await pick({ noun: 'Branch', choices: all.map((branch) => toChoice(branch, nowMs)), signal });
    const chosen = all.find((branch) => branch.tip === tip);
    if (chosen === undefined || chosen.current) return say('You are on this branch already.');
    const { messages, unsaved } = await steering.switchBranch(chosen.tip);
    say(`On the branch of: ${quote(chosen.text)}`);
    if (unsaved !== undefined) say(`Not saved: ${unsaved}`);
    recall(messages);
  },
};

/** In UTF-16 units: with its answer, a message that was asked twice can be told apart. */
const longestPart = 30;

function toChoice({ tip, text, answer, at, count, current }: Branch, nowMs: number) {
  const parts = [text, answer].filter((part) => part.trim() !== '');
  const title = parts.map((part) => quote(part, longestPart)).join(' - ');
  return { value: tip, title, detail: `${moment(at, nowMs)}, ${plural(count, 'message')} of yours`, current };
}

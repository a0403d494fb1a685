import type { ApprovalPolicy } from '../../core/approval.ts';
import { ChatError } from '../../core/error.ts';
import type { Command } from './command.ts';

const meanings: Readonly<Record<ApprovalPolicy, string>> = {
  ask: 'you are asked about tools that are not declared safe',
  safe: 'only safe tools run, and what a rule allows',
  never: 'no tool runs but what a rule allows',
  all: 'every tool runs without a question, but what a rule denies',
};

export const approve: Command = {
  name: 'approve',
  aliases: [],
  parameters: '[ask | safe | never | all]',
  summary: 'which tools may run without a question',
  anytime: false,
  complete: () => ({ from: 0, candidates: Object.entries(meanings).map(([value, detail]) => ({ value, detail })) }),
  run({ actions, argument, say, list }) {
    const { approval } = actions.status();
    if (argument === '') {
      list(
        Object.entries(meanings).map(([name, meaning]) => [name, name === approval ? `${meaning}  (in use)` : meaning]),
      );
      return say('Choose one: /approve NAME');
    }
    if (!isPolicy(argument)) {
      const hint = Object.keys(meanings).join(', ');
      throw new ChatError({ kind: 'usage', what: `there is no way to approve called ${argument}`, hint });
    }
    actions.setApproval(argument);
    say(`${argument}: ${meanings[argument]}.`);
  },
};

function isPolicy(word: string): word is ApprovalPolicy {
  return Object.hasOwn(meanings, word);
}

import type { ApprovalPolicy } from '../../core/approval.ts';
import { chooseWord, offerWords, type Words } from './choose-word.ts';
import type { Command } from './command.ts';

const words: Words<ApprovalPolicy> = {
  ask: 'you are asked about tools that are not declared safe',
  safe: 'only safe tools run, and what a rule allows',
  never: 'no tool runs but what a rule allows',
  all: 'every tool runs unasked, but what a rule denies',
};

export const approve: Command = {
  name: 'approve',
  aliases: [],
  parameters: '[ask | safe | never | all]',
  summary: 'which tools may run without a question',
  details: [
    'A tool that you have allowed with t runs unasked in this conversation; /approve ask takes all of that back.',
  ],
  chooses: true,
  anytime: false,
  complete: () => offerWords(words),
  async run(context) {
    const { actions, say } = context;
    const { approval, tools } = actions.status();
    const policy = await chooseWord({ noun: 'Approval', words, current: approval }, context);
    actions.setApproval(policy);
    say(`Approval: ${policy}, ${words[policy]}`);
    const allowed = tools.filter((tool) => tool.allowed).map(({ name }) => name);
    if (allowed.length === 0) return;
    if (policy === 'ask') {
      for (const name of allowed) actions.askAbout(name);
      say(`Asks again about ${allowed.join(', ')}.`);
    } else {
      say(`You have allowed ${allowed.join(', ')} in this conversation; /approve ask takes that back.`);
    }
  },
};

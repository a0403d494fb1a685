import { ChatError } from '../../core/error.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { codeBlocks } from './code-blocks.ts';
import type { Command } from './command.ts';
import { plural } from './words.ts';

export const copy: Command = {
  name: 'copy',
  aliases: [],
  parameters: '[n | code [n]]',
  summary: 'the last answer, the n-th from the end, or a block of code of it, to the clipboard',
  anytime: true,
  async run({ actions: { steering }, argument, say }) {
    const [, code, digits] =
      /^(code)?\s*(\d+)?$/.exec(argument) ?? refuse('/copy, /copy 2, /copy code or /copy code 2');
    const number = digits === undefined ? undefined : Number(digits);
    const answers = steering.answers();
    if (answers.length === 0) return say('There is no answer to copy yet.');
    const { text, what } = code === undefined ? chooseAnswer(answers, number ?? 1) : chooseCode(answers, number);
    // What is pasted into a shell must be what was seen here.
    const way = await steering.copy(sanitize(text));
    say(`Copied ${what}, ${plural(text.trimEnd().split('\n').length, 'line')}, ${way}.`);
  },
};

interface Chosen {
  readonly text: string;
  readonly what: string;
}

function chooseAnswer(answers: readonly string[], age: number): Chosen {
  const text = answers[age - 1];
  if (text === undefined)
    return refuse(`there ${answers.length === 1 ? 'is 1 answer' : `are ${answers.length} answers`}`);
  return { text, what: age === 1 ? 'the last answer' : `answer ${age} from the end` };
}

/** Of the last answer that has code: the block of this number from its top, or the last. */
function chooseCode(answers: readonly string[], number: number | undefined): Chosen {
  const blocks = answers.map(codeBlocks).find((found) => found.length > 0) ?? [];
  const chosen = number ?? blocks.length;
  const text = blocks[chosen - 1];
  if (text === undefined) {
    return refuse(
      blocks.length === 0
        ? 'no answer has a block of code'
        : `the answer has ${plural(blocks.length, 'block')} of code`,
    );
  }
  return { text, what: blocks.length === 1 ? 'the block of code' : `block ${chosen} of ${blocks.length}` };
}

function refuse(what: string): never {
  throw new ChatError({ kind: 'usage', what: `nothing is copied: ${what}` });
}

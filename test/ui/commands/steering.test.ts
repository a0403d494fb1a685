import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../../src/core/error.ts';
import type { ReplActions } from '../../../src/ui/actions.ts';
import { codeBlocks } from '../../../src/ui/commands/code-blocks.ts';
import type { CommandContext } from '../../../src/ui/commands/command.ts';
import { groups } from '../../../src/ui/commands/groups.ts';
import { commands, readWritten } from '../../../src/ui/commands/index.ts';
import { seconds } from '../../../src/ui/commands/words.ts';
import { costWords } from '../../../src/ui/cost-words.ts';
import { scriptedSteering } from '../scripted-steering.ts';

const steering = scriptedSteering(() => ({ events: (async function* () {})(), stop() {} }));
steering.wrote('first');
steering.wrote('second');

// These commands ask for nothing else.
const actions: Partial<ReplActions> = {
  steering,
  clock: () => Date.parse('2026-01-01T12:00:00Z'),
  kindOfFile: (path) => (path === 'two words.txt' ? 'file' : undefined),
};

/** What a command says, one string a line. */
async function said(written: string): Promise<readonly string[]> {
  const read = readWritten(written);
  assert.ok(read.kind === 'command', written);
  const lines: string[] = [];
  const context: Partial<CommandContext> = {
    actions: actions as ReplActions,
    argument: read.argument,
    signal: new AbortController().signal,
    say: (...words) => void lines.push(...words),
    list: (pairs) => void lines.push(...pairs.map(([name, meaning]) => `${name}: ${meaning}`)),
    draft: (text) => void lines.push(`draft ${text}`),
    bringBack: ({ text }) => void lines.push(`bring back ${text}`),
    editEarlier: (age) => void lines.push(`edit ${age}`),
    answer: () => void lines.push('answering'),
    recall: (messages) => void lines.push(`recalled ${messages.length}`),
    async pick({ noun, choices }) {
      const all = await choices;
      lines.push(`${noun}: ${all.map(({ title, current }) => `${title}${current ? ' (current)' : ''}`).join(', ')}`);
      return all.find(({ current }) => !current)?.value;
    },
  };
  await read.command.run(context as CommandContext);
  return lines;
}

async function refusal(written: string): Promise<string> {
  try {
    await said(written);
  } catch (error) {
    if (isChatError(error, 'usage')) return error.message;
    throw error;
  }
  return 'not refused';
}

test('/branches goes to another branch, told by what was said there', async () => {
  assert.deepEqual(await said('/branches'), [
    'Branch: second - an answer (current), first - an answer',
    'On the branch of: first',
    'recalled 0',
  ]);
});

test('options are set, listed and left to the server', async () => {
  assert.deepEqual(await said('/set'), [
    'Nothing is set: the server decides.',
    '/set NAME VALUE changes one, /set NAME off leaves it to the server',
  ]);
  assert.deepEqual((await said('/set temperature=0.2')).slice(1), ['temperature: 0.2']);
  assert.deepEqual((await said('/set top_k 5')).slice(1), ['temperature: 0.2', 'top_k: 5']);
  assert.deepEqual(await said('/set temperature'), ['temperature is 0.2']);
  assert.deepEqual((await said('/set temperature off')).slice(1), ['top_k: 5']);
  assert.match(await refusal('/set a:b 1'), /no option is called a:b/);
});

test('an answer and its code are copied, and what is not there is refused in words', async () => {
  assert.deepEqual(await said('/copy code'), ['Copied block 2 of 2, 1 line, by hand: "print(1)\\n".']);
  assert.deepEqual(await said('/copy code 1'), ['Copied block 1 of 2, 1 line, by hand: "ls -l\\n".']);
  assert.match((await said('/copy'))[0] ?? '', /^Copied the last answer, 9 lines, /);
  assert.match(await refusal('/copy 2'), /there is 1 answer/);
  assert.match(await refusal('/copy code 3'), /has 2 blocks of code/);
  assert.match(await refusal('/copy all'), /nothing is copied/);
});

test('numbers of tokens can be read, and what the server does not say is not made up', async () => {
  assert.deepEqual(await said('/usage'), [
    'turns: 2 since banter was started',
    'sent: 12 345 tokens',
    'answered: 10 tokens',
    'time: 1 min 1 s',
    'speed: 12.3 tokens/s',
    'first word: 0.3 s in the last answer',
  ]);
  assert.deepEqual((await said('/context')).slice(2), [
    'tokens: about 1 234 by our own count',
    'window: 4 096 tokens, 30 % in use',
  ]);
});

test('times of a minute and more are whole seconds, and small costs are not nothing', () => {
  assert.deepEqual([59_949, 59_960, 119_800].map(seconds), ['59.9 s', '1 min 0 s', '2 min 0 s']);
  assert.deepEqual([0, 0.00002, 0.00123, 0.5].map(costWords), ['0.00', 'under 0.0001', '0.0012', '0.50']);
});

test('earlier messages are edited by number, files are drafted as mentions', async () => {
  assert.deepEqual([await said('/edit'), await said('/edit 2')], [['edit 1'], ['edit 2']]);
  assert.match(await refusal('/edit 3'), /from 1 to 2/);
  assert.deepEqual(await said('/file "two words.txt"'), ['draft @"two words.txt" ']);
  assert.match(await refusal('/file nofile'), /nofile is not there/);
  assert.match(await refusal('/undo 3'), /from 1 to 2/);
  assert.deepEqual((await said('/undo')).at(-1), 'bring back second');
  assert.deepEqual(await said('/redo'), ['Brought back: second, with its answer']);
  assert.match((await said('/redo'))[0] ?? '', /nothing to bring back/);
  assert.deepEqual(await said('/continue'), ['Going on:', 'answering']);
  assert.match(await refusal('/think harder'), /unknown: harder; off, on, low, medium, high or default/);
});

test('code is found in lists and quotes, and a fence inside code does not end it', () => {
  assert.deepEqual(codeBlocks('- a\n  ```js\n  x\n    y\n  ```\n> ~~~\n> ```\n> ~~~\n````\n```\n````\n```\nopen'), [
    'x\n  y\n',
    '```\n',
    '```\n',
    'open\n',
  ]);
  assert.deepEqual(codeBlocks('use ```inline``` code'), []);
});

test('every command stands in a group of the help, once', () => {
  const named = groups.flatMap(({ names }) => names);
  assert.equal(new Set(named).size, named.length);
  for (const { name } of commands) assert.ok(named.includes(name), name);
});

test('a time is never said as sixty seconds', () => {
  assert.deepEqual([59_940, 59_960, 119_700, 61_000].map(seconds), ['59.9 s', '1 min 0 s', '2 min 0 s', '1 min 1 s']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MarkdownAnswerOptions, markdownAnswer } from '../../src/print/markdown.ts';
import { eraseBelow } from '../../src/terminal/erase-below.ts';
import { corpus } from '../terminal/corpus.ts';
import { setTrap } from '../terminal/trap.ts';
import { type Recorder, recorder } from './play.ts';

function open(change: Partial<MarkdownAnswerOptions> = {}): {
  out: Recorder;
  writer: ReturnType<typeof markdownAnswer>;
} {
  const out = recorder();
  return { out, writer: markdownAnswer(out, { color: 0, columns: () => 40, ...change }) };
}

test('a paragraph is drawn when it is finished, not before, and never again', async () => {
  const { out, writer } = open();
  await writer.write('One ');
  await writer.write('sentence.');
  assert.equal(out.text, '');
  await writer.write('\n\nNext');
  assert.equal(out.text.trim(), 'One sentence.');
  await writer.end();
  assert.equal(out.text.match(/One sentence/g)?.length, 1);
  assert.ok(out.text.endsWith('Next\n'));
});

test('what is unfinished at the end is drawn: a paragraph, a fence that is never closed, a table', async () => {
  for (const [text, left] of [
    ['half a sent', /half a sent\n$/],
    ['```js\nconst a = 1;', /const a = 1;\n/],
    ['| a | b |\n|--|--|\n| one | tw', /one.*tw/],
    ['- item', /item\n$/],
  ] as const) {
    const { out, writer } = open();
    for (const unit of text) await writer.write(unit);
    await writer.end();
    assert.match(out.text, left);
  }
});

test('a line of code stands whole when it is written for good', async () => {
  const line = 'word '.repeat(20).trim();
  for (const options of [{}, { screen: { rows: () => 10, reflows: true } }]) {
    const { out, writer } = open(options);
    for (const unit of `\`\`\`\n${line}\n\`\`\`\n`) await writer.write(unit);
    await writer.end();
    assert.ok(out.text.includes(`${line}\n`));
  }
});

test('no text draws nothing, and the end may come twice', async () => {
  const { out, writer } = open();
  await writer.end();
  await writer.write('a');
  await writer.end();
  await writer.end();
  assert.equal(out.text, 'a\n');
});

test('a fence or sequence that one answer leaves open does not reach into the next', async () => {
  const { out, writer } = open({ color: 1 });
  await writer.write('```\ncode\x1b]0;title');
  await writer.end();
  const before = out.text.length;
  await writer.write('**next**');
  await writer.end();
  assert.equal(out.text.slice(before).trim(), '\x1b[1mnext\x1b[22m');
});

test('the width is asked for each block, so that a resize counts from the next block on', async () => {
  let columns = 40;
  const { out, writer } = open({ columns: () => columns });
  await writer.write('one two three four five six\n\n');
  columns = 12;
  await writer.write('one two three four five six\n\n');
  await writer.end();
  const lines = out.text.split('\n').filter((line) => line !== '');
  assert.equal(lines[0], 'one two three four five six');
  assert.deepEqual(lines.slice(1), ['one two', 'three four', 'five six']);
});

test('without colours there is no escape character, and the marks stay', async () => {
  const { out, writer } = open();
  await writer.write('# Title\n\n**bold** and `code`\n');
  await writer.end();
  assert.doesNotMatch(out.text, /\x1b/);
  assert.match(out.text, /^# Title\n/);
  assert.match(out.text, /\n\*\*bold\*\* and `code`\n$/);
});

test('hostile text in markdown sets nothing off but our own styles', async () => {
  const trap = setTrap();
  for (const { id, input } of corpus.filter(({ id }) => id !== 'T67' && id !== 'T68')) {
    const { out, writer } = open({ color: 3, columns: () => 78 });
    for (const unit of `# ${input}\n\n- **${input}**\n\n\`\`\`${input}\n${input}\n\`\`\`\n\n[${input}](${input})`) {
      await writer.write(unit);
    }
    await writer.end();
    assert.doesNotMatch(
      out.text.replace(/\x1b\[[0-9;]*m/g, ''),
      /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/,
      id,
    );
    await trap.write(out.text);
  }
  assert.deepEqual(
    trap.effects.filter((effect) => effect !== 'CSI m'),
    [],
  );
  trap.dispose();
});

test('where the cursor may be moved, what is unfinished is on the screen at once, and is gone before others write', async () => {
  const { out, writer } = open({ screen: { rows: () => 10, reflows: true } });
  await writer.write('One');
  assert.equal(out.text, 'One');
  await writer.write(' sentence');
  assert.equal(out.text, 'One sentence');
  await writer.pause?.();
  assert.equal(out.text, `One sentence\r${eraseBelow}`);
  await writer.end();
  assert.equal(out.text, `One sentence\r${eraseBelow}One sentence\n`);
});

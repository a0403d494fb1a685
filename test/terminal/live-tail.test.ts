import assert from 'node:assert/strict';
import { test } from 'node:test';
import xterm from '@xterm/headless';
import { createBlockSplitter } from '../../src/terminal/blocks.ts';
import { eraseBelow } from '../../src/terminal/erase-below.ts';
import { createLiveTail } from '../../src/terminal/live-tail.ts';
import { renderBlock } from '../../src/terminal/markdown.ts';
import { sanitize } from '../../src/terminal/sanitize.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { renderMarkdown } from '../support/render-markdown.ts';
import { documents } from './documents.ts';

const theme = createTheme({ color: 1 });

function openScreen(columns: number, rows: number) {
  const emulator = new xterm.Terminal({
    cols: columns,
    rows,
    scrollback: 5000,
    allowProposedApi: true,
    convertEol: true,
  });
  let raw = '';
  return {
    write(text: string) {
      raw += text;
      return new Promise<void>((resolve) => emulator.write(text, resolve));
    },
    raw: () => raw,
    resize: (newColumns: number, newRows: number) => emulator.resize(newColumns, newRows),
    lines() {
      const { length } = emulator.buffer.active;
      const lines = Array.from(
        { length },
        (_, row) => emulator.buffer.active.getLine(row)?.translateToString(true) ?? '',
      );
      return lines.join('\n').trimEnd().split('\n');
    },
    /** Rows that the terminal has wrapped are joined. */
    words() {
      const { active } = emulator.buffer;
      const rows = Array.from({ length: active.length }, (_, row) => active.getLine(row));
      const text = rows.map((row) => (row?.isWrapped ? '' : '\n') + (row?.translateToString(false) ?? '')).join('');
      return text.match(/word\d+/g);
    },
    dispose: () => emulator.dispose(),
  };
}

test('what stands there in the end is the text drawn at once, in every size, and what stood above is untouched', async () => {
  const long = `one ${'paragraph that is much higher than the screen '.repeat(40)}\n\n- end`;
  for (const [columns, rows] of [
    [40, 10],
    [20, 5],
    [14, 2],
  ] as const) {
    for (const source of [...documents, long]) {
      const screen = openScreen(columns, rows);
      await screen.write('$ banter\n');
      const look = { columns, theme, hyperlinks: false };
      const live = createLiveTail();
      const splitter = createBlockSplitter();
      const clean = sanitize(source);
      const draw = (final: ReturnType<typeof splitter.push>, tail: ReturnType<typeof splitter.push>) => {
        const [done, open] = [final, tail].map((blocks) => blocks.flatMap((block) => renderBlock(block, look)));
        return screen.write(live.draw(done ?? [], open ?? [], { columns, rows }));
      };
      for (let at = 0; at < clean.length; at += 7) {
        const pushed = splitter.push(sanitize(clean.slice(at, at + 7)));
        await draw(pushed, splitter.tail());
        if (at % 70 === 0) await draw([], []);
      }
      await draw(splitter.end(), []);
      await screen.write('after');
      const wanted = openScreen(columns, rows);
      const whole = renderMarkdown(clean, look);
      await wanted.write(`$ banter\n${whole.map((line) => `${line}\n`).join('')}after`);
      assert.deepEqual(screen.lines(), wanted.lines(), `${columns}x${rows} ${JSON.stringify(source)}`);
      assert.doesNotMatch(screen.raw(), /\x1b\[[23]J|\x1b\[H/);
      screen.dispose();
      wanted.dispose();
    }
  }
});

test('a word more costs that word', () => {
  const live = createLiveTail();
  const size = { columns: 40, rows: 10 };
  assert.equal(live.draw([], [sanitize('one')], size), 'one');
  assert.equal(live.draw([], [sanitize('one two')], size), ' two');
  assert.equal(live.draw([], [sanitize('one two'), sanitize('three')], size), '\nthree');
  assert.equal(live.draw([], [sanitize('one two'), sanitize('3')], size), `\r${eraseBelow}3`);
  assert.equal(live.draw([sanitize('ONE'), sanitize('3')], [], size), `\x1b[1A\r${eraseBelow}ONE\n3\n`);
});

test('after a resize the tail is erased as the terminal has wrapped it, and where it cuts rows, as it was drawn', () => {
  const tail = ['0123456789', 'one two'].map((text) => sanitize(text));
  for (const [reflows, up] of [
    [true, '\x1b[3A'],
    [false, '\x1b[1A'],
  ] as const) {
    const live = createLiveTail(reflows);
    live.draw([], tail, { columns: 10, rows: 10 });
    assert.equal(
      live.draw([sanitize('one'), sanitize('two')], [], { columns: 4, rows: 10 }),
      `${up}\r${eraseBelow}one\ntwo\n`,
    );
  }
});

test('sizes that change in the middle of paragraphs leave each word once', async () => {
  const screen = openScreen(80, 24);
  await screen.write('$ banter\n');
  const live = createLiveTail();
  const splitter = createBlockSplitter();
  const words = Array.from({ length: 600 }, (_, index) => `word${index}`);
  const sizes = [
    [80, 24],
    [40, 24],
    [39, 18],
    [70, 30],
    [60, 24],
    [33, 20],
  ] as const;
  let size: (typeof sizes)[number] = sizes[0];
  const draw = (final: ReturnType<typeof splitter.push>, tail: ReturnType<typeof splitter.push>) => {
    const [columns, rows] = size;
    const look = { columns, theme, hyperlinks: false };
    const [done, open] = [final, tail].map((blocks) => blocks.flatMap((block) => renderBlock(block, look)));
    return screen.write(live.draw(done ?? [], open ?? [], { columns, rows }));
  };
  for (const [index, word] of words.entries()) {
    await draw(splitter.push(sanitize(index % 50 === 49 ? `${word}\n\n` : `${word} `)), splitter.tail());
    if (index % 30 !== 15) continue;
    size = sizes[(index / 15) % sizes.length] ?? size;
    const [columns, rows] = size;
    screen.resize(columns, rows);
  }
  await draw(splitter.end(), []);
  assert.deepEqual(
    screen
      .lines()
      .join(' ')
      .match(/word\d+/g),
    words,
  );
  assert.equal(screen.lines()[0], '$ banter');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import xterm from '@xterm/headless';
import { createBlockSplitter } from '../../src/terminal/blocks.ts';
import { createLiveTail } from '../../src/terminal/live-tail.ts';
import { renderBlock, renderMarkdown } from '../../src/terminal/markdown.ts';
import { sanitize } from '../../src/terminal/sanitize.ts';
import { createTheme } from '../../src/terminal/theme.ts';
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
    lines() {
      const { length } = emulator.buffer.active;
      const lines = Array.from(
        { length },
        (_, row) => emulator.buffer.active.getLine(row)?.translateToString(true) ?? '',
      );
      return lines.join('\n').trimEnd().split('\n');
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
  assert.equal(live.draw([], [sanitize('one two'), sanitize('3')], size), '\r\x1b[J3');
  assert.equal(live.draw([sanitize('ONE'), sanitize('3')], [], size), '\x1b[1A\r\x1b[JONE\n3\n');
});

test('after a resize the old tail stays, and the text goes on below it', () => {
  const live = createLiveTail();
  live.draw([], [sanitize('one two')], { columns: 40, rows: 10 });
  assert.equal(live.draw([sanitize('one'), sanitize('two')], [], { columns: 4, rows: 10 }), '\none\ntwo\n');
});

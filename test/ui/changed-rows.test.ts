import assert from 'node:assert/strict';
import { test } from 'node:test';
import xterm from '@xterm/headless';
import fc from 'fast-check';
import { displayWidth } from '../../src/terminal/width.ts';
import { wholeFrames } from '../../src/ui/whole-frames.ts';
import { graphemeCells } from '../support/grapheme-cells.ts';

const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';
const columns = 40;
const screenRows = 10;

interface Drawing {
  /** Printed for good, above the rest. */
  readonly printed: readonly string[];
  readonly live: readonly string[];
  readonly caret: { readonly x: number; readonly y: number };
}

test('a word more in a row is all that is written, with the way there and back', () => {
  const changed = written([
    drawing({ live: ['one', '', '> '], caret: { x: 2, y: 2 } }),
    drawing({ live: ['one two', '', '> '], caret: { x: 2, y: 2 } }),
  ]);
  assert.equal(changed[1], '\x1b[?25l\x1b[2A\x1b[4G two\n\n\x1b[3G\x1b[?25h');
});

test('a block that was drawn while it was unfinished is not written again when it is printed', () => {
  const changed = written([
    drawing({ live: ['a paragraph', 'of two rows', '', '> '], caret: { x: 2, y: 3 } }),
    drawing({ printed: ['a paragraph', 'of two rows', ''], live: ['next', '', '> '], caret: { x: 2, y: 2 } }),
  ]);
  assert.ok(!changed[1]?.includes('paragraph'), JSON.stringify(changed[1]));
  assert.ok(changed[1]?.includes('next'));
});

test('when only the cursor moves no row is written', () => {
  const changed = written([
    drawing({ live: ['one', '> ab'], caret: { x: 2, y: 1 } }),
    drawing({ live: ['one', '> ab'], caret: { x: 3, y: 1 } }),
  ]);
  assert.equal(changed[1], '\x1b[?25l\x1b[4G\x1b[?25h');
});

test('a style that goes on is taken up again, and a grapheme is never cut', () => {
  const changed = written([
    drawing({ live: ['\x1b[1mbold\x1b[22m', 'e'], caret: { x: 0, y: 1 } }),
    drawing({ live: ['\x1b[1mbold word\x1b[22m', 'e\u0301'], caret: { x: 0, y: 1 } }),
  ]);
  assert.ok(changed[1]?.includes('\x1b[5G\x1b[1m word\x1b[22m'), JSON.stringify(changed[1]));
  assert.ok(changed[1]?.includes('\n\x1b[Ke\u0301'), JSON.stringify(changed[1]));
});

test('a row in which something moves the cursor is written whole, with all the others', () => {
  const changed = written([
    drawing({ live: ['one', '> '], caret: { x: 2, y: 1 } }),
    drawing({ printed: ['10 %\r20 %'], live: ['one', '> '], caret: { x: 2, y: 1 } }),
  ]);
  assert.ok(changed[1]?.endsWith('10 %\r20 %\none\n> \n\x1b[A\x1b[3G\x1b[?25h'), JSON.stringify(changed[1]));
});

const fragment = fc.constantFrom(
  ...['word', 'a', ' ', '  ', '-', '한글', '한', '中文', 'e\u0301', '\u0301', 'ㅎㅏ', '👩‍👩‍👧', '🇰🇷', 'ก็'],
  ...['\x1b[1mbold\x1b[22m', '\x1b[31mred\x1b[39m', '\x1b[1m\x1b[31mboth\x1b[39m\x1b[22m', '\x1b[2m글\x1b[22m'],
  '\x1b]8;;http://a.example\x1b\\link\x1b]8;;\x1b\\',
);
const row = fc.array(fragment, { maxLength: 4 }).map((fragments) => fragments.join(''));
/** Takes several rows of the screen. */
const longRow = fc.array(fragment, { minLength: 20, maxLength: 60 }).map((fragments) => fragments.join(''));
const anyDrawing = fc
  .record({
    printed: fc.array(fc.oneof({ weight: 8, arbitrary: row }, { weight: 1, arbitrary: longRow }), { maxLength: 12 }),
    live: fc.array(row, { minLength: 1, maxLength: screenRows - 1 }),
    x: fc.nat(columns - 1),
    y: fc.nat(screenRows),
  })
  .map(({ printed, live, x, y }): Drawing => drawing({ printed, live, caret: { x, y: Math.min(y, live.length - 1) } }));

interface Growth {
  readonly index: number;
  readonly more: string;
  readonly count: number;
}

/** As an answer grows: a row becomes longer, and the first ones are printed. */
const growth: fc.Arbitrary<Growth> = fc.record({ index: fc.nat(9), more: fragment, count: fc.nat(3) });

function grown({ live, caret }: Drawing, { index, more, count }: Growth): Drawing {
  const longer = (line: string, at: number): string =>
    at === index % live.length && displayWidth(line) <= columns / 2 ? line + more : line;
  const rows = live.map(longer);
  const printed = Math.min(count, rows.length - 1);
  return {
    printed: rows.slice(0, printed),
    live: rows.slice(printed),
    caret: { x: caret.x, y: Math.max(0, caret.y - printed) },
  };
}

test('the terminal shows the same as if all had been written, after each of many frames', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(anyDrawing, fc.array(growth, { maxLength: 6 })), { maxLength: 3 }),
      async (parts) => {
        const drawings = parts.flatMap(([first, growths]) => {
          const run = [first];
          for (const more of growths) run.push(grown(run.at(-1) ?? first, more));
          return run;
        });
        const all = framesOf(drawings).map((pieces) => pieces.join(''));
        assert.deepEqual(await screensOf(written(drawings)), await screensOf(all));
      },
    ),
    { numRuns: 80 },
  );
});

function drawing({ printed = [], live, caret }: Partial<Drawing> & Pick<Drawing, 'live' | 'caret'>): Drawing {
  return { printed, live, caret };
}

/** What goes to the terminal for each frame, without the marks around it. */
function written(drawings: readonly Drawing[]): string[] {
  const texts: string[] = [];
  const target = { columns, write: (text: string) => texts.push(text) > 0 };
  // Of a terminal's stream no more is used here.
  const stream = wholeFrames(target as unknown as NodeJS.WriteStream, { mayDraw: () => true, reflows: true });
  for (const pieces of framesOf(drawings)) for (const piece of [begin, ...pieces, end]) stream.write(piece);
  return texts.map((text) => text.slice(begin.length, -end.length));
}

/** As Ink 8 writes them: ink.js, log-update.js and cursor-helpers.js of its build. */
function framesOf(drawings: readonly Drawing[]): string[][] {
  return drawings.map(({ printed, live, caret }, index) => {
    const before = drawings[index - 1];
    const rows = `${live.join('\n')}\n`;
    const lines = printed.map((line) => `${line}\n`).join('');
    const cursor = `\x1b[${live.length - caret.y}A\x1b[${caret.x + 1}G\x1b[?25h`;
    if (before === undefined) return [...(lines === '' ? [] : [lines]), `${rows}${cursor}`];
    if (lines !== '') {
      const up = before.caret.y > 0 ? `\x1b[${before.caret.y}A` : '';
      return [`\x1b[?25l${up}\x1b[1G\x1b[J`, lines, `${rows}${cursor}`];
    }
    const bottom = `\x1b[?25l\x1b[${before.live.length - before.caret.y}B\x1b[1G`;
    if (before.live.join('\n') === live.join('\n')) return [`${bottom}${cursor}`];
    return [`${bottom}${'\x1b[2K\x1b[1A'.repeat(before.live.length)}\x1b[2K\x1b[G${rows}${cursor}`];
  });
}

/** What is above the screen and on it, with its colours, and the cursor, after each piece. */
async function screensOf(pieces: readonly string[]): Promise<unknown[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows: screenRows, allowProposedApi: true, convertEol: true });
  terminal.unicode.register(graphemeCells);
  terminal.unicode.activeVersion = graphemeCells.version;
  const screens: unknown[] = [];
  for (const piece of pieces) {
    await new Promise<void>((resolve) => terminal.write(piece, resolve));
    const { active } = terminal.buffer;
    const cells: string[] = [];
    for (let y = 0; y < active.length; y++) {
      const line = active.getLine(y);
      for (let x = 0; line !== undefined && x < columns; x++) {
        const cell = line.getCell(x);
        cells.push(`${cell?.getChars() || ' '}${cell?.isBold() ? 'b' : ''}${cell?.getFgColor() ?? ''}`);
      }
      cells.push('\n');
    }
    screens.push({ cells: cells.join('').trimEnd(), x: active.cursorX, y: active.baseY + active.cursorY });
  }
  terminal.dispose();
  return screens;
}

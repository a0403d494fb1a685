import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSanitizer, reveal, sanitize } from '../../src/terminal/sanitize.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { renderMarkdown } from '../support/render-markdown.ts';
import { corpus } from './corpus.ts';
import { setTrap } from './trap.ts';

test('the trap is a trap: the raw corpus sets it off', async () => {
  const trap = setTrap();
  let setOff = 0;
  // Not DEL, about which xterm complains aloud, nor the two megabytes.
  for (const { input } of corpus.filter(({ id }) => id !== 'T53' && id !== 'T68')) {
    const before = trap.effects.length;
    await trap.write(`${input}\x18`);
    if (trap.effects.length > before) setOff += 1;
  }
  trap.dispose();
  assert.ok(setOff >= 50, `${setOff} of ${corpus.length}`);
});

test('no case of the corpus makes a terminal do anything, unit by unit and with its text intact', async () => {
  for (const { id, input, shown } of corpus) {
    const trap = setTrap({ columns: 60, rows: 4 });
    const sanitizer = createSanitizer();
    const pieces = input.length < 1000 ? input.split('') : [input];
    const safe = pieces.map((piece) => sanitizer.push(piece)).join('') + sanitizer.end();
    await trap.write(safe);
    assert.deepEqual(trap.effects, [], id);
    assert.equal(trap.rows().join('\n'), shown, id);
    await trap.write(reveal(input.slice(0, 100)));
    assert.deepEqual(trap.effects, [], `${id} revealed`);
    trap.dispose();
  }
});

test('rendered as markdown, the only sequences are our styles and links', async () => {
  const wrappings = [
    (text: string) => text,
    (text: string) => `# ${text}\n\n- **${text}**\n\n> ${text}\n\n\`\`\`${text}\n${text}\n\`\`\`\n`,
    (text: string) =>
      `| ${text} | b |\n|--|--|\n| \`${text}\` | [${text}](https://a.example/${text}) |\n\n![${text}](${text})`,
    (text: string) => Array.from(text, (character) => `&#${character.codePointAt(0)};`).join(''),
  ];
  const theme = createTheme({ color: 3 });
  const trap = setTrap();
  for (const { id, input } of corpus.filter(({ id }) => id !== 'T68' && id !== 'T67')) {
    for (const wrap of wrappings) {
      const lines = renderMarkdown(sanitize(wrap(input)), { columns: 78, theme, hyperlinks: true });
      await trap.write(`${lines.join('\n')}\n`);
      const ours = new Set(['CSI m', 'OSC 8', 'ESC \\']);
      const foreign = trap.effects.filter((effect) => !ours.has(effect));
      assert.deepEqual(foreign, [], id);
      const left = lines.join('').replace(/\x1b\[[0-9;]*m|\x1b\]8;;[\x21-\x7e]*\x1b\\/g, '');
      assert.doesNotMatch(left, /[\x00-\x1f\x7f-\x9f]/, id);
    }
  }
  trap.dispose();
});

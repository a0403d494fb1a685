/** One answer on a real pty: sizes that change while it arrives, and the theme of the settings. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { frame, startChatServer } from '../support/chat-server.ts';
import { openTerminal, type Terminal } from '../support/pty.ts';
import { cleanEnvironment, program, temporaryFolder } from '../support/run-banter.ts';

interface AskOptions {
  readonly home?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

async function ask(
  baseUrl: string,
  { home = temporaryFolder(), args = ['hi'], env }: AskOptions = {},
): Promise<Terminal> {
  const terminal = await openTerminal({
    command: process.execPath,
    args: [program, '-m', 'model-a', ...args],
    env: cleanEnvironment(home, { OPENAI_BASE_URL: baseUrl, ...env }),
  });
  after(() => terminal.close());
  return terminal;
}

const delta = (content: string): string => frame({ index: 0, delta: { content }, finish_reason: null });

test('a paragraph that is wrapped anew in its middle stands there once', async () => {
  const words = Array.from({ length: 90 }, (_, index) => `word${index}`);
  let resized: () => void = () => {};
  const narrow = new Promise<void>((resolve) => {
    resized = resolve;
  });
  const server = await startChatServer([
    async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(delta(`${words.slice(0, 60).join(' ')} `));
      await narrow;
      for (const word of words.slice(60)) response.write(delta(`${word} `));
      response.end('data: [DONE]\n\n');
    },
  ]);
  const terminal = await ask(server.baseUrl);
  await terminal.waitFor('word59');
  terminal.resize(50, 20);
  resized();
  await terminal.waitFor('word89');
  await terminal.exit;
  assert.deepEqual(
    terminal
      .lines()
      .join(' ')
      .match(/word\d+/g),
    words,
  );
  assert.ok(Math.max(...terminal.screen().map((row) => row.length)) > 40, 'it is laid out for the new width');
});

test('the theme of the settings is that of one answer too', async () => {
  const raw = async (theme: string): Promise<string> => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'settings.json'), JSON.stringify({ version: 1, theme }));
    const server = await startChatServer(['some `code` here']);
    const terminal = await ask(server.baseUrl, { home });
    await terminal.waitFor('here');
    await terminal.exit;
    return terminal.raw;
  };
  const [none, light, dark] = await Promise.all(['none', 'light', 'dark'].map(raw));
  assert.ok(!none?.includes('\x1b[38'), none);
  // The shades of `code` on white and on black.
  assert.match(light ?? '', /\x1b\[38;5;24m/);
  assert.match(dark ?? '', /\x1b\[38;5;80m/);
});

test('a link can be opened where the terminal is known to understand links, and shows its whole address elsewhere', async () => {
  const linked = '\x1b]8;;https://a.example/x\x1b\\';
  for (const args of [['hi'], ['-i', 'hi']]) {
    for (const env of [{ TERM_PROGRAM: 'ghostty' }, { TERM_PROGRAM: 'unheard-of' }]) {
      const server = await startChatServer([
        (response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.end(`${delta('See [docs](https://a.example/x) first.\n')}data: [DONE]\n\n`);
        },
      ]);
      const terminal = await ask(server.baseUrl, { args, env });
      const isKnown = env.TERM_PROGRAM === 'ghostty';
      const shown = isKnown ? 'See docs (a.example) first.' : 'See docs (https://a.example/x) first.';
      await terminal.waitFor((now) => now.lines().some((line) => line.trimEnd() === shown));
      assert.equal(terminal.raw.includes(linked), isKnown);
    }
  }
});

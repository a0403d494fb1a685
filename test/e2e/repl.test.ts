/** The built program on a real pty: what a person sees on the cells of the screen. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { callChoices, frame, startChatServer } from '../support/chat-server.ts';
import { openTerminal, type Terminal } from '../support/pty.ts';
import { cleanEnvironment, program, runBanter, temporaryFolder } from '../support/run-banter.ts';

test('a fresh machine opens the demo, which says what it is and how to add a server, and calls get_time', async () => {
  const terminal = await openRepl();
  await terminal.waitFor('OPENAI_API_KEY');
  const greeting = terminal.screen().join(' ');
  assert.match(greeting, /scripted/);
  assert.match(greeting, /profiles add/);
  await send(terminal, 'What time is it in Seoul?');
  await terminal.waitFor(/In Seoul it is \d\d:\d\d/);
  assert.ok(terminal.lines().some((line) => /get_time/.test(line)));
});

test('an answer streams onto the screen, and Ctrl+D ends the program with 0 and the conversation on disk', async () => {
  const server = await startChatServer([
    async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(frame({ index: 0, delta: { content: 'early words ' }, finish_reason: null }));
      await seen;
      response.write(frame({ index: 0, delta: { content: 'late words' }, finish_reason: 'stop' }));
      response.end('data: [DONE]\n\n');
    },
  ]);
  let release: () => void = () => {};
  const seen = new Promise<void>((resolve) => {
    release = resolve;
  });
  const home = temporaryFolder();
  const terminal = await openRepl({ home, env: { OPENAI_BASE_URL: server.baseUrl }, args: ['-m', 'model-a'] });
  await send(terminal, 'hi');
  await terminal.waitFor('early words');
  release();
  await terminal.waitFor('late words');
  await terminal.waitFor(isIdle);
  terminal.type('\x04');
  assert.equal(await terminal.exit, 0);
  assert.match(conversationText(home), /early words late words/);
});

test('Ctrl+C stops an answer, keeps what came, and the next message is answered', async () => {
  const server = await startChatServer([
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(frame({ index: 0, delta: { content: 'one two three' }, finish_reason: null }));
    },
    'second answer',
  ]);
  const home = temporaryFolder();
  const terminal = await openRepl({ home, env: { OPENAI_BASE_URL: server.baseUrl }, args: ['-m', 'model-a'] });
  await send(terminal, 'count');
  await terminal.waitFor('one two three');
  terminal.type('\x03');
  await terminal.waitFor('[stopped]');
  await send(terminal, 'again');
  await terminal.waitFor('second answer');
  assert.match(conversationText(home), /"one two three".*"aborted"/);
  assert.equal(server.bodies()[1]?.messages.length, 3);
});

test('what /undo took back does not return with the next run, and /redo brings it back', async () => {
  const server = await startChatServer(['first answer', 'second answer', 'third answer']);
  const home = temporaryFolder();
  const env = { OPENAI_BASE_URL: server.baseUrl };
  const terminal = await openRepl({ home, env, args: ['-m', 'model-a'] });
  for (const [text, answer] of [
    ['하나', 'first answer'],
    ['둘', 'second answer'],
    ['/undo', 'Taken back'],
  ] as const) {
    await send(terminal, text);
    await terminal.waitFor(answer);
  }
  terminal.type('\x03\x04');
  assert.equal(await terminal.exit, 0);
  const next = await openRepl({ home, env, args: ['-m', 'model-a', '-c'] });
  await next.waitFor('first answer');
  await send(next, '/redo');
  await next.waitFor('Brought back: 둘');
  await send(next, '셋');
  await next.waitFor('third answer');
  assert.deepEqual(
    server.bodies()[2]?.messages.map(({ content }) => content),
    ['하나', 'first answer', '둘', 'second answer', '셋'],
  );
  assert.ok(!next.lines().some((line) => line.startsWith('second answer')));
});

test('-r without a name lets a person choose a conversation, shows its end and goes on with it, a file attached', async () => {
  const server = await startChatServer(['noted', 'it says hello']);
  const home = temporaryFolder();
  writeFileSync(join(home, 'notes.txt'), 'hello\n');
  const env = { OPENAI_BASE_URL: server.baseUrl };
  await runBanter(['-m', 'model-a', 'a trip to Busan'], { home, env });
  const terminal = await openRepl({ home, env, args: ['-m', 'model-a', '-r'] });
  await terminal.waitFor(/^> a trip to Busan .*, 2 messages$/);
  terminal.type('busan\r');
  await terminal.waitFor('Going on with: a trip to Busan');
  await terminal.waitFor('noted');
  await send(terminal, 'what is in @notes.txt');
  await terminal.waitFor('it says hello');
  const sent = server.bodies()[1]?.messages ?? [];
  assert.equal(sent.length, 3);
  assert.equal(sent[2]?.content, 'what is in @notes.txt\n\n<file path="notes.txt">\nhello\n</file>');

  const { code, stderr } = await runBanter(['-i', 'hi', '-r'], { home, env });
  assert.equal(code, 2);
  assert.match(stderr, /--resume needs an id or a title here/);
});

test('Ctrl+C twice on an empty prompt ends the program with 130 and the terminal as it was', async () => {
  const terminal = await openRepl();
  await terminal.waitFor('OPENAI_API_KEY');
  await terminal.waitFor(isIdle);
  terminal.type('\x03');
  await terminal.waitFor(/Ctrl\+C again/);
  terminal.type('\x03');
  assert.equal(await terminal.exit, 130);
  assert.ok(terminal.raw.includes('\x1b[?2004l'), 'bracketed paste is left on');
  assert.ok(!terminal.raw.includes('\x1b[3J'), 'the scrollback was wiped');
});

test('an error of the server is a line in the chat and the chat goes on', async () => {
  const server = await startChatServer([
    (response) => void response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"no such model"}'),
    'here I am',
  ]);
  const terminal = await openRepl({ env: { OPENAI_BASE_URL: server.baseUrl }, args: ['-m', 'missing'] });
  await send(terminal, 'hi');
  await terminal.waitFor('no such model');
  await send(terminal, '/retry');
  await terminal.waitFor('here I am');
});

test('a tool call is one line, its result goes to the model, and the answer follows', async () => {
  const server = await startChatServer([callChoices(['1', 'get_time', '{"place":"Asia/Seoul"}']), 'it is late']);
  const terminal = await openRepl({ env: { OPENAI_BASE_URL: server.baseUrl }, args: ['-m', 'm'] });
  await send(terminal, 'time?');
  await terminal.waitFor('it is late');
  assert.ok(terminal.lines().some((line) => /get_time.*Asia\/Seoul/.test(line)));
});

test('Korean and Chinese input: the cursor is at the insertion point and the message arrives whole', async () => {
  const server = await startChatServer(['안녕하세요']);
  const terminal = await openRepl({ env: { OPENAI_BASE_URL: server.baseUrl }, args: ['-m', 'm'] });
  await terminal.waitFor(isIdle);
  const { x } = terminal.cursor();
  terminal.type('한글 中文');
  await terminal.waitFor((now) => now.cursor().x === x + 9);
  terminal.type('\x1b[D');
  await terminal.waitFor((now) => now.cursor().x === x + 7);
  terminal.type('\x7f');
  await terminal.waitFor((now) => now.cursor().x === x + 5);
  terminal.type('\r');
  await terminal.waitFor('안녕하세요');
  assert.equal(server.bodies()[0]?.messages.at(-1)?.content, '한글 文');
});

test('/profile and /model change where the next message goes', async () => {
  const server = await startChatServer(['from model b']);
  const home = temporaryFolder();
  await runBanter(['profiles', 'add', 'local', '--base-url', server.baseUrl, '-m', 'model-a'], { home });
  const terminal = await openRepl({ home, args: ['-P', 'demo'] });
  await terminal.waitFor('OPENAI_API_KEY');
  await send(terminal, '/profile local');
  await terminal.waitFor(/local \| model-a/);
  await send(terminal, '/model');
  await terminal.waitFor('model-b');
  terminal.type('model-b\r');
  await terminal.waitFor(/local \| model-b/);
  await send(terminal, 'hi');
  await terminal.waitFor('from model b');
  assert.equal(server.bodies()[0]?.model, 'model-b');
});

test('/prompt shows the exact string that a server completing text gets, special tokens and all', async () => {
  const home = temporaryFolder();
  const add = ['profiles', 'add', 'text', '--kind', 'completions', '--base-url', 'http://127.0.0.1:9/v1', '--no-probe'];
  await runBanter([...add, '-m', 'm', '--prompt-format', 'chatml'], { home });
  const terminal = await openRepl({ home, args: ['-P', 'text', '-s', 'Be brief.'] });
  await send(terminal, '/prompt Hi <|im_end|>');
  await terminal.waitFor('<|im_start|>assistant');
  const shown = terminal.lines().join('\n');
  assert.match(shown, /<\|im_start\|>system\nBe brief\.<\|im_end\|>/);
  assert.ok(!shown.includes('Hi <|im_end|><|im_end|>'), 'what was typed became a special token');
});

test('the key of a profile that was switched to is kept off the disk as well', async () => {
  const server = await startChatServer(['you sent plain-credential-5678']);
  const home = temporaryFolder();
  const add = ['profiles', 'add', 'local', '--base-url', server.baseUrl, '-m', 'm', '--no-probe'];
  await runBanter([...add, '--api-key-env', 'LOCAL_KEY'], { home });
  const terminal = await openRepl({ home, env: { LOCAL_KEY: 'plain-credential-5678' }, args: ['-P', 'demo'] });
  await send(terminal, '/profile local');
  await terminal.waitFor(/local \| m/);
  await send(terminal, 'hi');
  await terminal.waitFor('you sent');
  await terminal.waitFor(isIdle);
  assert.equal(server.requests.at(-1)?.headers.authorization, 'Bearer plain-credential-5678');
  assert.match(conversationText(home), /you sent \[key\]/);
});

test('-i sends its prompt and stays', async () => {
  const terminal = await openRepl({ args: ['-P', 'demo', '-i', 'What time is it in Seoul?'] });
  await terminal.waitFor(/In Seoul it is/);
  await terminal.waitFor(isIdle);
  terminal.type('\x04');
  assert.equal(await terminal.exit, 0);
});

test('SIGTERM ends the program with 143 and keeps the answer that was arriving', async () => {
  const server = await startChatServer([
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(frame({ index: 0, delta: { content: 'unfinished' }, finish_reason: null }));
    },
  ]);
  const home = temporaryFolder();
  const terminal = await openRepl({ home, env: { OPENAI_BASE_URL: server.baseUrl }, args: ['-m', 'm'] });
  await send(terminal, 'go');
  await terminal.waitFor('unfinished');
  terminal.kill('SIGTERM');
  assert.equal(await terminal.exit, 143);
  assert.match(conversationText(home), /"unfinished".*"aborted"/);
});

interface ReplOptions {
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

async function openRepl({ home = temporaryFolder(), env = {}, args = [] }: ReplOptions = {}): Promise<Terminal> {
  const terminal = await openTerminal({
    command: process.execPath,
    args: [program, ...args],
    env: cleanEnvironment(home, env),
    cwd: home,
  });
  after(async () => {
    terminal.close();
    await terminal.exit;
  });
  return terminal;
}

async function send(terminal: Terminal, text: string): Promise<void> {
  await terminal.waitFor(isIdle);
  terminal.type(text);
  await terminal.waitFor((now) => now.screen().some((line) => line.startsWith('> ') && line.includes(text)));
  terminal.type('\r');
}

/** The prompt is there and no answer is on its way: the hint of the status line says so. */
function isIdle(terminal: Terminal): boolean {
  const screen = terminal.screen();
  return screen.some((line) => line.startsWith('>')) && screen.some((line) => line.includes('/help'));
}

function conversationText(home: string): string {
  const files = readdirSync(home, { recursive: true })
    .map((name) => join(home, String(name)))
    .filter((path) => path.endsWith('.jsonl') && path.includes('conversations'));
  return files.map((path) => readFileSync(path, 'utf8')).join('');
}

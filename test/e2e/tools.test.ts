import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../src/core/json.ts';
import { type Answer, callChoices, sendChunks, startChatServer } from '../support/chat-server.ts';
import { gone, pidIn } from '../support/processes.ts';
import { openTerminal, type Terminal } from '../support/pty.ts';
import { cleanEnvironment, program, type Run, runBanter, temporaryFolder } from '../support/run-banter.ts';

const everything = fileURLToPath(
  new URL('../../node_modules/@modelcontextprotocol/server-everything/dist/index.js', import.meta.url),
);

/** A home with these files in it, by their paths; scripts may be executed. */
function homeWith(files: Readonly<Record<string, string>>): string {
  const home = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    const path = join(home, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o600 });
    if (text.startsWith('#!')) chmodSync(path, 0o700);
  }
  return home;
}

/** A module whose tool appends its argument to the file `ran` in the working directory, and says so. */
function toolText(name: string, more = ''): string {
  return `import { appendFileSync } from 'node:fs';
export default {
  name: '${name}', description: 'For a test.', ${more}
  parameters: { type: 'object', properties: { text: { type: 'string' } } },
  run({ text = '' }) { appendFileSync('ran', text + '\\n'); return '${name} got ' + text; },
};\n`;
}

const ranIn = (home: string): string => (existsSync(join(home, 'ran')) ? readFileSync(join(home, 'ran'), 'utf8') : '');

const call = (name: string, args: JsonObject = { text: 'x' }): Answer =>
  callChoices(['call_1', name, JSON.stringify(args)]);

interface Chat {
  readonly run: Run;
  /** Names of the tools of the first request. */
  readonly offered: readonly string[];
  /** Texts of all results that went back. */
  readonly results: readonly string[];
}

async function chat(
  home: string,
  answers: readonly Answer[],
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Chat> {
  const server = await startChatServer(answers);
  const run = await runBanter(['-m', 'm', ...args, 'hi'], { home, env: { OPENAI_BASE_URL: server.baseUrl, ...env } });
  const bodies = server.bodies();
  return {
    run,
    offered: (bodies[0]?.tools ?? []).map((tool) => tool.function.name),
    results: (bodies.at(-1)?.messages ?? []).filter(({ role }) => role === 'tool').map(({ content = '' }) => content),
  };
}

test('a file in the tools folder is offered, called, and its result goes back', async () => {
  const home = homeWith({ 'tools/note.mjs': toolText('note', 'safe: true,') });
  const { run, offered, results } = await chat(home, [call('note', { text: '안녕' }), 'done']);
  assert.deepEqual(run.stdout, 'done\n');
  assert.equal(run.code, 0);
  assert.deepEqual(offered, ['get_time', 'get_weather', 'note']);
  assert.deepEqual(results, ['note got 안녕']);
});

test('a broken file is one line on stderr, and the others work', async () => {
  const home = homeWith({
    'tools/broken.mjs': 'export default {',
    'tools/note.mjs': toolText('note', 'safe: true,'),
  });
  const { run, offered } = await chat(home, ['fine']);
  assert.equal(run.code, 0);
  assert.deepEqual(run.stderr, '! broken.mjs: SyntaxError: Unexpected end of input\n');
  assert.deepEqual(offered, ['get_time', 'get_weather', 'note']);
});

test('with --no-tools, or a list of tools that are built in, nothing else is looked at', async () => {
  const home = homeWith({ 'tools/broken.mjs': 'export default {', 'mcp.json': 'no JSON' });
  for (const args of [['--no-tools'], ['-T', 'get_time']]) {
    const { run } = await chat(home, ['fine'], args);
    assert.deepEqual(run, { code: 0, stdout: 'fine\n', stderr: '' });
  }
  assert.equal(existsSync(join(home, 'described-tools.json')), false);
});

test('-T FILE adds a tool for the run, wherever it lies', async () => {
  const home = homeWith({ 'here/note.mjs': toolText('note', 'safe: true,') });
  const added = await chat(home, [call('note'), 'done'], ['-T', './here/note.mjs']);
  assert.deepEqual(added.offered, ['get_time', 'get_weather', 'note']);
  assert.deepEqual(added.results, ['note got x']);
  const listed = await chat(home, ['done'], ['-T', 'get_time', '-T', 'here/note.mjs']);
  assert.deepEqual(listed.offered, ['get_time', 'note']);
  const missing = await runBanter(['-T', './nowhere.mjs', '-P', 'demo', 'hi'], { home });
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /nowhere\.mjs: it does not exist\n$/);
});

test('fetch_url is offered only where it is named', async () => {
  const home = homeWith({});
  assert.deepEqual((await chat(home, ['done'], ['-T', '+fetch_url'])).offered, [
    'get_time',
    'get_weather',
    'fetch_url',
  ]);
  assert.deepEqual((await chat(home, ['done'], ['-T', 'fetch_url'])).offered, ['fetch_url']);
});

test('in a pipe a tool that is not safe does not run, and the model is told why', async () => {
  const home = homeWith({ 'tools/note.mjs': toolText('note') });
  const { run, results } = await chat(home, [call('note'), 'then not']);
  assert.equal(run.code, 0);
  assert.equal(run.stdout, 'then not\n');
  assert.match(results[0] ?? '', /^note was not run: it needs the approval of a person, and nobody is there to ask/);
  assert.match(run.stderr, /note: denied/);
  assert.equal(ranIn(home), '');
});

test('with -y it runs; with --approve never not even a safe one does', async () => {
  const home = homeWith({ 'tools/note.mjs': toolText('note') });
  assert.deepEqual((await chat(home, [call('note'), 'done'], ['-y'])).results, ['note got x']);
  const { results } = await chat(home, [call('get_time', {}), 'done'], ['--approve', 'never']);
  assert.match(results[0] ?? '', /^get_time was not run/);
  const both = await runBanter(['-y', '--approve', 'safe', 'hi'], { home });
  assert.equal(both.code, 2);
});

test('a rule allows calls by their arguments, and one that forbids wins over -y', async () => {
  const home = homeWith({ 'tools/note.mjs': toolText('note') });
  const tools = (...args: string[]): Promise<Run> => runBanter(['tools', ...args], { home });
  assert.equal((await tools('allow', 'no*', 'text=good*')).code, 0);
  assert.deepEqual((await chat(home, [call('note', { text: 'good day' }), 'done'])).results, ['note got good day']);
  assert.match((await chat(home, [call('note', { text: 'bad' }), 'done'])).results[0] ?? '', /not run/);

  assert.equal((await tools('deny', 'note')).code, 0);
  assert.match((await chat(home, [call('note'), 'done'], ['-y'])).results[0] ?? '', /a rule of the settings/);
  const { stdout } = await tools('rules');
  assert.equal(stdout, '1  allow  no*   text=good*\n2  deny   note\n');
  assert.equal((await tools('rules', '--remove', '2')).code, 0);
  assert.deepEqual(JSON.parse((await tools('rules', '--json')).stdout), [
    { effect: 'allow', tool: 'no*', arguments: { text: 'good*' } },
  ]);
  assert.equal((await tools('rules', '--remove', '2')).code, 2);
  assert.equal(ranIn(home), 'good day\n');
});

test('a tool that had to be called and was denied is 54', async () => {
  const home = homeWith({ 'tools/note.mjs': toolText('note') });
  const { run } = await chat(home, [call('note'), 'then not'], ['--tool-choice', 'note']);
  assert.equal(run.code, 54);
  assert.equal(run.stdout, 'then not\n');
  assert.match(run.stderr, /banter: note had to be called, and did not run successfully\n$/);
});

test('a profile says which tools are offered without -T, and -T changes that', async () => {
  const home = homeWith({ 'tools/note.mjs': toolText('note'), 'own/other.mjs': toolText('other') });
  const server = await startChatServer(['a', 'b', 'c']);
  const banter = async (...args: string[]): Promise<void> => {
    const run = await runBanter(args, { home });
    assert.equal(run.code, 0, run.stderr);
  };
  await banter('profiles', 'add', 'work', '--base-url', server.baseUrl, '-m', 'm', '--no-probe');
  await banter('profiles', 'edit', 'work', '-T', 'note', '-T', 'get_time', '-T', './own/other.mjs', '-T', 'gone_today');
  const said = await runBanter(['-P', 'work', 'hi'], { home });
  assert.match(said.stderr, /! profile work: there is no tool gone_today\n/);
  await banter('-P', 'work', '-T', '-note', 'hi');
  await banter('-P', 'work', '-T', 'get_weather', 'hi');
  assert.deepEqual(
    server.bodies().map(({ tools = [] }) => tools.map((tool) => tool.function.name)),
    [['get_time', 'other', 'note'], ['get_time', 'other'], ['get_weather']],
  );
});

test('with --tools-debug calls and results are whole on stderr', async () => {
  const home = homeWith({ 'tools/note.mjs': toolText('note') });
  const text = 'long '.repeat(80);
  const { run } = await chat(home, [call('note', { text }), 'done'], ['-y', '--tools-debug']);
  assert.equal(run.stdout, 'done\n');
  assert.ok(run.stderr.includes(`- note {"text":"${text}"}\n`));
  assert.ok(run.stderr.includes(`\n  note got ${text}\n`));
});

test('a tool is run by hand, without a model and without a question', async () => {
  const home = homeWith({
    'tools/note.mjs': toolText('note'),
    'tools/fail.sh':
      '#!/bin/sh\n[ "$1" = --describe ] || { echo "no such city" >&2; exit 3; }\necho \'{"description":"x","parameters":{"type":"object"}}\'\n',
  });
  const tools = (args: readonly string[], stdin?: string): Promise<Run> =>
    runBanter(['tools', ...args], { home, ...(stdin === undefined ? {} : { stdin }) });
  assert.deepEqual(await tools(['run', 'note', '{"text":"a"}']), { code: 0, stdout: 'note got a\n', stderr: '' });
  assert.deepEqual(await tools(['run', 'note', '-'], '{"text":"b"}'), { code: 0, stdout: 'note got b\n', stderr: '' });
  assert.deepEqual(await tools(['run', './tools/note.mjs']), { code: 0, stdout: 'note got \n', stderr: '' });

  const wrong = await tools(['run', 'note', '{"text":7}']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /note was not run: .*\n\/text: expected string, got 7/);
  assert.equal((await tools(['run', 'note', '{text:7}'])).code, 2);
  assert.equal((await tools(['run', 'note', '[]'])).code, 2);
  assert.equal((await tools(['run', 'not'])).code, 2);

  const failed = await tools(['run', 'fail']);
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /fail failed: .*exit code 3.*no such city/);
  const slow = await runBanter(['tools', 'run', './slow.mjs', '--tool-timeout', '0.2'], {
    home: homeWith({
      'slow.mjs': `export default { name: 'slow', description: 'x', parameters: { type: 'object' }, run() { for (;;); } };`,
    }),
  });
  assert.equal(slow.code, 1);
  assert.match(slow.stderr, /slow did not finish within 0\.2 s/);
});

test('tools list and show say where each tool comes from, and what is wrong with others', async () => {
  const home = homeWith({ 'tools/note.mjs': toolText('note', "env: ['NOTE_KEY'],"), 'tools/broken.mjs': '(' });
  const list = await runBanter(['tools'], { home });
  assert.equal(list.code, 0);
  assert.match(list.stdout, /^get_time +safe +built in +Current/);
  assert.match(list.stdout, /^note +asks +note\.mjs +For a test\.$/m);
  assert.match(list.stderr, /^! broken\.mjs: SyntaxError[^\n]*\n$/);
  const json = JSON.parse((await runBanter(['tools', 'list', '--json'], { home })).stdout);
  assert.deepEqual(json.at(-1), {
    name: 'note',
    description: 'For a test.',
    safe: false,
    source: { kind: 'module', file: join(home, 'tools', 'note.mjs'), environment: ['NOTE_KEY'] },
  });
  const shown = await runBanter(['tools', 'show', 'note'], { home });
  assert.match(
    shown.stdout,
    /^note: needs approval\nmodule \S+note\.mjs\ngets from the environment: NOTE_KEY\n\nFor a test/,
  );
  assert.equal((await runBanter(['tools', 'path'], { home })).stdout, `${join(home, 'tools')}\n`);
});

test('no key of the environment reaches a tool, but for what it names itself', async () => {
  const env = {
    OPENAI_API_KEY: 'sk-secret-1',
    HF_TOKEN: 'hf_secret2',
    NOTE_KEY: 'secret-3',
    HTTPS_PROXY: 'http://u:secret-4@h:1',
  };
  const dump = `export default { name: 'dump', description: 'x', parameters: { type: 'object' }, env: ['NOTE_KEY'],
    run: () => JSON.stringify(process.env) };`;
  const home = homeWith({
    'tools/dump.mjs': dump,
    'tools/dump_too.sh':
      '#!/bin/sh\n[ "$1" = --describe ] || exec env\necho \'{"description":"x","parameters":{"type":"object"}}\'\n',
    'mcp.json': JSON.stringify({ mcpServers: { every: { command: process.execPath, args: [everything, 'stdio'] } } }),
  });
  for (const name of ['dump', 'dump_too', 'every__get-env']) {
    const { code, stdout, stderr } = await runBanter(['tools', 'run', name], { home, env });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /PATH/);
    assert.deepEqual(stdout.match(/secret-?\d/g) ?? [], name === 'dump' ? ['secret-3'] : [], name);
  }
});

test('nothing in the working directory is a tool, a server, a rule or an approval', async () => {
  const settings = '{"toolRules":[{"effect":"allow","tool":"*"}],"approve":"all"}';
  const config = JSON.stringify({ mcpServers: { evil: { command: process.execPath, args: ['-e', ''] } } });
  const planted = Object.fromEntries(
    ['', '.banter/', '.config/banter/', 'banter/'].flatMap((folder) => [
      [`${folder}tools/evil.mjs`, toolText('evil', 'safe: true,')],
      [`${folder}mcp.json`, config],
      [`${folder}settings.json`, settings],
      [`${folder}.toolsrc`, settings],
    ]),
  );
  // The working directory is the home of a run; the settings lie elsewhere.
  const here = homeWith(planted);
  const home = homeWith({ 'tools/note.mjs': toolText('note') });
  const server = await startChatServer([call('note'), 'done']);
  const run = await runBanter(['-m', 'm', 'hi'], {
    home: here,
    env: { OPENAI_BASE_URL: server.baseUrl, BANTER_HOME: home, HOME: home },
  });
  assert.equal(run.code, 0);
  const [first, second] = server.bodies();
  assert.deepEqual(
    first?.tools?.map((tool) => tool.function.name),
    ['get_time', 'get_weather', 'note'],
  );
  assert.match(second?.messages.at(-1)?.content ?? '', /note was not run/);
});

test('tools of an MCP server are called through the chat, and the server ends with it', async () => {
  const home = homeWith({});
  const pidFile = join(home, 'pid');
  const start = `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, process.pid + '\\n'); process.argv[2] = 'stdio'; import(${JSON.stringify(everything)})`;
  writeFileSync(
    join(home, 'mcp.json'),
    JSON.stringify({
      mcpServers: { every: { command: process.execPath, args: ['-e', start] }, gone: { command: 'no-such' } },
    }),
    { mode: 0o600 },
  );
  const { run, offered, results } = await chat(
    home,
    [call('every__echo', { message: '안녕' }), 'done'],
    ['-y', '-T', '+every__*'],
  );
  assert.equal(run.code, 0);
  assert.ok(offered.includes('every__echo') && offered[0] === 'get_time');
  assert.deepEqual(results, ['Echo: 안녕']);
  assert.match(run.stderr, /^! MCP server "gone" could not be started: there is no command "no-such"\n/);
  await gone(await pidIn(pidFile));
  assert.equal(existsSync(join(home, 'described-servers.json')), true);
});

test('an mcp.json that everybody can write is not read', async () => {
  const home = homeWith({ 'mcp.json': '{"mcpServers":{"evil":{"command":"true"}}}' });
  chmodSync(join(home, 'mcp.json'), 0o666);
  const { run } = await chat(home, ['done']);
  assert.match(run.stderr, /^! \S+mcp\.json: everybody can write it \(chmod o-w\)\n$/m);
});

interface Sitting {
  readonly code: number;
  readonly results: readonly string[];
  readonly screen: string;
}

/** A one-shot run on a terminal; `act` is the person. */
async function sit(
  home: string,
  answers: readonly Answer[],
  act: (terminal: Terminal) => Promise<void>,
): Promise<Sitting> {
  const server = await startChatServer(answers);
  const terminal = await openTerminal({
    command: process.execPath,
    args: [program, '-m', 'm', 'hi'],
    env: cleanEnvironment(home, { OPENAI_BASE_URL: server.baseUrl }),
    cwd: home,
  });
  await act(terminal);
  const code = await terminal.exit;
  const results = (server.bodies().at(-1)?.messages ?? []).filter(({ role }) => role === 'tool');
  return { code, results: results.map(({ content = '' }) => content), screen: terminal.lines().join('\n') };
}

const question = 'Run note';

test('on a terminal a person is asked, sees all of the call, and decides', async () => {
  const home = homeWith({ 'tools/note.mjs': toolText('note') });
  const { code, results, screen } = await sit(
    home,
    [
      callChoices(
        ['a', 'note', '{"text":"to \\u202e keep"}'],
        ['b', 'note', '{"text":"to drop"}'],
        ['c', 'get_time', '{}'],
      ),
      callChoices(['d', 'note', '{"text":"once more"}']),
      callChoices(['e', 'note', '{"text":"no question"}']),
      'done',
    ],
    async (terminal) => {
      await terminal.waitFor(`${question} (1 of 2)?`);
      terminal.type('y\r');
      await terminal.waitFor(`${question} (2 of 2)?`);
      terminal.type('what\r');
      await terminal.waitFor(({ lines }) => lines().filter((line) => line.includes('(2 of 2)?')).length === 2);
      terminal.type('r\r');
      await terminal.waitFor('Reason:');
      terminal.type('not that one\r');
      await terminal.waitFor(`${question}?`);
      terminal.type('t\r');
    },
  );
  assert.equal(code, 0);
  assert.match(screen, /text: "to \\u\{202E\} keep" \(9 characters\)/);
  assert.deepEqual(results.toSpliced(2, 1), [
    'note got to \u202e keep',
    'note was not run: the person did not allow it: not that one.',
    'note got once more',
    'note got no question',
  ]);
  assert.equal(ranIn(home), 'to \u202e keep\nonce more\nno question\n');
});

test('Enter alone and the end of stdin are no', async () => {
  for (const typed of ['\r', '\x04']) {
    const home = homeWith({ 'tools/note.mjs': toolText('note') });
    const { code, results } = await sit(home, [call('note'), 'done'], async (terminal) => {
      await terminal.waitFor(question);
      terminal.type(typed);
    });
    assert.equal(code, 0);
    assert.match(results[0] ?? '', /the person did not allow it/);
    assert.equal(ranIn(home), '');
  }
});

test('what was typed before the question is no answer to it', async () => {
  const home = homeWith({ 'tools/note.mjs': toolText('note') });
  let typed = (): void => {};
  const isTyped = new Promise<void>((resolve) => {
    typed = resolve;
  });
  const answer: Answer = async (response) => {
    await isTyped;
    sendChunks(response, callChoices(['a', 'note', '{"text":"x"}']));
  };
  const { results } = await sit(home, [answer, 'done'], async (terminal) => {
    terminal.type('y\r');
    // The terminal's own echo: the line is complete and waits to be read.
    await terminal.waitFor('y');
    typed();
    await terminal.waitFor(question);
    terminal.type('n\r');
  });
  assert.match(results[0] ?? '', /the person did not allow it/);
  assert.equal(ranIn(home), '');
});

test('Ctrl+C at the question ends the run with 130, and nothing runs', async () => {
  const home = homeWith({ 'tools/note.mjs': toolText('note') });
  const { code } = await sit(home, [call('note')], async (terminal) => {
    await terminal.waitFor(question);
    terminal.type('\x03');
  });
  assert.equal(code, 130);
  assert.equal(ranIn(home), '');
});

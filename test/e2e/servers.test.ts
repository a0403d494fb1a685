/** Finding servers and their keys: profiles add, test and edit, keys, models, doctor, and servers on local ports. */

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import type { JsonObject } from '../../src/core/json.ts';
import { resolvePaths } from '../../src/store/paths.ts';
import { callChoices, startChatServer, textChoices } from '../support/chat-server.ts';
import { sendJson, startServer } from '../support/fault-server.ts';
import { routesOf, startModelServer } from '../support/model-servers.ts';
import { gone, pidIn } from '../support/processes.ts';
import { openTerminal } from '../support/pty.ts';
import { cleanEnvironment, finished, program, runBanter, startBanter, temporaryFolder } from '../support/run-banter.ts';
import { authorityPath, startTlsServer } from '../wire/tls-server.ts';

test('a server is added by its URL alone: what it is, its model and its context are found', async () => {
  const home = temporaryFolder();
  for (const [name, kind, model, contextWindow] of [
    ['tgi', 'openai', 'meta/llama', 8192],
    ['xinference', 'xinference', 'qwen', 32768],
    ['ollama', 'openai', 'llama3.2:3b', undefined],
    ['llama.cpp', 'openai', 'm.gguf', 4096],
    ['vllm', 'openai', 'qwen', 16384],
    ['lmstudio', 'openai', 'qwen', undefined],
  ] as const) {
    const server = await startModelServer(routesOf[name]);
    const run = await runBanter(['profiles', 'add', server.url], { home });
    assert.equal(run.code, 0, run.stderr);
    assert.match(run.stdout, new RegExp(`found ${name}.*1 model.*\n${name} is added: kind ${kind}, model `));
    const profile = await show(home, name);
    assert.deepEqual([profile.kind, profile.model, profile.contextWindow], [kind, model, contextWindow]);
    assert.equal(profile.baseUrl, `${server.url}/v1`);
    assert.equal((profile.capabilities as JsonObject).server, name);
  }
  const again = await startModelServer(routesOf.ollama);
  const run = await runBanter(['profiles', 'add', again.url], { home });
  assert.match(run.stdout, /ollama-2 is added/);
});

test('a name with a URL is probed too, what was said stands, and --no-probe asks nothing', async () => {
  const home = temporaryFolder();
  const server = await startModelServer(routesOf.vllm);
  await runBanter(['profiles', 'add', 'a', '--base-url', server.url, '-m', 'mine', '--kind', 'openai'], { home });
  const { model, contextWindow, capabilities } = await show(home, 'a');
  assert.deepEqual([model, contextWindow, (capabilities as JsonObject).version], ['mine', 16384, '0.11.0']);
  const asked = server.requests.length;
  assert.ok(asked > 0);
  await runBanter(['profiles', 'add', 'b', '--base-url', server.url, '--no-probe'], { home });
  assert.equal(server.requests.length, asked);
  assert.deepEqual(await show(home, 'b'), { name: 'b', kind: 'openai', baseUrl: server.url });
});

test('a server that does not answer is added by name with a warning, and not by its URL alone', async () => {
  const home = temporaryFolder();
  const named = await runBanter(['profiles', 'add', 'a', '--base-url', 'http://127.0.0.1:9/v1'], { home });
  assert.equal(named.code, 0);
  assert.match(named.stderr, /refused the connection.*added as it stands/);
  const alone = await runBanter(['profiles', 'add', 'http://127.0.0.1:9/v1'], { home });
  assert.equal(alone.code, 1);
  assert.match(alone.stderr, /profiles add NAME --base-url/);
  assert.doesNotMatch((await runBanter(['profiles'], { home })).stdout, /local/);
});

test('a server that wants a key is added, and told how to get one', async () => {
  const home = temporaryFolder();
  const server = await startServer((request, response) => {
    const allowed = request.headers.authorization === 'Bearer sesame-open';
    sendJson(response, allowed ? { data: [{ id: 'm', owned_by: 'vllm' }] } : { error: 'no' }, allowed ? 200 : 401);
  });
  after(() => server.close());
  const without = await runBanter(['profiles', 'add', 'a', '--base-url', server.url], { home });
  assert.equal(without.code, 0);
  assert.match(without.stderr, /only with a key.*--api-key-env/);
  const env = { MY_KEY: 'sesame-open' };
  const given = ['profiles', 'add', 'b', '--base-url', server.url, '--api-key-env', 'MY_KEY'];
  assert.match((await runBanter(given, { home, env })).stdout, /found vllm/);
});

test('profiles test finds out what a server can do, shows it and keeps it', async () => {
  const home = temporaryFolder();
  const seven = textChoices('{"seven":7}');
  const call = callChoices(['a', 'take_note', '{"word":"red"}']);
  const server = await startChatServer([textChoices('56'), call, seven, textChoices('56'), call, seven]);
  await runBanter(['profiles', 'add', 'work', '--base-url', server.baseUrl, '-m', 'model-b'], { home });
  const run = await runBanter(['profiles', 'test', 'work'], { home });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /model +model-b, one of 2\n/);
  assert.match(run.stdout, /tools +yes, one at a time\n/);
  assert.match(run.stdout, /schema +honoured\n/);
  const { capabilities } = await show(home, 'work');
  const { probedAt, ...found } = capabilities as JsonObject;
  assert.deepEqual(found, { usageInStream: false, tools: true, parallelTools: false, schema: 'honoured' });
  assert.match(String(probedAt), /^\d{4}-\d\d-\d\dT/);
  const json = JSON.parse((await runBanter(['profiles', 'test', 'work', '--json'], { home })).stdout);
  assert.equal(json.capabilities.schema, 'honoured');
  assert.equal(json.models.length, 2);
});

test('profiles test forgets what the server once refused, and keeps the context it finds', async () => {
  const home = temporaryFolder();
  const server = await startChatServer(Array.from({ length: 6 }, () => textChoices('56')));
  const origin = new URL(server.baseUrl).origin;
  await runBanter(['profiles', 'add', 'a', '--base-url', server.baseUrl, '-m', 'm', '--no-probe'], { home });
  const { learnedFile } = resolvePaths({ BANTER_HOME: home }, home);
  const at = new Date().toISOString();
  const lesson = { server: origin, at, concessions: [{ field: 'tools' }] };
  mkdirSync(dirname(learnedFile), { recursive: true });
  writeFileSync(
    learnedFile,
    JSON.stringify([
      { ...lesson, model: 'm' },
      { ...lesson, model: 'n' },
    ]),
  );
  assert.equal((await runBanter(['profiles', 'test'], { home })).code, 0);
  const left: JsonObject[] = JSON.parse(readFileSync(learnedFile, 'utf8'));
  assert.deepEqual(
    left.map(({ model }) => model),
    ['n'],
  );

  const sized = await startModelServer({
    ...routesOf.vllm,
    '/v1/chat/completions': {
      choices: [{ index: 0, message: { role: 'assistant', content: '56' }, finish_reason: 'stop' }],
    },
  });
  await runBanter(['profiles', 'add', 'b', '--base-url', sized.url, '--no-probe'], { home });
  const test = await runBanter(['profiles', 'test', 'b'], { home });
  assert.equal(test.code, 0, test.stderr);
  assert.equal((await show(home, 'b')).contextWindow, 16384);
});

test('a profile keeps no key in a header or in the query of its URL', async () => {
  const home = temporaryFolder();
  for (const args of [
    ['--base-url', 'http://h.example/v1?api_key=sesame'],
    ['--base-url', 'http://h.example/v1?key=sesame'],
    ['--base-url', 'http://h.example/v1', '-H', 'X-Auth-Token: sesame'],
    ['--base-url', 'http://h.example/v1', '-H', 'X-Goog-Api-Key: sesame'],
  ]) {
    const run = await runBanter(['profiles', 'add', 'a', '--no-probe', ...args], { home });
    assert.equal(run.code, 2, args.join(' '));
    assert.ok(!run.stderr.includes('sesame'));
  }
  const azure = ['--base-url', 'http://h.example/v1?api-version=2024-10-21', '-H', 'X-Title: notes'];
  assert.equal((await runBanter(['profiles', 'add', 'a', '--no-probe', ...azure], { home })).code, 0);
});

test('profiles edit changes, adds and takes away, and a new URL forgets what the old server could do', async () => {
  const home = temporaryFolder();
  const server = await startModelServer(routesOf.vllm);
  await runBanter(['profiles', 'add', 'a', '--base-url', server.url, '-H', 'X-A: 1', '--api-key-env', 'K'], { home });
  const edit = (...args: string[]) => runBanter(['profiles', 'edit', 'a', ...args], { home });
  assert.equal((await edit('-m', 'other', '-H', 'X-B: 2', '--prompt-format', 'chatml')).code, 0);
  const edited = await show(home, 'a');
  assert.deepEqual([edited.model, edited.promptFormat], ['other', 'chatml']);
  assert.deepEqual(edited.headers, { 'x-a': '1', 'x-b': '2' });
  assert.ok(edited.capabilities !== undefined);
  await edit('--unset', 'headers', '--unset', 'apiKeyEnv', '--key-command', 'pass show a');
  await edit('--base-url', 'http://127.0.0.1:9/v1', '--unset', 'contextWindow');
  assert.deepEqual(await show(home, 'a'), {
    name: 'a',
    kind: 'openai',
    baseUrl: 'http://127.0.0.1:9/v1',
    model: 'other',
    promptFormat: 'chatml',
    keyCommand: 'pass show a',
  });
  await edit('--price', '0,2.5,0.1');
  assert.deepEqual((await show(home, 'a')).price, { prompt: 0, completion: 2.5, cached: 0.1 });
  await edit('--price', 'none');
  assert.equal((await show(home, 'a')).price, undefined);
  assert.equal((await edit('--price', '1')).code, 2);
  assert.equal((await edit()).code, 2);
  assert.equal((await edit('--unset', 'kind')).code, 2);
  assert.equal((await edit('--prompt-format', 'nonsense')).code, 52);
  assert.equal((await runBanter(['profiles', 'edit', 'openai', '-m', 'x'], { home })).code, 2);
  assert.equal((await runBanter(['profiles', 'edit', 'missing', '-m', 'x'], { home })).code, 52);
});

test('a stored key is used by --key and --key-name, listed by name, removed, and shown nowhere', async () => {
  const home = temporaryFolder();
  const secret = 'sesame-open-0123456789';
  const server = await startChatServer(['a', 'b']);
  const outputs = [
    await runBanter(['keys', 'set', 'work'], { home, stdin: `${secret}\n` }),
    await runBanter(['keys'], { home }),
    await runBanter(['keys', 'list', '--json'], { home }),
    await runBanter(['--base-url', server.baseUrl, '-m', 'm', '--key', 'work', 'hi'], { home }),
    await runBanter(['profiles', 'add', 'p', '--base-url', server.baseUrl, '-m', 'm', '--key-name', 'work'], { home }),
    await runBanter(['-P', 'p', 'hi'], { home }),
    await runBanter(['-P', 'p', '--dry-run', 'hi'], { home }),
    await runBanter(['doctor', '--json'], { home }),
  ];
  assert.deepEqual(
    outputs.map(({ code }) => code),
    outputs.map(() => 0),
  );
  assert.equal(outputs[1]?.stdout, 'work\n');
  const chats = server.requests.filter(({ path }) => path.endsWith('/chat/completions'));
  assert.deepEqual(
    chats.map(({ headers }) => headers.authorization),
    [`Bearer ${secret}`, `Bearer ${secret}`],
  );
  for (const { stdout, stderr } of outputs) assert.ok(!stdout.includes(secret) && !stderr.includes(secret));
  const holders = filesIn(home).filter((path) => readFileSync(path, 'utf8').includes(secret));
  assert.deepEqual(holders, [join(home, 'keys.json')]);
  assert.equal(statSync(join(home, 'keys.json')).mode & 0o777, 0o600);
  assert.equal((await runBanter(['keys', 'remove', 'work'], { home })).code, 0);
  assert.equal((await runBanter(['-P', 'p', 'hi'], { home })).code, 41);
});

test('a key that cannot be sent is not stored, and one on the command line is refused without repeating it', async () => {
  const home = temporaryFolder();
  for (const stdin of ['', 'first\nsecond', 'schl\u00fcssel', 'two words']) {
    const run = await runBanter(['keys', 'set', 'a'], { home, stdin });
    assert.equal(run.code, 2);
    assert.ok(stdin === '' || !run.stderr.includes(stdin.slice(0, 3)), run.stderr);
  }
  assert.equal((await runBanter(['keys'], { home })).stdout, '');
  const secret = 'sk-0123456789abcdef0123';
  const run = await runBanter(['--base-url', 'http://127.0.0.1:9', '--key', secret, 'hi'], { home });
  assert.equal(run.code, 2);
  assert.ok(!run.stderr.includes(secret));
});

test('a key typed on a terminal is not echoed', async () => {
  const home = temporaryFolder();
  const terminal = await openTerminal({
    command: process.execPath,
    args: [program, 'keys', 'set', 'work'],
    env: cleanEnvironment(home),
    cwd: home,
  });
  await terminal.waitFor('key for work:');
  terminal.type('wrong\x15sesame-opem\x7fn\r');
  await terminal.waitFor('work is stored');
  assert.equal(await terminal.exit, 0);
  assert.ok(!terminal.raw.includes('sesame') && !terminal.raw.includes('wrong'));
  assert.deepEqual(JSON.parse(readFileSync(join(home, 'keys.json'), 'utf8')), { work: 'sesame-open' });
});

test('a key command is asked once, before the request, and its failure is 52', async () => {
  const home = temporaryFolder();
  const server = await startChatServer(['hello']);
  const add = (name: string, command: string) =>
    runBanter(
      ['profiles', 'add', name, '--base-url', server.baseUrl, '--no-probe', '-m', 'm', '--key-command', command],
      { home },
    );
  await add('good', 'echo asked >> asked; echo sesame-open');
  await add('bad', 'echo sesame-open; exit 4');
  assert.equal((await runBanter(['-P', 'good', 'hi'], { home })).stdout, 'hello\n');
  assert.equal(server.requests[0]?.headers.authorization, 'Bearer sesame-open');
  assert.equal(readFileSync(join(home, 'asked'), 'utf8'), 'asked\n');
  const bad = await runBanter(['-P', 'bad', 'hi'], { home });
  assert.equal(bad.code, 52);
  assert.match(bad.stderr, /profile bad ended with 4/);
  assert.ok(!bad.stderr.includes('sesame'));
});

test('a key command is ended with the run: by a signal, the time limit, and in profiles test and models', async () => {
  const home = temporaryFolder();
  const command = 'sleep 30 & echo $! > pid; wait';
  await runBanter(
    ['profiles', 'add', 'a', '--base-url', 'http://127.0.0.1:9/v1', '--no-probe', '-m', 'm', '--key-command', command],
    { home },
  );
  for (const [args, signal, code] of [
    [['hi'], 'SIGINT', 130],
    [['hi'], 'SIGTERM', 143],
    [['--max-time', '0.5', 'hi'], undefined, 124],
    [['profiles', 'test'], 'SIGINT', 130],
    [['profiles', 'test'], 'SIGTERM', 143],
    [['models'], 'SIGINT', 130],
    [['doctor'], 'SIGINT', 130],
  ] as const) {
    const child = startBanter(args, { home });
    child.stdin.end();
    const run = finished(child);
    const pid = await pidIn(join(home, 'pid'));
    rmSync(join(home, 'pid'));
    if (signal !== undefined) child.kill(signal);
    assert.equal((await run).code, code, args.join(' '));
    await gone(pid);
  }
});

test('a failing key command is a warning when the profile is added', async () => {
  const home = temporaryFolder();
  const server = await startModelServer(routesOf.vllm);
  const add = ['profiles', 'add', 'a', '--base-url', server.url, '--key-command', 'exit 1'];
  const run = await runBanter(add, { home });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, /^! the key command of profile a ended with 1/);
  assert.match(run.stdout, /found vllm/);
});

test('a URL that is no server of models is refused with what came back, and added by name with a warning', async () => {
  const home = temporaryFolder();
  const web = await startServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Router login</title>');
  });
  after(() => web.close());
  const refused = await runBanter(['profiles', 'add', web.url], { home });
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /is no model server that banter knows: it answered text\/html.*Router login/);
  assert.match(refused.stderr, /profiles add NAME --base-url/);
  const named = await runBanter(['profiles', 'add', 'a', '--base-url', web.url], { home });
  assert.equal(named.code, 0);
  assert.match(named.stderr, /^! .*no model server.*added as it stands/);
  const noScheme = await runBanter(['profiles', 'add', 'localhost:7801/v1'], { home });
  assert.equal(noScheme.code, 2);
  assert.match(
    noScheme.stderr,
    /http:\/\/ or https:\/\/ is missing \(banter profiles add http:\/\/localhost:7801\/v1\)/,
  );
});

test('the first profile becomes the default; with profiles and none of them the default, no local port is asked', async () => {
  const home = temporaryFolder();
  const server = await startChatServer(['one']);
  const add = (name: string) =>
    runBanter(['profiles', 'add', name, '--base-url', server.baseUrl, '-m', 'm', '--no-probe'], { home });
  assert.match((await add('a')).stdout, /it is the default now/);
  assert.match((await add('b')).stdout, /banter profiles use b/);
  assert.equal((await runBanter(['hi'], { home })).stdout, 'one\n');
  await runBanter(['profiles', 'remove', 'a'], { home });
  const asked = server.requests.length;
  const env = { BANTER_LOCAL_PORTS: String(server.port) };
  const none = await runBanter(['hi'], { home, env });
  assert.equal(none.code, 52);
  assert.match(none.stderr, /no profile is the default.*profiles use NAME: b/);
  assert.equal(server.requests.length, asked);
  const doctor = await runBanter(['doctor'], { home, env });
  assert.equal(doctor.code, 1);
  assert.match(doctor.stdout, /no profile is the default/);
});

test('doctor is 0 only when the default can be asked, not when another profile can', async () => {
  const home = temporaryFolder();
  const server = await startModelServer(routesOf.ollama);
  await runBanter(['profiles', 'add', 'gone', '--base-url', 'http://127.0.0.1:9/v1', '--no-probe'], { home });
  await runBanter(['profiles', 'add', server.url], { home });
  assert.equal((await runBanter(['doctor'], { home })).code, 1);
  await runBanter(['profiles', 'use', 'ollama'], { home });
  assert.equal((await runBanter(['doctor'], { home })).code, 0);
});

test('doctor says that a stored Hugging Face token counts with -P hf', async () => {
  const home = temporaryFolder();
  writeFileSync(join(home, 'token'), 'hf_0123456789abcdefghij\n');
  // The hub itself is not asked: its proxy refuses.
  const env = { HF_TOKEN_PATH: join(home, 'token'), https_proxy: 'http://127.0.0.1:9' };
  const run = await runBanter(['doctor'], { home, env });
  assert.match(run.stdout, /- hf .*\n.*\n +key +from .*token, used with -P hf\n/);
});

test('--ca-cert and --proxy count where a server is asked: models, profiles add, profiles test, doctor', async () => {
  const home = temporaryFolder();
  const lists = { '/v1/models': { data: [{ id: 'm' }] } };
  const proxy = await startModelServer(lists);
  const away = 'http://models.example/v1';
  const through = ['--proxy', proxy.url];
  await runBanter(['profiles', 'add', 'a', '--base-url', away, '-m', 'm', '--no-probe'], { home });
  for (const args of [['models'], ['profiles', 'test'], ['doctor'], ['profiles', 'add', away]]) {
    const before = proxy.requests.length;
    await runBanter([...args, ...through], { home });
    assert.ok(proxy.requests.length > before, args.join(' '));
    const wrong = await runBanter([...args, '--ca-cert', join(home, 'settings.json')], { home });
    assert.equal(wrong.code, 2, args.join(' '));
    assert.match(wrong.stderr, /no certificate/);
  }
});

test('a certificate that is not trusted is named with its remedy, and --ca-cert lets the server be added', async (t) => {
  const home = temporaryFolder();
  const server = await startTlsServer('localhost', (_request, response) => sendJson(response, { data: [{ id: 'm' }] }));
  t.after(server.close);
  const refused = await runBanter(['profiles', 'add', server.url], { home });
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /--ca-cert FILE.*profiles add NAME --base-url/);
  const trusted = await runBanter(['profiles', 'add', server.url, '--ca-cert', authorityPath], { home });
  assert.equal(trusted.code, 0, trusted.stderr);
});

test('with nothing configured a one-shot run asks what answers on a local port, and says so', async () => {
  const server = await startChatServer(['from here']);
  const web = await startServer((_request, response) => void response.end('<html>hello</html>'));
  after(() => web.close());
  const env = { BANTER_LOCAL_PORTS: `9,${web.port},${server.port}` };
  const run = await runBanter(['hi'], { env });
  assert.equal(run.code, 0, run.stderr);
  assert.equal(run.stdout, 'from here\n');
  assert.match(run.stderr, new RegExp(`no server is configured.*${server.baseUrl}.*profiles add ${server.baseUrl}`));
  assert.equal(server.bodies()[0]?.model, 'model-a');
  const none = await runBanter(['hi'], { env: { BANTER_LOCAL_PORTS: `9,${web.port}` } });
  assert.equal(none.code, 52);
  const asked = server.requests.length;
  await runBanter(['-P', 'demo', 'hi'], { env });
  assert.equal(server.requests.length, asked);
});

test('the REPL of a fresh machine asks a local server instead of the demo, and greets with how to keep it', async () => {
  const server = await startChatServer(['from here']);
  const home = temporaryFolder();
  const terminal = await openTerminal({
    command: process.execPath,
    args: [program, '-i', 'hi'],
    env: cleanEnvironment(home, { BANTER_LOCAL_PORTS: String(server.port) }),
    cwd: home,
  });
  after(async () => {
    terminal.close();
    await terminal.exit;
  });
  await terminal.waitFor('from here');
  assert.match(terminal.lines().join(' '), /no server is configured.*profiles add/);
});

test('models are listed, filtered nearest first, and as JSON', async () => {
  const home = temporaryFolder();
  const data = ['big-coder-instruct', 'coder', 'chat', 'coder-mini'].map((id) => ({ id, context_length: 4096 }));
  const server = await startModelServer({ '/v1/models': { data } });
  await runBanter(['profiles', 'add', 'a', '--base-url', server.url, '-m', 'chat', '--no-probe'], { home });
  const list = (...args: string[]) => runBanter(['models', '-P', 'a', ...args], { home });
  assert.match((await list()).stdout, /^ {2}big-coder-instruct {2}4096\n {2}coder +4096\n\* chat +4096\n/);
  const found = JSON.parse((await list('-q', 'CODER', '--json')).stdout) as JsonObject[];
  assert.deepEqual(
    found.map(({ id }) => id),
    ['coder', 'coder-mini', 'big-coder-instruct'],
  );
  const none = await list('-q', 'codr');
  assert.equal(none.code, 2);
  assert.match(none.stderr, /coder/);
  assert.match((await runBanter(['models'], { home })).stdout, /\* chat/);
  assert.equal((await runBanter(['models'])).code, 52);
});

test('doctor says what works, names every key place and no key, and is 0 only when a server can be asked', async () => {
  const home = temporaryFolder();
  const alone = await runBanter(['doctor'], { home });
  assert.equal(alone.code, 1);
  assert.match(alone.stdout, /no server is configured/);
  assert.match(alone.stdout, /openai.*\n.*not asked\n.*OPENAI_API_KEY/);

  const server = await startModelServer(routesOf.ollama);
  await runBanter(['profiles', 'add', server.url], { home });
  await runBanter(['profiles', 'add', 'gone', '--base-url', 'http://127.0.0.1:9/v1', '--api-key-env', 'K'], { home });
  const env = { K: 'sesame-open', https_proxy: 'http://me:sesame-open@proxy.example:3128', TERM: 'xterm' };
  const run = await runBanter(['doctor'], { home, env });
  assert.equal(run.code, 0, run.stdout);
  assert.match(run.stdout, /\+ ollama .*\n +server +ollama 0\.20\.4, 1 model\n +key +none\n/);
  assert.match(run.stdout, /- gone .*\n +server .*refused the connection.*\n +key +from \$K\n/);
  assert.match(run.stdout, /https_proxy=http:\/\/proxy\.example:3128/);
  assert.match(run.stdout, /UTF-8/);
  assert.ok(!run.stdout.includes('sesame'));
  const json = JSON.parse((await runBanter(['doctor', '--json'], { home, env })).stdout);
  assert.deepEqual([json.ok, json.settings.state, json.folders[0].state], [true, '0600', '0700']);
});

test('doctor reports damaged settings instead of failing on them', async () => {
  const home = temporaryFolder();
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'settings.json'), '{"profiles":');
  const run = await runBanter(['doctor'], { home });
  assert.equal(run.code, 1);
  assert.match(run.stdout, /has problems\n.*damaged/);
});

test('what a server says about itself cannot drive the terminal', async () => {
  const home = temporaryFolder();
  const evil = 'm\x1b]0;owned\x07\u202e';
  const server = await startModelServer({
    '/api/version': { version: `1${evil}` },
    '/v1/models': { data: [{ id: evil, owned_by: 'library' }] },
  });
  const runs = [
    await runBanter(['profiles', 'add', server.url], { home }),
    await runBanter(['models', '-P', 'ollama'], { home }),
    await runBanter(['doctor'], { home }),
    await runBanter(['profiles', 'list'], { home }),
  ];
  for (const { stdout, stderr } of runs) assert.doesNotMatch(stdout + stderr, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
});

async function show(home: string, name: string): Promise<JsonObject> {
  const run = await runBanter(['profiles', 'show', name], { home });
  assert.equal(run.code, 0, run.stderr);
  return JSON.parse(run.stdout);
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

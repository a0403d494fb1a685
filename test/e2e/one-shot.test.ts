import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { callChoices, frame, sendChunks, startChatServer, textChoices } from '../support/chat-server.ts';
import { cleanEnvironment, finished, program, runBanter, startBanter, temporaryFolder } from '../support/run-banter.ts';

const person = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } },
  required: ['name', 'age'],
};

test('a prompt on the command line is answered on stdout and nothing else is there', async () => {
  const server = await startChatServer(['Hello 안녕 你好 👩‍👩‍👧‍👦']);
  const run = await runBanter(['-m', 'model-a', 'hi'], { env: { OPENAI_BASE_URL: server.baseUrl } });
  assert.deepEqual(run, { code: 0, stdout: 'Hello 안녕 你好 👩‍👩‍👧‍👦\n', stderr: '' });
  assert.equal(server.bodies()[0]?.messages.at(-1)?.content, 'hi');
});

test('a prompt through stdin, with - and without, is the whole prompt', async () => {
  const server = await startChatServer(['a', 'b']);
  const env = { OPENAI_BASE_URL: server.baseUrl };
  await runBanter(['-m', 'm'], { env, stdin: 'from stdin\n' });
  await runBanter(['-m', 'm', '-'], { env, stdin: 'from stdin\n' });
  assert.deepEqual(
    server.bodies().map(({ messages }) => messages.at(-1)?.content),
    ['from stdin', 'from stdin'],
  );
});

test('stdin beside a prompt follows it in a labelled block', async () => {
  const server = await startChatServer(['ok']);
  await runBanter(['-m', 'm', 'explain'], { env: { OPENAI_BASE_URL: server.baseUrl }, stdin: 'line 1\nline 2\n' });
  assert.equal(server.bodies()[0]?.messages.at(-1)?.content, 'explain\n\n<stdin>\nline 1\nline 2\n</stdin>');
});

test('a slow stdin is waited for, and after a second a line says so', async () => {
  const server = await startChatServer(['ok']);
  const child = startBanter(['-m', 'm', 'explain'], { env: { OPENAI_BASE_URL: server.baseUrl } });
  const run = finished(child);
  await waitForText(child.stderr, 'waiting for stdin');
  child.stdin.end('late');
  assert.equal((await run).code, 0);
  assert.match(server.bodies()[0]?.messages.at(-1)?.content ?? '', /late/);
});

test('without a configured server a one-shot run fails with 52, names three ways out and never asks the demo', async () => {
  const run = await runBanter(['hi']);
  assert.equal(run.code, 52);
  assert.equal(run.stdout, '');
  assert.match(run.stderr, /OPENAI_API_KEY/);
  assert.match(run.stderr, /profiles add/);
  assert.match(run.stderr, /-P demo/);
});

test('the demo answers when it is asked for, with the real get_time', async () => {
  const run = await runBanter(['-P', 'demo', 'What time is it in Seoul?']);
  assert.equal(run.code, 0);
  assert.match(run.stdout, /\d\d:\d\d/);
  assert.match(run.stderr, /get_time/);
});

test('tools run and their results go back, several in one answer, all answered', async () => {
  const server = await startChatServer([
    callChoices(['a', 'get_time', '{"place":"Asia/Seoul"}'], ['b', 'get_time', '{"place":"Nowhere at all"}']),
    'done',
  ]);
  const run = await runBanter(['-m', 'm', 'times?'], { env: { OPENAI_BASE_URL: server.baseUrl } });
  assert.equal(run.code, 0);
  const [first, second] = server.bodies();
  assert.deepEqual(first?.tools?.map((tool) => tool.function.name).sort(), ['get_time', 'get_weather']);
  const results = second?.messages.filter(({ role }) => role === 'tool') ?? [];
  assert.deepEqual(
    results.map((message) => message.tool_call_id),
    ['a', 'b'],
  );
  assert.match(results[0]?.content ?? '', /Asia\/Seoul/);
  assert.match(run.stderr, /Nowhere/);
});

test('the weather tool asks the servers that the settings name; no network is a result for model and person', async () => {
  const server = await startChatServer([callChoices(['a', 'get_weather', '{"city":"Seoul"}']), 'sorry']);
  const run = await runBanter(['-m', 'm', 'weather?'], {
    env: {
      OPENAI_BASE_URL: server.baseUrl,
      BANTER_WEATHER_URL: 'http://127.0.0.1:9/v1/forecast',
      BANTER_GEOCODING_URL: 'http://127.0.0.1:9/v1/search',
    },
  });
  assert.equal(run.code, 0);
  assert.match(run.stderr, /get_weather: error/);
  assert.match(server.bodies()[1]?.messages.at(-1)?.content ?? '', /127\.0\.0\.1:9/);
});

test('--no-tools, -T and --tool-choice decide what is offered', async () => {
  const server = await startChatServer(['a', 'b', 'c']);
  const env = { OPENAI_BASE_URL: server.baseUrl };
  await runBanter(['-m', 'm', '--no-tools', 'x'], { env });
  await runBanter(['-m', 'm', '-T', '-get_weather', 'x'], { env });
  await runBanter(['-m', 'm', '-T', 'get_time', '--tool-choice', 'get_time', 'x'], { env });
  const [none, minus, named] = server.bodies();
  assert.equal(none?.tools, undefined);
  assert.deepEqual(
    minus?.tools?.map((tool) => tool.function.name),
    ['get_time'],
  );
  assert.deepEqual(named?.tool_choice, { type: 'function', function: { name: 'get_time' } });
});

test('a model that only calls tools ends at --max-rounds with 53', async () => {
  const again = callChoices(['a', 'get_time', '{}']);
  const server = await startChatServer([again, again, 'that is all']);
  const run = await runBanter(['-m', 'm', '--max-rounds', '2', 'x'], { env: { OPENAI_BASE_URL: server.baseUrl } });
  assert.equal(run.code, 53);
  assert.equal(run.stdout, 'that is all\n');
});

test('with a schema stdout is exactly the value, after the model was told what was wrong', async () => {
  const schema = schemaFile(person);
  const server = await startChatServer(['{"name":"Ada","age":-36}', '{"name":"Ada","age":36}']);
  const run = await runBanter(['-m', 'm', '--schema', schema, 'Ada Lovelace'], {
    env: { OPENAI_BASE_URL: server.baseUrl },
  });
  assert.equal(run.code, 0);
  assert.equal(run.stdout, '{"name":"Ada","age":36}\n');
  const [first, second] = server.bodies();
  assert.equal(first?.response_format?.type, 'json_schema');
  assert.equal(first?.tools, undefined);
  assert.match(second?.messages.at(-1)?.content ?? '', /age/);
});

test('a schema that is never satisfied is 60, with nothing on stdout and the answer on stderr', async () => {
  const server = await startChatServer(['no JSON', '{}', '[]', 'no', '{"name":1}']);
  const run = await runBanter(['-m', 'm', '--schema', schemaFile(person), 'x'], {
    env: { OPENAI_BASE_URL: server.baseUrl },
  });
  assert.equal(run.code, 60);
  assert.equal(run.stdout, '');
  assert.match(run.stderr, /\{"name":1\}/);
});

test('a schema file that is missing, no JSON or no schema is 2 before any request', async () => {
  const server = await startChatServer([]);
  const folder = temporaryFolder();
  const broken = join(folder, 'broken.json');
  const wrong = join(folder, 'wrong.json');
  writeFileSync(broken, '{"type":');
  writeFileSync(wrong, '{"type":"nonsense"}');
  for (const path of [join(folder, 'missing.json'), broken, wrong, folder]) {
    const run = await runBanter(['-m', 'm', '--schema', path, 'x'], { env: { OPENAI_BASE_URL: server.baseUrl } });
    assert.equal(run.code, 2, run.stderr);
    assert.equal(run.stdout, '');
    assert.equal(run.stderr.trimEnd().split('\n').length, 1);
  }
  assert.equal(server.requests.length, 0);
});

test('an answer cut by the token limit is printed and is 61; with a schema nothing is printed', async () => {
  const server = await startChatServer([
    textChoices('half an', 'length'),
    textChoices('{"name":"A","age":1}', 'length'),
  ]);
  const env = { OPENAI_BASE_URL: server.baseUrl };
  const plain = await runBanter(['-m', 'm', 'x'], { env });
  assert.deepEqual([plain.code, plain.stdout], [61, 'half an\n']);
  const structured = await runBanter(['-m', 'm', '--schema', schemaFile(person), 'x'], { env });
  assert.deepEqual([structured.code, structured.stdout], [61, '']);
});

test('a stream that breaks after text is 61, before any text is 1, and never a short success', async () => {
  const server = await startChatServer([
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(frame({ index: 0, delta: { content: 'so far' }, finish_reason: null }), () => response.destroy());
    },
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(frame({ index: 0, delta: { content: 'so far' }, finish_reason: null }));
    },
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('data: {"error":{"message":"out of memory"}}\n\n');
    },
  ]);
  const env = { OPENAI_BASE_URL: server.baseUrl };
  for (const code of [61, 61]) {
    const run = await runBanter(['-m', 'm', '--retries', '0', 'x'], { env });
    assert.deepEqual([run.code, run.stdout], [code, 'so far\n']);
    assert.match(run.stderr, /^banter: /);
  }
  const reported = await runBanter(['-m', 'm', '--retries', '0', 'x'], { env });
  assert.deepEqual([reported.code, reported.stdout], [1, '']);
  assert.match(reported.stderr, /out of memory/);
});

test('every kind of server failure is one clear line, the right code, and nothing on stdout', async () => {
  const key = 'sk-test-0123456789abcdefghij';
  const answers = [
    [401, 'application/json', `{"error":{"message":"Incorrect API key provided: ${key}"}}`, 41],
    [403, 'application/json', '{"error":"not for you"}', 41],
    [404, 'application/json', '{"error":{"message":"model not found"}}', 1],
    [500, 'text/plain', 'Internal Server Error', 1],
    [200, 'text/html', '<html><title>Please log in</title></html>', 1],
    [200, 'text/event-stream', '', 1],
  ] as const;
  for (const [status, type, body, code] of answers) {
    const server = await startChatServer([
      (response) => {
        response.writeHead(status, { 'content-type': type });
        response.end(body);
      },
    ]);
    const run = await runBanter(['-m', 'm', '--retries', '0', 'x'], {
      env: { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: key },
    });
    assert.equal(run.code, code, `${status} ${type}: ${run.stderr}`);
    assert.equal(run.stdout, '');
    assert.match(run.stderr, /^banter: http:\/\/127\.0\.0\.1:\d+ /);
    assert.equal(run.stderr.trimEnd().split('\n').length, 1, run.stderr);
    assert.ok(!run.stderr.includes(key), 'the key is in the message');
  }
});

test('wrong usage is 2 with one line: flag, profile, model-less, tool, prompt, URL, number', async () => {
  const cases: readonly (readonly [args: readonly string[], code: number, says: RegExp])[] = [
    [['--no-such-flag', 'x'], 2, /--no-such-flag/],
    [['-P', 'nobody', 'x'], 52, /nobody.*openai/],
    [['-P', 'demo', '-T', 'no_such_tool', 'x'], 2, /no_such_tool.*get_time/],
    [['-P', 'demo', '--tool-choice', 'no_such_tool', 'x'], 2, /no_such_tool/],
    [['-P', 'demo', ''], 2, /no prompt/],
    [['-P', 'demo', 'two', 'prompts'], 2, /quotes/],
    [['profile', 'list'], 2, /banter profiles/],
    [['--base-url', 'localhost:8080', '-m', 'm', 'x'], 2, /http:\/\/localhost:8080/],
    [['-P', 'demo', '--max-rounds', 'many', 'x'], 2, /max-rounds/],
    [['-P', 'demo', '--key', 'sk-secret-on-the-command-line', 'x'], 2, /env:VAR/],
    [['-P', 'openai', 'x'], 41, /OPENAI_API_KEY/],
    [['-P', 'demo', '-r', 'nothing-like-it', 'x'], 2, /nothing-like-it/],
    [['-P', 'demo', '-s', '@/no/such/file', 'x'], 2, /no\/such\/file/],
  ];
  for (const [args, code, says] of cases) {
    const run = await runBanter(args);
    assert.equal(run.code, code, `${args.join(' ')}: ${run.stderr}`);
    assert.equal(run.stdout, '', args.join(' '));
    assert.match(run.stderr, says);
    assert.equal(run.stderr.trimEnd().split('\n').length, 1, run.stderr);
    assert.ok(!run.stderr.includes('sk-secret'), 'the key is in the message');
  }
});

test('a reader that leaves early is no failure and no stack trace', async () => {
  const server = await startChatServer([
    (response) => sendChunks(response, textChoices(`first line\n${'more and more words\n'.repeat(20_000)}`)),
  ]);
  const child = startBanter(['-m', 'm', 'x'], { env: { OPENAI_BASE_URL: server.baseUrl } });
  child.stdin.end();
  const stderr: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [code] = await once(child, 'close');
  assert.equal(code, 0);
  assert.equal(Buffer.concat(stderr).toString(), '');
});

test('Ctrl+C stops the answer with 130 and what came is kept on disk', async () => {
  const server = await startChatServer([
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(frame({ index: 0, delta: { content: 'one two' }, finish_reason: null }));
    },
  ]);
  const home = temporaryFolder();
  const child = startBanter(['-m', 'm', 'count'], { env: { OPENAI_BASE_URL: server.baseUrl }, home });
  child.stdin.end();
  const run = finished(child);
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  assert.equal((await run).code, 130);
  const [file] = conversationFiles(home);
  assert.match(readFileSync(file ?? '', 'utf8'), /"one two".*"aborted"/);
});

test('--max-time ends the run with 124', async () => {
  const server = await startChatServer([(response) => void response.writeHead(200).flushHeaders()]);
  const run = await runBanter(['-m', 'm', '--max-time', '0.3', 'x'], { env: { OPENAI_BASE_URL: server.baseUrl } });
  assert.equal(run.code, 124);
});

test('a full disk behind stdout is an error', { skip: process.platform !== 'linux' }, async () => {
  const run = spawnSync('sh', ['-c', `"${process.execPath}" "${program}" -P demo hello > /dev/full`], {
    env: cleanEnvironment(temporaryFolder()),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  assert.equal(run.status, 1);
  assert.match(run.stderr, /stdout/);
});

test('control sequences never reach stdout, split over deltas as they may be; --raw-output keeps them', async () => {
  const pieces = ['a\u001b', ']52;c;aGk=', '\u0007b\u001b[2', 'Jc\r', '\nd'];
  const answer = [
    ...pieces.map((content) => ({ index: 0, delta: { content }, finish_reason: null })),
    { index: 0, delta: {}, finish_reason: 'stop' },
  ];
  const server = await startChatServer([answer, answer]);
  const env = { OPENAI_BASE_URL: server.baseUrl };
  assert.equal((await runBanter(['-m', 'm', 'x'], { env })).stdout, 'abc\nd\n');
  assert.equal((await runBanter(['-m', 'm', '--raw-output', 'x'], { env })).stdout, pieces.join(''));
});

test('every message is on disk in private files, -c and --resume go on, -n leaves nothing', async () => {
  const server = await startChatServer(['one', 'two', 'three', 'four']);
  const home = temporaryFolder();
  const env = { OPENAI_BASE_URL: server.baseUrl };
  const options = { env, home };
  await runBanter(['-m', 'm', 'first question'], options);
  await runBanter(['-m', 'm', '-c', 'second'], options);
  const files = conversationFiles(home);
  assert.equal(files.length, 1);
  assert.equal(statSync(files[0] ?? '').mode & 0o777, 0o600);
  assert.deepEqual(
    server.bodies()[1]?.messages.map(({ content }) => content),
    ['first question', 'one', 'second'],
  );

  const listed = JSON.parse((await runBanter(['history', 'list', '--json'], options)).stdout);
  assert.equal(listed[0].title, 'first question');
  await runBanter(['-m', 'm', '--resume', listed[0].id.slice(0, -4), 'third'], options);
  assert.equal(server.bodies()[2]?.messages.length, 5);
  const shown = await runBanter(['history', 'show', listed[0].id], options);
  assert.match(shown.stdout, /first question[\s\S]*one[\s\S]*second[\s\S]*two[\s\S]*third[\s\S]*three/);

  await runBanter(['-m', 'm', '-n', 'secret'], options);
  assert.equal(conversationFiles(home).length, 1);
});

test('profiles are added, listed, shown, used and removed', async () => {
  const server = await startChatServer(['from the profile']);
  const home = temporaryFolder();
  const options = { home };
  const add = ['profiles', 'add', 'local', '--base-url', server.baseUrl, '--model', 'model-a'];
  assert.equal((await runBanter(add, options)).code, 0);
  assert.match((await runBanter(['profiles', 'list'], options)).stdout, /local .*model-a/);
  assert.equal(JSON.parse((await runBanter(['profiles', 'show', 'local'], options)).stdout).model, 'model-a');
  assert.equal((await runBanter(['profiles', 'use', 'local'], options)).code, 0);
  assert.equal((await runBanter(['hi'], options)).stdout, 'from the profile\n');
  assert.equal((await runBanter(['profiles', 'remove', 'local'], options)).code, 0);
  assert.equal((await runBanter(['hi'], options)).code, 52);
});

test('an ad hoc URL gets no key from the environment unless --key names one', async () => {
  const server = await startChatServer(['a', 'b']);
  const env = { OPENAI_API_KEY: 'sk-0123456789abcdef0123', OTHER_KEY: 'other-0123456789' };
  await runBanter(['--base-url', server.baseUrl, '-m', 'm', 'x'], { env });
  await runBanter(['--base-url', server.baseUrl, '-m', 'm', '--key', 'env:OTHER_KEY', 'x'], { env });
  assert.deepEqual(
    server.requests.map(({ headers }) => headers.authorization),
    [undefined, 'Bearer other-0123456789'],
  );
});

test('--dry-run prints the request with the key masked and sends nothing', async () => {
  const server = await startChatServer([]);
  const key = 'sk-0123456789abcdef0123';
  const run = await runBanter(['-m', 'm', '--dry-run', 'hi'], {
    env: { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: key },
  });
  assert.equal(run.code, 0);
  assert.equal(JSON.parse(run.stdout).body.model, 'm');
  assert.ok(!run.stdout.includes(key));
  assert.equal(server.requests.length, 0);
});

test('-o json is one object and -o stream-json one event a line, also after a failure', async () => {
  const server = await startChatServer(['fine', 'fine', (response) => void response.writeHead(500).end('no')]);
  const env = { OPENAI_BASE_URL: server.baseUrl };
  const json = JSON.parse((await runBanter(['-m', 'm', '-o', 'json', 'x'], { env })).stdout);
  assert.deepEqual([json.text, json.outcome, json.finish, json.profile], ['fine', 'done', 'stop', 'openai']);
  const lines = (await runBanter(['-m', 'm', '-o', 'stream-json', 'x'], { env })).stdout.trimEnd().split('\n');
  const types = lines.map((line) => JSON.parse(line).type);
  assert.deepEqual([types[0], types.at(-1)], ['start', 'end']);
  assert.equal(JSON.parse(lines[0] ?? '').version, 1);
  const failed = await runBanter(['-m', 'm', '-o', 'json', '--retries', '0', 'x'], { env });
  assert.equal(failed.code, 1);
  assert.equal(JSON.parse(failed.stdout).error.kind, 'server');
});

test('a prompt that is the name of a command goes after --', async () => {
  const server = await startChatServer(['ok']);
  await runBanter(['-m', 'm', '--', 'profiles'], { env: { OPENAI_BASE_URL: server.baseUrl } });
  assert.equal(server.bodies()[0]?.messages.at(-1)?.content, 'profiles');
});

test('--help and --version answer on stdout with 0', async () => {
  const help = await runBanter(['--help']);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /--schema/);
  const version = await runBanter(['--version']);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
});

test('damaged settings are said at once, also when the run then fails for want of them', async () => {
  const home = temporaryFolder();
  writeFileSync(join(home, 'settings.json'), '{');
  const run = await runBanter(['hi'], { home });
  assert.equal(run.code, 52);
  assert.match(run.stderr, /settings\.json is damaged .*settings\.corrupt-/);
});

test("a profile's own headers do not go to an ad hoc URL, and a profile keeps no credential header", async () => {
  const server = await startChatServer(['a']);
  const home = temporaryFolder();
  const url = 'http://127.0.0.1:9/v1';
  await runBanter(['profiles', 'add', 'work', '--base-url', url, '-H', 'X-Secret: s3cret'], { home });
  await runBanter(['-P', 'work', '--base-url', server.baseUrl, '-m', 'm', 'hi'], { home });
  assert.equal(server.requests[0]?.headers['x-secret'], undefined);
  const refused = await runBanter(['profiles', 'add', 'x', '--base-url', url, '-H', 'Authorization: Bearer abc'], {
    home,
  });
  assert.equal(refused.code, 2);
});

test('a full disk is an error for every command that prints', { skip: process.platform !== 'linux' }, async () => {
  for (const args of ['--help', 'profiles list', '-P demo --dry-run hi']) {
    const run = spawnSync('sh', ['-c', `"${process.execPath}" "${program}" ${args} > /dev/full`], {
      env: cleanEnvironment(temporaryFolder()),
      stdio: 'ignore',
    });
    assert.equal(run.status, 1, args);
  }
});

test('--max-time and signals end a run whose reader has paused, and one that still waits for stdin', async () => {
  const server = await startChatServer([
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      // Far more than any pipe holds.
      response.end(frame({ index: 0, delta: { content: 'x'.repeat(1000) }, finish_reason: null }).repeat(10_000));
    },
  ]);
  const child = startBanter(['-m', 'm', '--max-time', '0.5', 'x'], { env: { OPENAI_BASE_URL: server.baseUrl } });
  child.stdin.end();
  const [code] = await once(child, 'exit');
  assert.equal(code, 124);
  child.stdout.destroy();

  const waiting = startBanter(['-P', 'demo', '--max-time', '0.5', 'x']);
  const [waitingCode] = await once(waiting, 'exit');
  assert.equal(waitingCode, 124);
  waiting.stdin.destroy();
});

test('a question that failed and the next one go as one message', async () => {
  const server = await startChatServer([(response) => void response.writeHead(500).end('no'), 'fine']);
  const options = { env: { OPENAI_BASE_URL: server.baseUrl }, home: temporaryFolder() };
  await runBanter(['-m', 'm', '--retries', '0', 'first'], options);
  await runBanter(['-m', 'm', '-c', 'second'], options);
  assert.deepEqual(
    server.bodies()[1]?.messages.map(({ role, content }) => [role, content]),
    [['user', 'first\n\nsecond']],
  );
});

test('a reader that leaves hears nothing more on stderr', async () => {
  const command = `"${process.execPath}" "${program}" -P demo -o stream-json "time in Seoul?" | head -1`;
  const run = spawnSync('sh', ['-c', command], { env: cleanEnvironment(temporaryFolder()), encoding: 'utf8' });
  assert.equal(run.stderr, '');
});

test('a credential that the server gives back is not written to disk, wherever it was given', async () => {
  const echo = 'you sent plain-credential-1234';
  const server = await startChatServer([echo, echo]);
  const home = temporaryFolder();
  const header = ['-H', 'Authorization: Bearer plain-credential-1234'];
  await runBanter(['--base-url', server.baseUrl, '-m', 'm', ...header, 'x'], { home });
  const url = server.baseUrl.replace('http://', 'http://me:plain-credential-1234@');
  await runBanter(['--base-url', url, '-m', 'm', 'x'], { home });
  const written = conversationFiles(home).map((path) => readFileSync(path, 'utf8'));
  assert.equal(written.length, 2);
  for (const text of written) {
    assert.match(text, /you sent \[key\]/);
    assert.ok(!text.includes('plain-credential'));
  }
});

test('an answer without a word is a failure, not an empty value', async () => {
  const server = await startChatServer([[{ index: 0, delta: {}, finish_reason: 'stop' }]]);
  const run = await runBanter(['-m', 'm', 'x'], { env: { OPENAI_BASE_URL: server.baseUrl } });
  assert.deepEqual([run.code, run.stdout], [1, '']);
  assert.match(run.stderr, /empty answer/);
});

function schemaFile(schema: object): string {
  const path = join(temporaryFolder(), 'person.json');
  writeFileSync(path, JSON.stringify(schema));
  return path;
}

function conversationFiles(home: string): string[] {
  return readdirSync(home, { recursive: true })
    .map((name) => join(home, String(name)))
    .filter((path) => path.endsWith('.jsonl') && path.includes('conversations'));
}

async function waitForText(stream: NodeJS.ReadableStream, marker: string): Promise<void> {
  let seen = '';
  for await (const chunk of stream) {
    seen += String(chunk);
    if (seen.includes(marker)) return;
  }
  throw new Error(`never saw "${marker}" in: ${seen}`);
}

test('help is a command, and a flag before a command is refused, since the command would not see it', async () => {
  const models = await runBanter(['help', 'models']);
  assert.deepEqual([models.code, models.stdout.startsWith('Usage: banter models')], [0, true]);
  for (const name of ['modls', 'constructor']) {
    const none = await runBanter(['help', name]);
    assert.deepEqual([none.code, none.stdout], [2, '']);
    assert.match(none.stderr, /there is no command/);
  }
  const before = await runBanter(['-P', 'demo', 'models']);
  assert.deepEqual([before.code, before.stdout], [2, '']);
  assert.match(before.stderr, /-P stands before models/);
});

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Answer,
  type ChatBody,
  callChoices,
  frame,
  startChatServer,
  textChoices,
} from '../support/chat-server.ts';
import { finished, runBanter, startBanter, temporaryFolder } from '../support/run-banter.ts';

const person = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } },
  required: ['name', 'age'],
};
const inline = JSON.stringify(person);
const ada = '{"name":"Ada","age":36}';

test('a schema comes from a file, from the command line, in short, from a saved name and from stdin', async () => {
  const home = temporaryFolder();
  const file = join(home, 'person.json');
  writeFileSync(file, inline);
  const saved = await runBanter(['schema', 'save', 'person', file], { home });
  assert.equal(saved.code, 0, saved.stderr);
  for (const source of [file, inline, 'name, age int', '@person', '-']) {
    const server = await startChatServer([ada]);
    const run = await runBanter(['-m', 'm', '--schema', source, 'who?'], {
      home,
      env: { OPENAI_BASE_URL: server.baseUrl },
      ...(source === '-' && { stdin: inline }),
    });
    assert.deepEqual([run.code, run.stdout], [0, `${ada}\n`], `${source}: ${run.stderr}`);
    const schema = sentSchema(server.bodies()[0]);
    assert.deepEqual(Object.keys(schema.properties), ['name', 'age'], source);
    assert.equal(server.bodies()[0]?.messages.at(-1)?.content, 'who?', source);
  }
});

test('other programs call it --json-schema and --output-schema', async () => {
  for (const flag of ['--json-schema', '--output-schema']) {
    const { run } = await ask([flag, inline, 'who?'], [ada]);
    assert.equal(run.stdout, `${ada}\n`);
  }
});

test('--schema-multi asks for many of them', async () => {
  const many = '{"items":[{"name":"Ada","age":36},{"name":"Alan","age":41}]}';
  const { run, server } = await ask(['--schema-multi', 'name, age int', 'who?'], [many]);
  assert.equal(run.stdout, `${many}\n`);
  assert.equal(sentSchema(server.bodies()[0]).properties.items?.type, 'array');
});

test('a wrong schema is 2 before any request, in one line', async () => {
  const folder = temporaryFolder();
  const loop = join(folder, 'loop.json');
  writeFileSync(loop, '{"$ref":"#"}');
  const wrong = [
    '{"type":"nonsense"}',
    '{"type":',
    '[]',
    'false',
    loop,
    join(folder, 'missing.json'),
    '{"$ref":"https://example.com/schema.json"}',
    '{"$ref":"other.json"}',
    '@nobody',
    '@../keys',
    'name string string',
    '',
  ];
  const server = await startChatServer([]);
  for (const source of wrong) {
    const run = await runBanter(['-m', 'm', '--schema', source, 'x'], { env: { OPENAI_BASE_URL: server.baseUrl } });
    assert.deepEqual([run.code, run.stdout], [2, ''], `${source}: ${run.stderr}`);
    assert.match(run.stderr, /^banter: .+\n$/, source);
  }
  assert.equal(server.requests.length, 0);
});

test('a rung that is refused is left for the next, which is remembered for the next run', async () => {
  const home = temporaryFolder();
  const server = await startChatServer([
    refuse('response_format is not supported by this model'),
    callChoices(['c1', 'answer', ada]),
    callChoices(['c1', 'answer', ada]),
  ]);
  const env = { OPENAI_BASE_URL: server.baseUrl };
  const first = await runBanter(['-m', 'm', '--schema', inline, '-o', 'json', 'who?'], { home, env });
  assert.equal(first.code, 0, first.stderr);
  const report = JSON.parse(first.stdout);
  assert.equal(report.schemaMode, 'tool');
  assert.deepEqual(report.json, { name: 'Ada', age: 36 });
  assert.deepEqual(
    report.schemaAttempts.map(({ mode, result }: { mode: string; result: string }) => [mode, result]),
    [
      ['native', 'refused'],
      ['tool', 'valid'],
    ],
  );
  const second = await runBanter(['-m', 'm', '--schema', inline, 'who?'], { home, env });
  assert.equal(second.stdout, `${ada}\n`);
  assert.equal(server.bodies().length, 3);
  assert.equal(server.bodies()[2]?.response_format, undefined);
});

test('a server that refuses everything but words is still asked for JSON, in words', async () => {
  const no = refuse('this parameter is not supported: response_format, tools');
  const { run, server } = await ask(['--schema', inline, 'who?'], [no, no, no, ada]);
  assert.deepEqual([run.code, run.stdout], [0, `${ada}\n`], run.stderr);
  const last = server.bodies().at(-1);
  assert.equal(last?.response_format, undefined);
  assert.equal(last?.tools, undefined);
  assert.match(last?.messages[0]?.content ?? '', /JSON Schema/);
});

test('a server that ignores the schema is found out, and asked otherwise', async () => {
  const { run } = await ask(
    ['--schema', inline, '--explain', 'who?'],
    ['Ada was 36.', callChoices(['c', 'answer', ada])],
  );
  assert.deepEqual([run.code, run.stdout], [0, `${ada}\n`], run.stderr);
  assert.match(run.stderr, /1\. native: ignored/);
  assert.match(run.stderr, /2\. tool: valid/);
});

test('a model that is wrong twice and then right has been told what was wrong', async () => {
  const wrong = '{"name":"Ada","age":-1}';
  const { run, server } = await ask(['--schema', inline, 'who?'], [wrong, wrong, ada]);
  assert.deepEqual([run.code, run.stdout], [0, `${ada}\n`], run.stderr);
  assert.match(server.bodies()[2]?.messages.at(-1)?.content ?? '', /\/age/);
});

test('--schema-mode pins the rung: each is another request', async () => {
  const answers: Readonly<Record<string, Answer>> = {
    native: ada,
    tool: callChoices(['c', 'answer', ada]),
    json: ada,
    prompt: ada,
  };
  for (const [mode, answer] of Object.entries(answers)) {
    const { run, server } = await ask(['--schema', inline, '--schema-mode', mode, 'who?'], [answer]);
    assert.deepEqual([run.code, run.stdout], [0, `${ada}\n`], `${mode}: ${run.stderr}`);
    const body = server.bodies()[0];
    const shape = [(body?.response_format as { type?: string } | undefined)?.type, body?.tools?.length];
    const expected = { native: ['json_schema', undefined], tool: [undefined, 1], json: ['json_object', undefined] };
    assert.deepEqual(shape, expected[mode as keyof typeof expected] ?? [undefined, undefined], mode);
  }
});

test('the value is found in prose, in a fence and after thoughts, if there is exactly one', async () => {
  const mode = ['--schema', inline, '--schema-mode', 'prompt', '--schema-retries', '0', 'who?'];
  for (const answer of [
    `Here it is:\n\`\`\`json\n${ada}\n\`\`\`\nAnything else?`,
    `<think>Is it {"name":"Bob","age":1}?</think>${ada}`,
    `\ufeff${ada}`,
    `Sure! ${ada}.`,
    "{'name': 'Ada', 'age': 36,}",
  ]) {
    const { run } = await ask(mode, [answer]);
    assert.deepEqual([run.code, run.stdout], [0, `${ada}\n`], answer);
  }
  const { run } = await ask(mode, [`${ada} or {"name":"Bob","age":1}`]);
  assert.deepEqual([run.code, run.stdout], [60, '']);
});

test('stdout is one value or nothing: unsatisfied is 60, cut 61, refused 62, and what came is on stderr', async () => {
  const args = ['--schema', inline, '--schema-mode', 'native', '--schema-retries', '0', 'who?'];
  const cases: readonly (readonly [Answer, number])[] = [
    ['{"name":"Ada","age":"old"}', 60],
    [textChoices(ada, 'length'), 61],
    [textChoices('I will not.', 'content_filter'), 62],
  ];
  for (const [answer, code] of cases) {
    const { run } = await ask(args, [answer]);
    assert.deepEqual([run.code, run.stdout], [code, ''], run.stderr);
    assert.match(run.stderr, code === 62 ? /I will not\./ : /"name":"Ada"/);
  }
});

test('--stream-items prints an element as soon as it is whole, while the model is still writing', async () => {
  let goOn = (): void => {};
  const seen = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const server = await startChatServer([
    async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(content('{"items":[{"name":"Ada","age":36},{"name":"Al'));
      await seen;
      response.write(content('an","age":41}]}'));
      response.end(`${frame({ index: 0, delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`);
    },
  ]);
  const child = startBanter(['-m', 'm', '--schema-multi', inline, '--stream-items', 'who?'], {
    env: { OPENAI_BASE_URL: server.baseUrl },
  });
  child.stdin.end();
  const run = finished(child);
  child.stdout.once('data', (chunk: Buffer) => {
    assert.equal(chunk.toString(), `${ada}\n`);
    goOn();
  });
  assert.deepEqual(await run, { code: 0, stdout: `${ada}\n{"name":"Alan","age":41}\n`, stderr: '' });
});

test('an element that is wrong is left out and said, and the run is 60', async () => {
  const { run } = await ask(
    ['--schema-multi', inline, '--stream-items', 'who?'],
    ['{"items":[{"name":"Ada","age":36},{"name":"Bob","age":-1},{"name":"Alan","age":41}]}'],
  );
  assert.equal(run.code, 60);
  assert.equal(run.stdout, `${ada}\n{"name":"Alan","age":41}\n`);
  assert.match(run.stderr, /element 2 is left out: \/age/);
});

test('with -o stream-json the elements are events', async () => {
  const { run } = await ask(
    ['--schema-multi', inline, '--stream-items', '-o', 'stream-json', 'who?'],
    [`{"items":[${ada}]}`],
  );
  const items = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'item');
  assert.deepEqual(items, [{ type: 'item', json: JSON.parse(ada) }]);
});

test('the value comes as YAML, CSV, TSV or a table, and only where there is a schema', async () => {
  const many = '{"items":[{"name":"김유신","id":12345678901234567890},{"name":"=1+1","id":2}]}';
  const schema = '{"type":"object","properties":{"items":{"type":"array","items":{"type":"object"}}}}';
  const printed = async (form: string) => {
    const { run } = await ask(['--schema', schema, '-o', form, 'who?'], [many]);
    assert.equal(run.code, 0, run.stderr);
    return run.stdout;
  };
  assert.equal(await printed('csv'), `name,id\n김유신,12345678901234567890\n'=1+1,2\n`);
  assert.equal(await printed('tsv'), `name\tid\n김유신\t12345678901234567890\n'=1+1\t2\n`);
  assert.match(await printed('yaml'), /items:\n +- name: 김유신\n +id: 12345678901234567890\n/);
  assert.match(await printed('table'), /김유신 +│? *12345678901234567890/);
  const { run } = await ask(['-o', 'csv', 'who?'], []);
  assert.deepEqual([run.code, run.stdout], [2, '']);
});

test('integers beyond 2^53 keep their digits on every rung', async () => {
  const schema = '{"type":"object","properties":{"id":{"type":"integer"}},"required":["id"]}';
  const value = '{"id":12345678901234567890}';
  for (const mode of ['native', 'prompt']) {
    const { run } = await ask(['--schema', schema, '--schema-mode', mode, 'x'], [value]);
    assert.equal(run.stdout, `${value}\n`);
  }
});

test('a regular expression, a choice, and the exit code when they do not hold', async () => {
  const year = await ask(['--regex', '\\d{4}', 'when?'], ['In 1815.', '1815']);
  assert.deepEqual([year.run.code, year.run.stdout], [0, '1815\n'], year.run.stderr);
  const choice = await ask(['--choice', 'yes,no', 'so?'], ['Yes.']);
  assert.deepEqual([choice.run.code, choice.run.stdout], [0, 'yes\n'], choice.run.stderr);
  const none = await ask(['--choice', 'yes,no', '--schema-retries', '0', 'so?'], ['perhaps']);
  assert.deepEqual([none.run.code, none.run.stdout], [60, '']);
  for (const args of [
    ['--regex', '('],
    ['--choice', 'yes'],
    ['--choice', 'a,b', '--regex', 'c'],
  ]) {
    const { run, server } = await ask([...args, 'x'], []);
    assert.equal(run.code, 2, run.stderr);
    assert.equal(server.requests.length, 0);
  }
});

test('a pattern that would take for ever is stopped and said', async () => {
  const { run } = await ask(['--regex', '(a+)+$', '--schema-retries', '0', 'x'], [`${'a'.repeat(40)}!`]);
  assert.deepEqual([run.code, run.stdout], [60, '']);
  assert.match(run.stderr, /longer than 1 s/);
});

test('--output-file gets what stdout would, and stays as it was when there is no value', async () => {
  const home = temporaryFolder();
  const file = join(home, 'out.json');
  const args = ['--schema', inline, '--schema-mode', 'native', '--schema-retries', '0', '--output-file', file, 'who?'];
  const good = await ask(args, [ada], home);
  assert.deepEqual([good.run.code, good.run.stdout], [0, '']);
  assert.equal(readFileSync(file, 'utf8'), `${ada}\n`);
  const bad = await ask(args, ['no'], home);
  assert.equal(bad.run.code, 60);
  assert.equal(readFileSync(file, 'utf8'), `${ada}\n`);
  assert.deepEqual(
    readdirSync(home).filter((name) => name.includes('.tmp-')),
    [],
  );
});

test('--output-file is opened before anything is asked', async () => {
  const home = temporaryFolder();
  for (const file of ['', home, join(home, 'no', 'folder')]) {
    const { run, server } = await ask(['--output-file', file, 'hi'], ['x'], home);
    assert.deepEqual([run.code, run.stdout], [2, ''], file);
    assert.match(run.stderr, /^banter: --output-file: .+\n$/);
    assert.equal(server.requests.length, 0);
  }
});

test('of a free answer --output-file gets what came; elements of a value that is none it does not get', async () => {
  const home = temporaryFolder();
  const file = join(home, 'out.txt');
  const outputs: readonly (readonly [args: readonly string[], answer: Answer, code: number, left: string])[] = [
    [['hi'], textChoices('half a sen', 'length'), 61, 'half a sen\n'],
    [['hi'], refuse('no such model'), 1, 'old'],
    [['hi'], textChoices('I will not.', 'content_filter'), 62, 'old'],
    [['--schema-multi', inline, '--stream-items', 'hi'], `{"items":[${ada},{"name":"Bob"}]}`, 60, 'old'],
    [['--schema-multi', inline, '--stream-items', 'hi'], '{"items":[]}', 0, ''],
  ];
  for (const [args, answer, code, left] of outputs) {
    writeFileSync(file, 'old');
    const { run } = await ask(['--output-file', file, ...args], [answer], home);
    assert.deepEqual([run.code, run.stdout, readFileSync(file, 'utf8')], [code, '', left], run.stderr);
  }
});

test('Ctrl+C keeps what came for --output-file', async () => {
  const home = temporaryFolder();
  const server = await startChatServer([
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(content('one two'));
    },
  ]);
  const file = join(home, 'out.txt');
  const options = { env: { OPENAI_BASE_URL: server.baseUrl }, home };
  const child = startBanter(['-m', 'm', '--output-file', file, 'count'], options);
  child.stdin.end();
  const run = finished(child);
  const arriving = (): boolean =>
    readdirSync(home).some((name) => name.startsWith('out.txt.tmp-') && readFileSync(join(home, name)).length > 0);
  while (!arriving()) await delay(20);
  child.kill('SIGINT');
  assert.equal((await run).code, 130);
  assert.equal(readFileSync(file, 'utf8'), 'one two\n');
});

test('a place in a YAML file is a schema', async () => {
  const home = temporaryFolder();
  const file = join(home, 'pets.yaml');
  writeFileSync(file, 'components:\n  schemas:\n    Pet: {type: object, properties: {name: {type: string}}}\n');
  const run = await runBanter(['-P', 'demo', '--schema', `${file}#/components/schemas/Pet`, 'a cat'], { home });
  assert.deepEqual([run.code, Object.keys(JSON.parse(run.stdout))], [0, ['name']], run.stderr);
});

test('--dry-run shows the first rung, with the schema as it would be sent', async () => {
  const { run, server } = await ask(['--schema', inline, '--dry-run', 'who?'], []);
  const { body } = JSON.parse(run.stdout);
  assert.equal(body.response_format.json_schema.strict, true);
  assert.equal(server.requests.filter(({ path }) => path.endsWith('/chat/completions')).length, 0);
});

test('the demo fills a schema', async () => {
  const run = await runBanter(['-P', 'demo', '--schema', 'name, age int, tags list', 'Ada']);
  assert.equal(run.code, 0, run.stderr);
  const value = JSON.parse(run.stdout);
  assert.deepEqual(Object.keys(value), ['name', 'age', 'tags']);
});

test('a saved schema is not looked for in the working directory', async () => {
  const home = temporaryFolder();
  mkdirSync(join(home, 'schemas'), { recursive: true });
  const run = await runBanter(['-P', 'demo', '--schema', '@nobody', 'x'], { home });
  assert.equal(run.code, 2);
});

async function ask(args: readonly string[], answers: readonly Answer[], home = temporaryFolder()) {
  const server = await startChatServer(answers);
  const run = await runBanter(['-m', 'm', ...args], { home, env: { OPENAI_BASE_URL: server.baseUrl } });
  return { run, server };
}

function refuse(message: string): Answer {
  return (response) => {
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message, type: 'invalid_request_error' } }));
  };
}

function content(text: string): string {
  return frame({ index: 0, delta: { content: text }, finish_reason: null });
}

interface SentSchema {
  readonly properties: Readonly<Record<string, { readonly type?: string }>>;
}

function sentSchema(body: ChatBody | undefined): SentSchema {
  const format = body?.response_format as { readonly json_schema?: { readonly schema: SentSchema } } | undefined;
  assert.ok(format?.json_schema, 'a schema was sent');
  return format.json_schema.schema;
}

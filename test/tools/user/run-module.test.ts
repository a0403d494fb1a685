/** Cases X17 to X26 and X44 for modules: whatever they do, the call ends as a result or an error, and this process lives. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { isChatError } from '../../../src/core/error.ts';
import { toResultText } from '../../../src/session/tool-result.ts';
import { startChildren } from '../../../src/tools/user/children.ts';
import { findNamedFile } from '../../../src/tools/user/find-tool-files.ts';
import { moduleSource } from '../../../src/tools/user/module-source.ts';
import { runFile } from '../../../src/tools/user/run-file.ts';
import { runTool } from '../../support/run-tool.ts';
import { host, load, makeFolder, moduleText, runOnly, write } from './tool-folder.ts';

/** Runs a module with this body, without asking it what it is. */
async function run(t: TestContext, body: string, args = {}): Promise<unknown> {
  const path = write(makeFolder(t), 'a.mjs', moduleText('a', body));
  const children = startChildren(host);
  t.after(() => children.kill());
  const description = { name: 'a', description: 'For a test.', parameters: { type: 'object' }, safe: false, env: [] };
  return runFile(findNamedFile(path, host), {
    description,
    args,
    signal: new AbortController().signal,
    children,
    host,
  });
}

test('a module gets its arguments and its result comes back', async (t) => {
  const args = { city: '서울', nested: [1, { deep: '\u2028"\n' }] };
  assert.equal(await run(t, 'return args', args), JSON.stringify(args));
});

test('a module that throws, rejects or throws something odd fails with its words', async (t) => {
  await assert.rejects(run(t, 'throw new Error("no such city")'), /no such city$/);
  await assert.rejects(run(t, 'return Promise.reject(new TypeError("wrong"))'), /TypeError: wrong/);
  await assert.rejects(run(t, 'throw "just text"'), /just text/);
  await assert.rejects(run(t, 'throw undefined'), /undefined was thrown/);
  await assert.rejects(run(t, 'throw { get message() { throw 1 }, toJSON() { throw 2 } }'), /cannot be read/);
});

test('a promise that never settles ends the call when nothing else is going on', async (t) => {
  await assert.rejects(run(t, 'return new Promise(() => {})'), /^Error: its promise never settled$/);
  await assert.rejects(
    run(t, 'console.error("waiting"); return new Promise(() => {})'),
    /^Error: its promise never settled; it printed: waiting$/,
  );
});

test('an endless loop ends when it is cancelled, and its process with it at close', async (t) => {
  const folder = makeFolder(t);
  const body = 'await (await import("node:fs/promises")).writeFile(args.file, String(process.pid)); for (;;);';
  write(folder, 'a.mjs', moduleText('a', body));
  const { tools, close } = await load(t, folder);
  const file = join(folder, '..', 'pid');
  const call = { id: '1', name: 'a', arguments: JSON.stringify({ file }) };
  const stop = new AbortController();
  const result = runTool(call, { tools, timeoutMs: 60_000, signal: stop.signal });
  const processId = await readWhenWritten(file);
  stop.abort();
  assert.equal((await result).outcome, 'cancelled');
  await close();
  await waitUntilGone(processId);
});

test('a tool that ignores its signal is ended within the grace time without close', async (t) => {
  const folder = makeFolder(t);
  const body =
    'process.on("SIGTERM", () => {}); await (await import("node:fs/promises")).writeFile(args.file, String(process.pid)); for (;;);';
  write(folder, 'a.mjs', moduleText('a', body));
  const loaded = await load(t, folder);
  const file = join(folder, '..', 'pid');
  const stop = new AbortController();
  const result = runOnly(loaded, { file }, stop.signal);
  const processId = await readWhenWritten(file);
  stop.abort();
  await assert.rejects(result, (error) => isChatError(error, 'aborted'));
  await waitUntilGone(processId);
});

test('a tool may clean up when it is cancelled', async (t) => {
  const folder = makeFolder(t);
  const body = `const { writeFileSync } = await import("node:fs");
    signal.addEventListener('abort', () => writeFileSync(args.file + '.clean', 'yes'));
    writeFileSync(args.file, String(process.pid));
    await new Promise((resolve) => { setTimeout(resolve, 60_000); signal.addEventListener('abort', resolve); });`;
  write(folder, 'a.mjs', moduleText('a', body));
  const loaded = await load(t, folder);
  const file = join(folder, '..', 'pid');
  const stop = new AbortController();
  const result = runOnly(loaded, { file }, stop.signal);
  const processId = await readWhenWritten(file);
  stop.abort();
  await assert.rejects(result, (error) => isChatError(error, 'aborted'));
  await waitUntilGone(processId);
  assert.equal(readFileSync(`${file}.clean`, 'utf8'), 'yes');
});

test('a module that takes longer may print and clean up when it is cancelled', async (t) => {
  const folder = makeFolder(t);
  const body = `const { writeFileSync } = await import("node:fs");
    setTimeout(() => writeFileSync(args.file, String(process.pid)), 700);
    await new Promise((resolve) => { setTimeout(resolve, 60_000); signal.addEventListener('abort', resolve); });
    console.log('x'.repeat(200_000)); console.error('bye');
    await new Promise((resolve) => setTimeout(resolve, 100));
    writeFileSync(args.file + '.clean', 'yes')`;
  write(folder, 'a.mjs', moduleText('a', body));
  const loaded = await load(t, folder);
  const file = join(folder, '..', 'pid');
  const stop = new AbortController();
  const result = assert.rejects(runOnly(loaded, { file }, stop.signal), (error) => isChatError(error, 'aborted'));
  await readWhenWritten(file);
  stop.abort();
  await result;
  await loaded.close();
  assert.equal(readFileSync(`${file}.clean`, 'utf8'), 'yes');
});

test('nothing in the working directory is run in place of what a module means', async (t) => {
  const folder = makeFolder(t);
  const here = join(folder, '..', 'hostile');
  const planted = 'throw new Error("planted"); export {};';
  for (const name of ['dep', 'node:fs', 'fs']) {
    mkdirSync(join(here, 'node_modules', name), { recursive: true });
    write(join(here, 'node_modules', name), 'index.js', planted);
  }
  for (const name of ['fs.js', 'index.js', 'node', '[eval1]']) write(here, name, planted, 0o755);
  const settings = { type: 'commonjs', imports: { '#dep': './fs.js' }, main: './fs.js' };
  write(here, 'package.json', JSON.stringify(settings));
  write(here, '.npmrc', 'node-options=--import ./fs.js\n');
  write(here, '.env', 'NODE_OPTIONS=--import ./fs.js\n');
  write(here, 'node.config.json', JSON.stringify({ nodeOptions: { import: ['./fs.js'] } }));
  mkdirSync(join(folder, 'node_modules', 'dep'), { recursive: true });
  write(join(folder, 'node_modules', 'dep'), 'index.js', 'module.exports = "beside the tool"');
  write(folder, 'a.mjs', `import dep from 'dep';\n${moduleText('a', 'return [dep, process.cwd()]')}`);
  const before = process.cwd();
  process.chdir(here);
  try {
    const loaded = await load(t, folder);
    assert.deepEqual(JSON.parse(String(await runOnly(loaded))), ['beside the tool', realpathSync(here)]);
  } finally {
    process.chdir(before);
  }
});

test('process.exit, a kill from inside and a later rejection fail the call alone', async (t) => {
  await assert.rejects(run(t, 'process.exit(0)'), /ended with exit code 0 and without a result/);
  await assert.rejects(run(t, 'console.error("bye"); process.exit(7)'), /exit code 7; it printed: bye/);
  await assert.rejects(
    run(t, 'process.kill(process.pid, "SIGKILL"); await new Promise((r) => setTimeout(r, 9e4))'),
    /ended by SIGKILL/,
  );
  const later = 'Promise.reject(new Error("floating")); await new Promise((r) => setTimeout(r, 9e4))';
  await assert.rejects(run(t, later), /exit code 1; it printed: [\s\S]*floating/);
});

test('a rejection after the result and timers that go on are nobody’s concern', async (t) => {
  const body = 'setTimeout(() => Promise.reject(new Error("late")), 0); setInterval(() => {}, 1000); return "here"';
  assert.equal(await run(t, body), 'here');
});

test('every kind of result is the text the session would make of it', async (t) => {
  const circle: Record<string, unknown> = { a: 1 };
  circle.self = circle;
  const alone: readonly (readonly [string, unknown])[] = [
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['12345678901234567890n', 12345678901234567890n],
    ['Symbol("s")', Symbol('s')],
    ['function named() {}', function named() {}],
    ['new Date(0)', new Date(0)],
    ['Buffer.alloc(70)', Buffer.alloc(70)],
    ['"\\ud800 alone"', '\ud800 alone'],
  ];
  const inside: readonly (readonly [string, unknown])[] = [
    ...alone,
    ['null', null],
    ['""', ''],
    ['-0', -0],
    ['false', false],
    ['new Date(NaN)', new Date(Number.NaN)],
    ['new ArrayBuffer(9)', new ArrayBuffer(9)],
    ['new Map([["k", 1n]])', new Map([['k', 1n]])],
    ['new Set([1, Infinity])', new Set([1, Number.POSITIVE_INFINITY])],
    ['new RangeError("r")', new RangeError('r')],
    ['{ d: new Date(0), u: undefined, f() {} }', { d: new Date(0), u: undefined, f() {} }],
    ['{ toJSON() { return { from: "json" } } }', { toJSON: () => ({ from: 'json' }) }],
    ['(() => { const c = { a: 1 }; c.self = c; return c })()', circle],
  ];
  const list = (values: typeof alone): string => `[${values.map(([source]) => source).join(', ')}]`;
  assert.equal(await run(t, `return ${list(inside)}`), toResultText(inside.map(([, value]) => value)));
  const results = await Promise.all(alone.map((_, index) => run(t, `return ${list(alone)}[args.index]`, { index })));
  alone.forEach(([source, value], index) => {
    assert.equal(toResultText(results[index]), toResultText(value).toWellFormed(), source);
  });
});

test('a result too deep to write is an error, not an end', async (t) => {
  await assert.rejects(run(t, 'let a = []; for (let i = 0; i < 1e5; i += 1) a = [a]; return a'), /RangeError/);
});

test('the longest string there is arrives as its head and tail', async (t) => {
  const text = await run(t, 'return "h" + "x".repeat(2 ** 29 - 26) + "t"');
  assert.match(String(text), /^hx+\n\[\.\.\. \d+ of 536870888 bytes left out here \.\.\.\]\nx+t$/);
  assert.ok(Buffer.byteLength(String(text)) <= 32 * 1024);
});

test('a long result of wide characters is cut between them', async (t) => {
  const text = String(await run(t, 'return "가".repeat(1e6)'));
  assert.match(text, /^가+\n\[\.\.\. \d+ of 3000000 bytes left out here \.\.\.\]\n가+$/);
  const middle = String(await run(t, 'return "가".repeat(20_000)'));
  assert.match(middle, /^가+\n\[\.\.\. \d+ of 60000 bytes left out here \.\.\.\]\n가+$/);
});

test('what a module prints stays out of its result', async (t) => {
  const folder = makeFolder(t);
  const body = `console.log('\\u001b[2J to stdout'); console.error('to stderr');
    (await import('node:fs')).writeSync(1, 'raw'); process.stdout.write('x'.repeat(300_000)); return 'result'`;
  write(folder, 'a.mjs', `console.log('at import');\n${moduleText('a', body)}`);
  assert.equal(await runOnly(await load(t, folder)), 'result');
});

test('a module that prints without end is stopped', async (t) => {
  const body =
    'const { writeSync } = await import("node:fs"); const x = Buffer.alloc(1 << 20, 120); for (;;) writeSync(1, x);';
  await assert.rejects(run(t, body), /wrote more than 64 MiB/);
});

test('a module sees no key of the environment but what it asks for by name', async (t) => {
  const folder = makeFolder(t);
  write(folder, 'a.mjs', moduleText('a', 'return process.env', "env: ['GITHUB_TOKEN'],"));
  const environment = {
    ...{ PATH: '/usr/bin', LC_TIME: 'ko_KR.UTF-8', TZ: 'Asia/Seoul', GITHUB_TOKEN: 'asked-for' },
    ...{
      OPENAI_API_KEY: 'sk-secret',
      HF_TOKEN: 'hf_secret',
      BANTER_API_KEY: 'secret',
      HTTPS_PROXY: 'http://u:p@proxy',
    },
    ...{ NODE_OPTIONS: '--no-such-flag' },
  };
  const loaded = await load(t, folder, { host: { ...host, environment } });
  assert.deepEqual(loaded.tools[0]?.environmentNames, ['GITHUB_TOKEN']);
  assert.deepEqual(JSON.parse(String(await runOnly(loaded))), {
    GITHUB_TOKEN: 'asked-for',
    LC_TIME: 'ko_KR.UTF-8',
    PATH: '/usr/bin',
    TZ: 'Asia/Seoul',
  });
});

test('a module’s process ends when the chat is gone', async (t) => {
  const path = write(makeFolder(t), 'a.mjs', moduleText('a', 'await new Promise((r) => setTimeout(r, 9e4))'));
  const child = spawn(process.execPath, ['--input-type=module', '--eval', moduleSource], {
    stdio: ['pipe', 'ignore', 'inherit', 'pipe'],
  });
  const task = { task: 'run', url: pathToFileURL(path).href, args: {}, maxText: 100 };
  // The end of the chat closes the pipe.
  child.stdin?.end(`${JSON.stringify(task)}\n`);
  assert.deepEqual(await once(child, 'exit'), [1, null]);
});

test('an aborted signal before the call starts nothing', async (t) => {
  const folder = makeFolder(t);
  write(folder, 'a.mjs', moduleText('a', '(await import("node:fs")).writeFileSync(args.file, "")'));
  const file = join(folder, '..', 'ran');
  await assert.rejects(runOnly(await load(t, folder), { file }, AbortSignal.abort()), (error) =>
    isChatError(error, 'aborted'),
  );
  assert.equal(existsSync(file), false);
});

test('eight calls at once come back each with its own result', async (t) => {
  const folder = makeFolder(t);
  write(folder, 'a.mjs', moduleText('a', 'return args.n'));
  const [tool] = (await load(t, folder)).tools;
  const calls = Array.from({ length: 8 }, (_, n) => tool?.run({ n }, { signal: new AbortController().signal }));
  assert.deepEqual(
    await Promise.all(calls),
    Array.from({ length: 8 }, (_, n) => String(n)),
  );
});

/** The test's own time limit guards both. */
async function readWhenWritten(file: string): Promise<number> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await wait(10);
  return Number(readFileSync(file, 'utf8'));
}

async function waitUntilGone(processId: number): Promise<void> {
  for (;;) {
    try {
      process.kill(processId, 0);
    } catch {
      // ESRCH: that is what is waited for.
      return;
    }
    await wait(10);
  }
}

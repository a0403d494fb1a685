/** Programs in any language: arguments on stdin, result on stdout, and nothing of them is left when a call ends. */

import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { isChatError } from '../../../src/core/error.ts';
import { host, load, makeFolder, runOnly, scriptText, shellDescription, write } from './tool-folder.ts';

async function run(t: TestContext, body: string, args = {}): Promise<unknown> {
  const folder = makeFolder(t);
  write(folder, 'a.sh', scriptText('a', body), 0o755);
  return runOnly(await load(t, folder), args);
}

test('a program reads its arguments on stdin and its stdout is the result', async (t) => {
  const args = { city: '서울', quote: '"\'$(id)' };
  assert.equal(await run(t, 'cat', args), JSON.stringify(args));
  assert.equal(await run(t, 'echo hello; echo aside >&2'), 'hello');
  assert.equal(await run(t, 'printf \'{"n": 12345678901234567890}\''), '{"n": 12345678901234567890}');
  assert.equal(await run(t, ':'), undefined);
});

test('a program runs where banter was started', async (t) => {
  assert.equal(await run(t, 'pwd -P'), realpathSync(process.cwd()));
});

test('an exit code other than 0 fails the call with stderr, or else with stdout', async (t) => {
  await assert.rejects(run(t, 'echo ignored; echo no such city >&2; exit 3'), /exit code 3; it printed: no such city$/);
  await assert.rejects(run(t, 'echo only this; exit 3'), /exit code 3; it printed: only this$/);
  await assert.rejects(run(t, 'kill -9 $$'), /ended by SIGKILL/);
  await assert.rejects(run(t, 'head -c 100000 /dev/zero | tr "\\0" e >&2; exit 1'), /printed: …e{2000}$/);
});

test('a program that does not read 5 MB of arguments is not disturbed', async (t) => {
  assert.equal(await run(t, 'exec 0<&-; echo fine', { text: 'x'.repeat(5_000_000) }), 'fine');
});

test('long output keeps its head and tail; endless output is stopped', async (t) => {
  const text = String(await run(t, 'echo start; head -c 3000000 /dev/zero | tr "\\0" x; echo end'));
  assert.match(text, /^start\nx+\n\[\.\.\. \d+ of 3000010 bytes left out here \.\.\.\]\nx+end$/);
  assert.ok(Buffer.byteLength(text) <= 32 * 1024);
  await assert.rejects(run(t, 'yes'), /wrote more than 64 MiB/);
});

test('a program that leaves something running in the background ends with its own exit', async (t) => {
  assert.equal(await run(t, 'sleep 3 & echo done'), 'done');
});

test('a program that closes its stdout early lives on, and its exit decides', async (t) => {
  await assert.rejects(run(t, 'echo done; exec 1>&-; sleep 1.3; exit 3'), /exit code 3; it printed: done$/);
});

test('a program that was changed after it was loaded is not run', async (t) => {
  const folder = makeFolder(t);
  const changed = /a\.sh was not run: it has changed since it was loaded; start banter again$/;
  const path = write(folder, 'a.sh', scriptText('a', 'echo before'), 0o755);
  const loaded = await load(t, folder);
  appendFileSync(path, 'echo after\n');
  await assert.rejects(runOnly(loaded), changed);

  const beside = write(folder, 'a.json', shellDescription('a'));
  const described = await load(t, folder);
  assert.equal(await runOnly(described), 'before\nafter');
  writeFileSync(beside, shellDescription('b'));
  await assert.rejects(runOnly(described), changed);
  rmSync(beside);
  await assert.rejects(runOnly(described), /a\.sh was not run: a\.json: it does not exist$/);
});

test('a program that was replaced by another of the same size and time is not run', async (t) => {
  const folder = makeFolder(t);
  const path = write(folder, 'a.sh', scriptText('a', 'echo one'), 0o755);
  utimesSync(path, 1, 1);
  const loaded = await load(t, folder);
  const other = write(dirname(folder), 'other.sh', scriptText('a', 'echo two'), 0o755);
  utimesSync(other, 1, 1);
  renameSync(other, path);
  await assert.rejects(runOnly(loaded), /it has changed since it was loaded/);
});

test('a program whose interpreter is missing says so', async (t) => {
  const folder = makeFolder(t);
  const description = `${shellDescription('a')}\n`;
  write(folder, 'a.json', description);
  write(folder, 'a', '#!/no/such/interpreter\n', 0o755);
  await assert.rejects(runOnly(await load(t, folder)), /could not be started: what its #! line names was not found/);
});

test('a cancelled call ends the program and all it started, also what ignores SIGTERM', async (t) => {
  const folder = makeFolder(t);
  const body =
    'trap "" TERM; (trap "" TERM; while :; do sleep 0.05; done) & echo "$!" > "$0.pid.part"; mv "$0.pid.part" "$0.pid"; wait; wait';
  const path = write(folder, 'a.sh', scriptText('a', body), 0o755);
  const stop = new AbortController();
  const loaded = await load(t, folder);
  const result = runOnly(loaded, {}, stop.signal);
  while (!existsSync(`${path}.pid`)) await wait(10);
  const grandchild = Number(readFileSync(`${path}.pid`, 'utf8'));
  stop.abort();
  await assert.rejects(result, (error) => isChatError(error, 'aborted'));
  await waitUntilGone(grandchild);
});

test('what is cancelled may print and clean up, and close waits for it', async (t) => {
  const folder = makeFolder(t);
  const body =
    'trap \'echo bye; echo bye >&2; sleep 0.2; echo > "$0.clean"; exit\' TERM; echo > "$0.begun"; while :; do sleep 0.02; done';
  const path = write(folder, 'a.sh', scriptText('a', body), 0o755);
  const stop = new AbortController();
  const loaded = await load(t, folder);
  const result = runOnly(loaded, {}, stop.signal);
  while (!existsSync(`${path}.begun`)) await wait(10);
  stop.abort();
  await assert.rejects(result, (error) => isChatError(error, 'aborted'));
  assert.equal(existsSync(`${path}.clean`), false);
  await loaded.close();
  assert.equal(existsSync(`${path}.clean`), true);
});

test('close asks what still runs to end, and ends it after a second', async (t) => {
  const folder = makeFolder(t);
  const path = write(
    folder,
    'a.sh',
    scriptText('a', 'trap "" TERM; echo "$$" > "$0.p"; mv "$0.p" "$0.pid"; while :; do sleep 0.05; done'),
    0o755,
  );
  const loaded = await load(t, folder);
  const result = assert.rejects(runOnly(loaded), /ended by SIGKILL/);
  while (!existsSync(`${path}.pid`)) await wait(10);
  await loaded.close();
  await result;
  await waitUntilGone(Number(readFileSync(`${path}.pid`, 'utf8')));
});

test('kill ends what runs at once', async (t) => {
  const folder = makeFolder(t);
  const path = write(
    folder,
    'a.sh',
    scriptText('a', 'trap "" TERM; echo "$$" > "$0.p"; mv "$0.p" "$0.pid"; while :; do sleep 1; done'),
    0o755,
  );
  const loaded = await load(t, folder);
  const result = runOnly(loaded);
  while (!existsSync(`${path}.pid`)) await wait(10);
  loaded.kill();
  await assert.rejects(result, /ended by SIGKILL/);
});

test('a program sees no key of the environment', async (t) => {
  const folder = makeFolder(t);
  write(folder, 'a.sh', scriptText('a', 'env'), 0o755);
  const environment = { PATH: process.env.PATH, OPENAI_API_KEY: 'sk-secret-value', HF_TOKEN: 'hf-secret-value' };
  const text = String(await runOnly(await load(t, folder, { host: { ...host, environment } })));
  assert.match(text, /^PATH=/m);
  assert.ok(!text.includes('secret-value'), text);
});

test('a python program works like any other', { skip: !existsSync('/usr/bin/env') }, async (t) => {
  const folder = makeFolder(t);
  const python = `#!/usr/bin/env python3
import json, sys
if "--describe" in sys.argv:
    print(json.dumps({"description": "Adds.", "parameters": {"type": "object", "properties": {"a": {"type": "integer"}}}}))
else:
    print(json.load(sys.stdin)["a"] + 1)
`;
  write(folder, 'add one.py', python, 0o755);
  const loaded = await load(t, folder);
  if (loaded.problems.some((problem) => problem.includes('exit code 127'))) return t.skip('no python3 here');
  assert.equal(loaded.tools[0]?.name, 'add_one');
  assert.equal(await runOnly(loaded, { a: 41 }), '42');
});

async function waitUntilGone(processId: number): Promise<void> {
  // A container without an init leaves the dead unwaited for: a zombie counts as gone.
  const isThere = (): boolean => {
    try {
      process.kill(processId, 0);
      return (
        process.platform !== 'linux' ||
        !/^State:\s*Z/m.test(readFileSync(join('/proc', String(processId), 'status'), 'utf8'))
      );
    } catch {
      // ESRCH or ENOENT: that is what is waited for.
      return false;
    }
  };
  while (isThere()) await wait(10);
}

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { type ProcessOutput, processOutput } from '../../src/cli/streams.ts';
import { safe } from '../../src/terminal/safe.ts';

interface Opened {
  readonly out: ProcessOutput;
  /** How often it was said that writing can no longer succeed. */
  readonly ends: () => number;
  /** Settles when that is said for the first time. */
  readonly ended: Promise<void>;
}

function open(stream: Writable): Opened {
  let ends = 0;
  let tell: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    tell = resolve;
  });
  // A WriteStream is the process's own; only what every writable stream has is used of it.
  const out = processOutput(stream as unknown as NodeJS.WriteStream, () => {
    ends++;
    tell();
  });
  return { out, ends: () => ends, ended };
}

/** A stream whose reader takes one chunk each time it is told to. */
function slowReader(): { stream: Writable; taken: string[]; take(): void } {
  const taken: string[] = [];
  let next: (() => void) | undefined;
  const stream = new Writable({
    highWaterMark: 4,
    decodeStrings: false,
    write(chunk: string, _encoding, callback) {
      taken.push(chunk);
      next = () => callback();
    },
  });
  return {
    stream,
    taken,
    take() {
      const done = next;
      next = undefined;
      done?.();
    },
  };
}

/** Whether a promise is still open after everything that is ready has run. */
async function isOpen(promise: void | Promise<void>): Promise<boolean> {
  let open = true;
  void Promise.resolve(promise).then(() => {
    open = false;
  });
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  return open;
}

function stdinOf(child: ChildProcess): Writable {
  assert.ok(child.stdin);
  return child.stdin;
}

const line = safe`0123456789abcdef0123456789abcde\n`;

test('a write that fits does not wait, an empty one is none', () => {
  const { stream, taken } = slowReader();
  const { out } = open(stream);
  assert.equal(out.write(safe``), undefined);
  assert.equal(out.write(safe`abc`), undefined);
  assert.deepEqual(taken, ['abc']);
});

test('a write that does not fit waits until the reader has caught up', async () => {
  const reader = slowReader();
  const { out } = open(reader.stream);
  const writing = out.write(safe`more than fits`);
  assert.ok(await isOpen(writing));
  reader.take();
  await writing;
});

test('writes that wait side by side are all let go', async () => {
  const reader = slowReader();
  const { out } = open(reader.stream);
  const writing = Promise.all([out.write(safe`more than fits`), out.write(safe`and more`)]);
  reader.take();
  await new Promise((resolve) => setImmediate(resolve));
  reader.take();
  await writing;
});

test('a flush waits for the last byte', async () => {
  const reader = slowReader();
  const { out } = open(reader.stream);
  await out.flush();
  out.write(safe`ab`);
  const flushing = out.flush();
  assert.ok(await isOpen(flushing));
  reader.take();
  reader.take();
  await flushing;
});

test('a pipe that is read late gets everything, and no more than one write is ever held', async () => {
  const child = spawn('cat', { stdio: ['pipe', 'pipe', 'inherit'] });
  const stream = stdinOf(child);
  const { out } = open(stream);
  let held = 0;
  const writing = (async () => {
    for (let written = 0; written < 100_000; written++) {
      await out.write(line);
      held = Math.max(held, stream.writableLength);
    }
    await out.flush();
    stream.end();
  })();
  await new Promise((resolve) => setImmediate(resolve));
  const received = await buffer(child.stdout);
  await writing;
  assert.equal(received.length, 100_000 * line.length);
  assert.ok(held <= stream.writableHighWaterMark + line.length, `${held} bytes`);
});

test('a reader that goes away is no failure: later writes are dropped and nothing waits', async (context) => {
  // Closes its stdin and stays: when a child exits, Node itself takes the stream away before the pipe can answer.
  const child = spawn('sh', ['-c', 'exec 0<&-; echo closed; exec sleep 60'], { stdio: ['pipe', 'pipe', 'inherit'] });
  context.after(() => child.kill());
  const { out, ends, ended } = open(stdinOf(child));
  await once(child.stdout, 'data');
  const writing = out.write(line);
  await ended;
  await writing;
  assert.ok(out.closed);
  assert.equal(out.failure, undefined);
  assert.equal(out.write(line), undefined);
  await out.flush();
  assert.equal(ends(), 1);
});

test('a full disk is a failure that is kept', { skip: !existsSync('/dev/full') }, async () => {
  const { out, ends, ended } = open(createWriteStream('/dev/full'));
  const writing = out.write(line);
  await ended;
  await writing;
  assert.ok(out.closed);
  assert.match(out.failure?.message ?? '', /ENOSPC/);
  assert.equal(ends(), 1);
});

test('who waits for the reader or for the end is let go when the stream fails', async () => {
  for (const wait of [(out: ProcessOutput) => out.write(safe`more than fits`), (out: ProcessOutput) => out.flush()]) {
    const { stream } = slowReader();
    const { out, ended } = open(stream);
    out.write(safe`ab`);
    const waiting = wait(out);
    stream.destroy(new Error('gone'));
    await ended;
    await waiting;
    assert.equal(out.failure?.message, 'gone');
  }
});

test('a reader that takes nothing more is given up when the run has ended; one that took everything is not', async () => {
  // What is waited for is on a timer that does not keep the process alive.
  const alive = setInterval(() => {}, 1000);
  const { out } = open(slowReader().stream);
  const writing = out.write(safe`more than fits`);
  const flushing = out.flush();
  out.abandon(1);
  await writing;
  await flushing;
  assert.ok(out.closed);
  assert.equal(out.write(safe`dropped`), undefined);

  const reader = slowReader();
  const other = open(reader.stream).out;
  other.write(safe`ab`);
  reader.take();
  other.abandon(1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(!other.closed);
  clearInterval(alive);
});

test('a second error changes nothing', async () => {
  const { stream } = slowReader();
  const { out, ends, ended } = open(stream);
  stream.emit('error', Object.assign(new Error('first'), { code: 'EPIPE' }));
  stream.emit('error', new Error('second'));
  await ended;
  assert.equal(out.failure, undefined);
  assert.equal(ends(), 1);
});

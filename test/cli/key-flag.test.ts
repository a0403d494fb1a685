import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import type { Host } from '../../src/cli/host.ts';
import { parseKeyFlag } from '../../src/cli/key-flag.ts';
import { isChatError } from '../../src/core/error.ts';

const never = new AbortController().signal;

/** @param stdin  what is piped in; undefined for a terminal */
function hostWith(stdin: string | undefined): Host {
  const host = { stdin: Readable.from(stdin === undefined ? [] : [stdin]), hasStdin: () => stdin !== undefined };
  // The flag looks at stdin and at nothing else of the host.
  return host as unknown as Host;
}

async function refused(given: string, stdin?: string): Promise<string> {
  try {
    await parseKeyFlag(given, hostWith(stdin), never);
  } catch (error) {
    assert.ok(isChatError(error, 'usage'), String(error));
    return error.message;
  }
  return assert.fail('it was accepted');
}

test('without the flag there is no source, and stdin is not read', async () => {
  const host = hostWith('a prompt');
  assert.equal(await parseKeyFlag(undefined, host, never), undefined);
  assert.equal(host.stdin.readableDidRead, false);
});

test('env: names a variable', async () => {
  for (const variable of ['OPENAI_API_KEY', '_k', 'k2']) {
    assert.deepEqual(await parseKeyFlag(`env:${variable}`, hostWith('a prompt'), never), {
      from: 'environment',
      variable,
    });
  }
});

test('- is the key on stdin, without the line end', async () => {
  assert.deepEqual(await parseKeyFlag('-', hostWith(' sk-from-stdin\r\n'), never), {
    from: 'stdin',
    value: 'sk-from-stdin',
  });
});

test('- without a key on stdin is refused', async () => {
  for (const stdin of [undefined, '', ' \n']) assert.match(await refused('-', stdin), /stdin, which is empty/);
});

test('a key itself is refused and not repeated, and so is a name that no variable has', async () => {
  for (const given of ['sk-0123456789abcdefghij', 'env:', 'env:2X', 'env:A-B', 'env:A B', 'ENV:KEY', 'env:KEY\n', '']) {
    const message = await refused(given);
    assert.match(message, /takes env:VAR, the name of a stored key/);
    assert.ok(given === '' || given === 'env:' || !message.includes(given));
  }
});

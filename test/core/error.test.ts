import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError, type Fault, isChatError, type NetworkReason, type StreamReason } from '../../src/core/error.ts';

const target = 'http://localhost:8080/v1';

function sentence(fault: Fault): string {
  return new ChatError(fault).message;
}

test('usage and config say what is wrong and nothing else', () => {
  assert.equal(sentence({ kind: 'usage', what: '--seed takes a number' }), '--seed takes a number');
  assert.equal(sentence({ kind: 'config', what: 'no server is configured' }), 'no server is configured');
});

test('a storage fault begins with the path', () => {
  assert.equal(sentence({ kind: 'storage', path: '/data/a.jsonl', what: 'disk full' }), '/data/a.jsonl: disk full');
});

test('auth tells a missing key, a refused key and a forbidden request apart', () => {
  const at = { kind: 'auth', target } as const;
  assert.equal(sentence(at), `${target} needs a key and none is set`);
  assert.equal(sentence({ ...at, status: 401, said: 'bad token' }), `${target} refused the key (401): bad token`);
  assert.equal(sentence({ ...at, status: 403 }), `${target} does not allow this (403)`);
  assert.equal(sentence({ ...at, status: 401, sent: false }), `${target} wants a key (401)`);
  assert.equal(sentence({ ...at, status: 403, sent: false }), `${target} does not allow this without a key (403)`);
});

test('every network reason has a sentence of its own about the target', () => {
  const sentences: Readonly<Record<NetworkReason, string>> = {
    refused: 'refused the connection; is the server running?',
    dns: 'could not be found: its name does not resolve',
    unreachable: 'cannot be reached from here',
    reset: 'closed the connection before answering',
    tls: 'could not be trusted: the TLS handshake failed',
    'connect-timeout': 'did not accept a connection in time',
    'first-byte-timeout': 'did not start to answer in time',
    redirect: 'redirected to where the request must not go',
    other: 'could not be asked',
  };
  for (const reason of keysOf(sentences)) {
    assert.equal(sentence({ kind: 'network', target, reason }), `${target} ${sentences[reason]}`);
    assert.equal(sentence({ kind: 'network', target, reason, said: 'x' }), `${target} ${sentences[reason]}: x`);
  }
});

test('every stream reason has a sentence of its own about the target', () => {
  const sentences: Readonly<Record<StreamReason, string>> = {
    cut: 'broke off before the answer was complete',
    silent: 'went silent in the middle of the answer',
    reported: 'reported an error',
    malformed: 'sent something that is no answer',
    empty: 'sent an empty answer',
    'too-long': 'sent an event beyond the size limit',
  };
  for (const reason of keysOf(sentences)) {
    assert.equal(sentence({ kind: 'stream', target, reason }), `${target} ${sentences[reason]}`);
    assert.equal(sentence({ kind: 'stream', target, reason, said: 'x' }), `${target} ${sentences[reason]}: x`);
  }
});

test('a server fault gives the status, and what the body said if it said anything', () => {
  assert.equal(sentence({ kind: 'server', target, status: 503, said: '' }), `${target} answered 503`);
  assert.equal(sentence({ kind: 'server', target, status: 422, said: 'too long' }), `${target} answered 422: too long`);
});

test('a schema fault counts the attempts and lists the problems', () => {
  const fault = {
    kind: 'schema',
    wanted: 'schema',
    problems: ['/a: is missing', '/b: is 1'],
    attempts: 1,
    raw: '{}',
  } as const;
  assert.equal(sentence(fault), 'the answer does not satisfy the schema after 1 attempt: /a: is missing; /b: is 1');
  assert.match(sentence({ ...fault, attempts: 3 }), /after 3 attempts:/);
});

test('an abort is one word', () => {
  assert.equal(sentence({ kind: 'aborted' }), 'stopped');
});

test('a hint of one line stands in brackets, one of several lines stands below', () => {
  const faults: readonly Fault[] = [
    { kind: 'usage', what: 'w' },
    { kind: 'config', what: 'w' },
    { kind: 'storage', path: '/p', what: 'w' },
    { kind: 'auth', target },
    { kind: 'network', target, reason: 'dns' },
    { kind: 'server', target, status: 500, said: 'w' },
    { kind: 'stream', target, reason: 'cut' },
  ];
  for (const fault of faults) {
    const bare = sentence(fault);
    assert.equal(sentence({ ...fault, hint: 'try this' } as Fault), `${bare} (try this)`);
    assert.equal(sentence({ ...fault, hint: '  one\n  two' } as Fault), `${bare}\n  one\n  two`);
  }
});

test('a key is taken out of every field and of the sentence, by its shape and by its value', () => {
  const keys = ['sk-abcdefghijklmnop1234', 'not-shaped-like-a-key'];
  const leak = `before ${keys.join(' and ')} after`;
  const faults: readonly Fault[] = [
    { kind: 'usage', what: leak, hint: leak },
    { kind: 'config', what: leak, hint: leak },
    { kind: 'storage', path: leak, what: leak, hint: leak },
    { kind: 'auth', target: leak, status: 401, said: leak, hint: leak },
    { kind: 'network', target: leak, reason: 'other', said: leak, hint: leak },
    { kind: 'server', target: leak, status: 400, said: leak, type: leak, code: leak, parameter: leak, hint: leak },
    { kind: 'stream', target: leak, reason: 'reported', said: leak, hint: leak },
    { kind: 'schema', wanted: 'schema', problems: [leak, leak], attempts: 1, raw: leak },
  ];
  for (const fault of faults) {
    const error = new ChatError(fault, { secrets: ['not-shaped-like-a-key'] });
    const shown = `${error.message} ${error.stack} ${JSON.stringify(error.fault)}`;
    for (const key of keys) assert.ok(!shown.includes(key), `${fault.kind}: ${shown}`);
    assert.match(shown, /before \[key\] and \[key\] after/);
  }
});

test('a key that is one of our own words does not change what kind of failure it is', () => {
  for (const fault of [
    { kind: 'server', target, status: 500, said: 'the server is busy' },
    { kind: 'network', target, reason: 'refused', said: 'refused' },
    { kind: 'stream', target, reason: 'malformed' },
  ] as const) {
    const secrets = [fault.kind, 'refused', 'malformed'];
    const error = new ChatError(fault, { secrets });
    assert.equal(error.kind, fault.kind);
    assert.doesNotMatch(error.message, /undefined/);
  }
});

test('the fault that was given is not changed', () => {
  const fault: Fault = { kind: 'usage', what: 'sk-abcdefghijklmnop1234' };
  assert.notEqual(sentence(fault), fault.what);
  assert.equal(fault.what, 'sk-abcdefghijklmnop1234');
});

test('the cause is kept, and there is none when none was given', () => {
  const cause = new TypeError('deep down');
  assert.equal(new ChatError({ kind: 'aborted' }, { cause }).cause, cause);
  assert.ok(!('cause' in new ChatError({ kind: 'aborted' })));
});

test('isChatError knows the class and the kind', () => {
  const error: unknown = new ChatError({ kind: 'aborted' });
  assert.ok(isChatError(error));
  assert.ok(isChatError(error, 'aborted'));
  assert.ok(!isChatError(error, 'usage'));
  assert.ok(!isChatError(new Error('a bug')));
  assert.ok(!isChatError({ kind: 'aborted', fault: { kind: 'aborted' } }));
});

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] {
  // A literal typed as a record has these keys and no others.
  return Object.keys(record) as Key[];
}

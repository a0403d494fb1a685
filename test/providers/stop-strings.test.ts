import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StopMatcher } from '../../src/providers/stop-strings.ts';

function run(pieces: readonly string[], stop: readonly string[]): { text: string; isStopped: boolean } {
  const matcher = new StopMatcher(stop);
  const text = pieces.map((piece) => matcher.push(piece)).join('');
  return { text: text + matcher.end(), isStopped: matcher.isStopped };
}

test('text up to the stop string goes on, and nothing after it', () => {
  assert.deepEqual(run(['One</s>two', 'three'], ['</s>']), { text: 'One', isStopped: true });
  assert.deepEqual(run(['One', ' two'], ['</s>']), { text: 'One two', isStopped: false });
});

test('only what can be the beginning of a stop string is held back', () => {
  const matcher = new StopMatcher(['\n\nHuman:', '</s>']);
  const released = ['Hi\n', '\n', 'Hum', 'our', ' <', 'b>', '<'].map((piece) => matcher.push(piece));
  assert.deepEqual(released, ['Hi', '', '', '\n\nHumour', ' ', '<b>', '']);
  assert.equal(matcher.end(), '<');
});

test('the stop string that is complete first ends the answer, of two that end together the longer one', () => {
  assert.equal(run(['abcX'], ['abcX', 'bc']).text, 'a');
  assert.equal(run(['Hi\n\nUser: x'], ['User:', '\n\nUser:']).text, 'Hi');
});

test('a stop string without characters ends nothing', () => {
  assert.deepEqual(run(['Hi'], ['']), { text: 'Hi', isStopped: false });
});

test('the result does not depend on how the text was cut', () => {
  const stop = ['\n\nUser:', 'User:', '###', ' User:', 'aab', 'abc'];
  const alphabet = ['\n', 'U', 'User:', '#', 'a', 'b', 'c', ' ', 'ser:', '서', '😀'];
  const random = randomFrom(7);
  const pick = () => alphabet[Math.floor(random() * alphabet.length)] ?? '';
  for (let round = 0; round < 500; round++) {
    const text = Array.from({ length: 12 }, pick).join('');
    const whole = run([text], stop);
    assert.deepEqual(run(text.split(''), stop), whole, JSON.stringify(text));
    const cut = Math.floor(random() * text.length);
    assert.deepEqual(run([text.slice(0, cut), text.slice(cut)], stop), whole, JSON.stringify(text));
    assert.ok(text.startsWith(whole.text));
    assert.equal(
      whole.isStopped,
      stop.some((word) => text.includes(word)),
    );
    assert.ok(!stop.some((word) => whole.text.includes(word)));
  }
});

/** A small linear congruential generator: the same texts in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

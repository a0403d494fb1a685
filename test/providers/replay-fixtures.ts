/** Replays every fixture of a folder whole, byte by byte and cut at every position. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { StreamEvent } from '../../src/core/stream-event.ts';
import type { Received } from '../../src/wire/index.ts';
import { bodyOf, collect, eventsOf, type Outcome } from './openai/play.ts';

export interface Expected {
  readonly text?: string;
  readonly reasoning?: string;
  readonly notices?: readonly string[];
  /** Reason and, where the server says more, its word; or a failure. */
  readonly end: string;
  readonly usage?: object;
}

export interface Replay {
  /** Below test/fixtures. */
  readonly folder: string;
  readonly expected: Readonly<Record<string, Expected>>;
  readonly read: (received: AsyncIterable<Received>) => AsyncIterable<StreamEvent>;
  readonly stop: readonly string[];
}

export function replayFixtures({ folder, expected, read, stop }: Replay): void {
  const root = new URL(`../fixtures/${folder}/`, import.meta.url);
  const names = readdirSync(root);
  test(`every fixture of ${folder} is expected, and the other way round`, () => {
    assert.deepEqual(names.sort(), Object.keys(expected).sort());
  });

  for (const name of names) {
    const bytes = readFileSync(new URL(name, root));
    const isBody = name.endsWith('.json');
    const want = expected[name];
    const play = (chunks: readonly Uint8Array[]) => collect(read(isBody ? bodyOf(chunks) : eventsOf(chunks)));

    test(`${name} is read as its server means it`, async () => {
      const got = await play([bytes]);
      assert.equal(endOf(got), want?.end);
      assert.deepEqual([got.text, got.reasoning], [want?.text ?? '', want?.reasoning ?? '']);
      assert.deepEqual([got.notices, got.finish?.usage], [want?.notices ?? [], want?.usage]);
    });

    test(`${name} is read the same byte by byte`, async () => {
      const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
      assert.deepEqual(await play(single), await play([bytes]));
    });

    test(`${name} cut anywhere is whole or a failure, never a short success`, async () => {
      const all = await play([bytes]);
      for (let length = 0; length < bytes.length; length++) {
        const got = await play([bytes.subarray(0, length)]);
        const where = `cut after ${length} of ${bytes.length} bytes`;
        assert.ok(all.text.startsWith(withoutBrokenEnd(got.text, stop)), where);
        assert.ok(all.reasoning.startsWith(withoutBrokenEnd(got.reasoning, ['</think>'])), where);
        if (got.failure === undefined) {
          assert.deepEqual([got.text, got.reasoning], [all.text, all.reasoning], where);
          assert.deepEqual([got.finish?.reason, all.failure], [all.finish?.reason, undefined], where);
        } else if (got.failure !== all.failure) {
          assert.match(got.failure, isBody ? /^stream (empty|malformed)$/ : /^stream (cut|empty|reported)$/, where);
        }
      }
    });
  }
}

/** What may be the beginning of a stop string or a tag is kept, since it may have been text; so is half a character. */
function withoutBrokenEnd(text: string, endings: readonly string[]): string {
  const whole = text.replace(/\ufffd$/, '').replace(/^<t?h?i?n?k?$/, '');
  const held = endings.flatMap((word) => Array.from(word, (_, at) => word.slice(0, at + 1)));
  const tail = held.filter((part) => whole.endsWith(part)).sort((a, b) => b.length - a.length)[0];
  return tail === undefined ? whole : whole.slice(0, -tail.length);
}

export function endOf({ finish, failure }: Outcome): string {
  if (finish === undefined) return failure ?? 'nothing';
  return finish.rawReason === undefined ? finish.reason : `${finish.reason} ${finish.rawReason}`;
}

/**
 * How fast the elements of a growing array are given out, and in how much memory.
 *
 *     node --expose-gc --import tsx test/bench/json-items.mjs [megabytes]
 *
 *   time    to read a quarter, half and all of the array in pieces of 4 KiB; linear if each doubling costs the same
 *   memory  the most that was alive on the heap while reading, beyond what was before; constant if it
 *           does not follow the size (the timings kept here, 8 bytes a piece, are in it)
 *   item    the piece with an element's last character pushed to the element's text returned
 */

import { createItemReader } from '../../src/core/json-growing.ts';

const megabytes = Number(process.argv[2] ?? 100);
const pieceLength = 4096;
const element = (number) =>
  JSON.stringify({ number, name: `Person ${number}`, text: 'Some "words", [as] models {write} them.\n'.repeat(8) });

console.log(`Node ${process.version}, pieces of ${pieceLength} characters`);
readArray(megabytes / 10); // the compiler has seen it all after this
for (const size of [megabytes / 4, megabytes / 2, megabytes]) {
  const { elapsedMs, itemMs, items, aliveBytes } = readArray(size);
  const sorted = itemMs.sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(3);
  console.log(
    [
      `  ${size} MB`.padEnd(10),
      `${elapsedMs.toFixed(0)} ms, ${(size / (elapsedMs / 1000)).toFixed(0)} MB/s, ${items} elements`,
      `alive at most +${(aliveBytes / 1024).toFixed(0)} KiB`,
      `piece: median ${at(0.5)} ms, 99 % ${at(0.99)} ms, worst ${at(1)} ms`,
    ].join('; '),
  );
}

/** Makes the text while reading it, so that only the reader can hold it; the making is not timed. */
function readArray(size) {
  globalThis.gc();
  const bytesBefore = process.memoryUsage().heapUsed;
  const reader = createItemReader(['items']);
  const wanted = size * 1_000_000;
  const itemMs = [];
  let aliveBytes = 0;
  let pieces = 0;
  let elapsedMs = 0;
  let items = 0;
  let length = 0;
  let waiting = '{"title": "all of them", "items": [';
  for (let number = 1; length < wanted; number++) {
    waiting += number === 1 ? element(number) : `,${element(number)}`;
    while (waiting.length >= pieceLength) {
      push(waiting.slice(0, pieceLength));
      waiting = waiting.slice(pieceLength);
    }
  }
  push(`${waiting}], "end": true}`);
  if (reader.state !== 'done' || reader.count !== items) throw new Error(`the reader is ${reader.state}`);
  if (reader.skeleton() !== '{"title": "all of them", "items": [], "end": true}') throw new Error('wrong skeleton');
  return { elapsedMs, itemMs, items, aliveBytes };

  function push(piece) {
    // A piece from the network is a string of its own, not a part of another one.
    const delta = Buffer.from(piece).toString();
    const startMs = performance.now();
    const texts = reader.push(delta);
    const tookMs = performance.now() - startMs;
    elapsedMs += tookMs;
    length += delta.length;
    items += texts.length;
    if (texts.length > 0) itemMs.push(tookMs);
    pieces++;
    if (pieces % 1000 !== 0) return;
    globalThis.gc();
    aliveBytes = Math.max(aliveBytes, process.memoryUsage().heapUsed - bytesBefore);
  }
}

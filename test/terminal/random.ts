/** A seeded generator (mulberry32), so that a failure can be run again. Gives whole numbers below `limit`. */
export type Random = (limit: number) => number;

export function createRandom(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[random(choices.length)] ?? choices[0];
}

const biased: readonly [string, ...string[]] = [
  ...(['\x1b', '\x1b', '[', ']', 'P', '_', '^', 'X', '\x07', '\\', '\x9b', '\x9c', '\x9d', '\x90', '\x18'] as const),
  ...[
    'm',
    '2',
    ';',
    '?',
    '\r',
    '\n',
    '\t',
    'a',
    ' ',
    '한',
    '\u1161',
    '中',
    '\u0301',
    '\u200d',
    '\u200c',
    '\ufe0f',
    '\ufe0e',
  ],
  ...['👩', '🚀', '🏴', '\u{e0067}', '\u{e0062}', '\u{e0065}', '\u{e006e}', '\u{e007f}', '\ud83d', '\ude00', '❤', '1'],
  ...['\u202e', '\u200b', '\u2028', '\u3164', '\u0627', '\u094d', '\ufeff', '\u{e0100}', '\u180b', '\x7f', '\x00'],
];

/** Up to twelve pieces, mostly what starts, ends and joins sequences. */
export function hostileString(random: Random): string {
  let text = '';
  for (let left = 1 + random(12); left > 0; left--) text += pick(random, biased);
  return text;
}

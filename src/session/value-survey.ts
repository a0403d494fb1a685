/** What a validator has to know of a value before it looks at it, or after it gave up. None of it recurses. */

import { pointerStep } from '../core/json-pointer.ts';

export interface Survey {
  /** Values in it, itself included. */
  readonly size: number;
  /** Every number in it is one: `1e400` is Infinity once it is read. */
  readonly hasOnlyFinite: boolean;
}

/** Quick, since every value that is checked goes through it. */
export function survey(root: unknown): Survey {
  const waiting: unknown[] = [root];
  let size = 0;
  let hasOnlyFinite = true;
  while (waiting.length > 0) {
    const value = waiting.pop();
    size++;
    if (typeof value === 'number') hasOnlyFinite &&= Number.isFinite(value);
    else if (Array.isArray(value)) for (const item of value) waiting.push(item);
    else if (typeof value === 'object' && value !== null)
      for (const key of Object.keys(value)) waiting.push(Reflect.get(value, key));
  }
  return { size, hasOnlyFinite };
}

/** JSON pointers of the numbers that are none, in order. */
export function findNotFinite(root: unknown): readonly string[] {
  const found: string[] = [];
  for (const place of places(root)) {
    if (typeof place.value === 'number' && !Number.isFinite(place.value)) found.push(pointerTo(place));
  }
  return found;
}

/** The JSON pointer of the first string that is this text, or else of the object with a key that is. */
export function findText(value: unknown, text: string): string | undefined {
  let keyAt: Place | undefined;
  for (const place of places(value)) {
    if (place.value === text) return pointerTo(place);
    if (place.key === text) keyAt ??= place.parent;
  }
  return keyAt === undefined ? undefined : pointerTo(keyAt);
}

interface Place {
  readonly value: unknown;
  readonly key: string | number;
  readonly parent: Place | undefined;
}

/** In the order of the text. */
function* places(root: unknown): Generator<Place> {
  const waiting: Place[] = [{ value: root, key: '', parent: undefined }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    yield place;
    const { value } = place;
    if (typeof value !== 'object' || value === null) continue;
    const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    for (const [key, member] of entries.reverse()) waiting.push({ value: member, key, parent: place });
  }
}

function pointerTo(place: Place): string {
  const keys: string[] = [];
  for (let at: Place | undefined = place; at?.parent !== undefined; at = at.parent) keys.push(pointerStep(at.key));
  return keys
    .reverse()
    .map((key) => `/${key}`)
    .join('');
}

/** Arrays, also those whose places differ. */

import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { allowsAnything, limitsIn, numbersOf } from './keywords.ts';
import type { Reading } from './read-shape.ts';
import { nothing, type Shape } from './shape.ts';

export function readList(schema: JsonObject, at: string, reading: Reading): Shape {
  const lost = limitsIn(schema, ['uniqueItems', 'contains', 'minContains', 'maxContains', 'unevaluatedItems']);
  for (const limit of lost) reading.log.leaveOut(at, limit);
  const { places, further } = placesOf(schema);
  const list = places.length === 0 ? readAlike(schema, further, at, reading) : readTuple(schema, at, reading);
  return { ...list, lost };
}

function placesOf({ items, prefixItems, additionalItems }: JsonObject): {
  readonly places: readonly Json[];
  readonly further: Json | undefined;
} {
  if (Array.isArray(items)) return { places: items, further: additionalItems };
  return {
    places: Array.isArray(prefixItems) ? prefixItems : [],
    further: isJsonObject(items) || items === false ? items : undefined,
  };
}

function readAlike(schema: JsonObject, further: Json | undefined, at: string, reading: Reading): Shape {
  const limits = numbersOf(schema, ['minItems', 'maxItems']);
  const items = reading.read(further ?? true, `${at}/*`);
  if (items.kind !== 'nothing') return { kind: 'list', leading: [], items, limits };
  return Number(limits.minItems ?? 0) > 0 ? nothing : { kind: 'list', leading: [], limits: { maxItems: 0 } };
}

/** Written as a list of any of its places, in the number they have; which place is which is validated here. */
function readTuple(schema: JsonObject, at: string, reading: Reading): Shape {
  const { places, further } = placesOf(schema);
  const leading = places.map((place, index) => reading.read(place, `${at}/${index}`));
  if (leading.some((place) => place.kind === 'nothing')) return nothing;
  const isOpen = further !== false && !allowsAnything(further);
  const items = isOpen ? reading.read(further, `${at}/*`) : nothing;
  const { minItems = leading.length, maxItems } = numbersOf(schema, ['minItems', 'maxItems']);
  const most = items.kind === 'nothing' ? Math.min(Number(maxItems ?? leading.length), leading.length) : maxItems;
  reading.log.convert(at, `the ${leading.length} places are sent as a list of any of them`);
  return {
    kind: 'list',
    leading,
    ...(items.kind !== 'nothing' && { items }),
    limits: { minItems, ...(most !== undefined && { maxItems: most }) },
  };
}

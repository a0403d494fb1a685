/**
 * `{ [key]: value }`, or nothing when there is no value: for object literals under exactOptionalPropertyTypes,
 * where an absent field and a field that is undefined are two things.
 */
export function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [K in Key]?: Value } {
  // A computed key widens to an index signature; the object has exactly this one key.
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}

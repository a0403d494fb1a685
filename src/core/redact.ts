/** Takes keys out of text that is going to be shown or stored. */

/**
 * Shapes of the keys in use by the servers banter knows. Deliberately long minimum lengths: a sentence
 * that merely mentions `sk-` stays readable.
 */
const keyShapes: readonly RegExp[] = [
  /\b(?:sk|rk|pk)-[A-Za-z0-9_-]{16,}/g,
  /\bhf_[A-Za-z0-9]{16,}/g,
  /\b(?:gsk|xai|pplx|nvapi|csk|fw|tgp_v1)[-_][A-Za-z0-9_-]{16,}/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  // With a digit in it: prose has "Bearer authentication" too.
  /\bBearer\s+(?=[^\s]*\d)[A-Za-z0-9._~+/-]{8,}=*/gi,
  /(?<=\/\/)[^/\s:@]+:[^/\s@]+(?=@)/g,
];

/**
 * Replaces every secret and everything that has the shape of a key with `[key]`.
 * @param secrets  exact values; those under 6 characters are ignored, since they would blank ordinary words
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  return keyShapes.reduce((clean, shape) => clean.replace(shape, '[key]'), redactValues(text, secrets));
}

/** Replaces exact values only, as above; text that merely has the shape of a key stays. */
export function redactValues(text: string, secrets: readonly string[]): string {
  // The longest first: one secret may begin another.
  const longestFirst = secrets.filter(({ length }) => length >= 6).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((clean, secret) => clean.replaceAll(secret, '[key]'), text);
}

import type { Usage } from './message.ts';
import type { Price } from './profile.ts';

const perMillion = 1_000_000;

/** In the currency of the price; undefined when the tokens or their price are not known. */
export function costOf(
  { promptTokens, completionTokens, cachedTokens = 0 }: Usage,
  price: Price | undefined,
): number | undefined {
  if (price === undefined || promptTokens === undefined || completionTokens === undefined) return undefined;
  // Kept tokens are among those of the prompt.
  const cached = Math.min(cachedTokens, promptTokens);
  const prompt = (promptTokens - cached) * price.prompt + cached * (price.cached ?? price.prompt);
  return (prompt + completionTokens * price.completion) / perMillion;
}

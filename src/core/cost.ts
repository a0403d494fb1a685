import type { Usage } from './message.ts';
import type { Price } from './profile.ts';

const perMillion = 1_000_000;

/** In the currency of the price; undefined when the tokens or their price are not known. */
export function costOf({ promptTokens, completionTokens }: Usage, price: Price | undefined): number | undefined {
  if (price === undefined || promptTokens === undefined || completionTokens === undefined) return undefined;
  return (promptTokens * price.prompt + completionTokens * price.completion) / perMillion;
}

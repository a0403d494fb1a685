/**
 * A type for text that may go to a terminal. `print/` and `ui/` accept only this, so text from outside that
 * went around the sanitiser does not compile. It is made in three ways: by the sanitiser, by the tag below
 * for our own words, and by the style functions of `theme.ts` from text that is already safe.
 */

declare const safeBrand: unique symbol;

export type SafeText = string & { readonly [safeBrand]: true };

/** Our own literal words, with only safe text and numbers in the gaps: safe`${name} answered in ${ms} ms`. */
export function safe(strings: TemplateStringsArray, ...values: readonly (SafeText | number)[]): SafeText {
  return markSafe(String.raw({ raw: strings }, ...values));
}

export function joinSafe(parts: readonly SafeText[], separator: SafeText = safe``): SafeText {
  return markSafe(parts.join(separator));
}

/** The one place that makes the claim. For `terminal/` alone; `test/architecture.test.ts` holds that. */
export function markSafe(text: string): SafeText {
  return text as SafeText;
}

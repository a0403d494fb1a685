/**
 * HTML of our own making. Only the literal parts of the tag become elements; what fills its gaps is text, escaped, and
 * has gone through the sanitiser before, or it does not compile.
 */

import type { SafeText } from '../../terminal/safe.ts';

class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** Not to be constructed elsewhere: `html` makes it. */
export type Html = Markup;

type Gap = Html | SafeText | number | readonly Html[];

export function html(strings: TemplateStringsArray, ...gaps: readonly Gap[]): Html {
  return new Markup(String.raw({ raw: strings }, ...gaps.map(fill)));
}

export const nothing = html``;

function fill(gap: Gap): string {
  if (gap instanceof Markup) return gap.toString();
  return typeof gap === 'object' ? gap.join('') : String(gap).replace(/[&<>"']/g, toReference);
}

function toReference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

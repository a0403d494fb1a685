/** What the model is told about the form of its answer, after it got it wrong or before it is held to it. */

import type { Wanted } from './index.ts';

/** Asks again, with what was wrong. */
export function correction(wanted: Wanted, problems: readonly string[]): string {
  return [
    `That answer does not satisfy ${required(wanted)}:`,
    ...problems.map((problem) => `- ${problem}`),
    `Answer again with only ${corrected(wanted)}: no explanation, no code fence.`,
  ].join('\n');
}

/** Asks for the answer that was given freely, because tools were on offer, in its form. */
export function demand(wanted: Wanted): string {
  return `Now give that answer as ${form(wanted)}, and nothing else.`;
}

function required(wanted: Wanted): string {
  switch (wanted.kind) {
    case 'json-schema':
      return 'the required JSON Schema';
    case 'regex':
      return `the required regular expression ${wanted.pattern}`;
    case 'choice':
      return 'the choice there is';
    case 'grammar':
      return 'the required grammar';
    default:
      return wanted satisfies never;
  }
}

function corrected(wanted: Wanted): string {
  switch (wanted.kind) {
    case 'json-schema':
      return 'the corrected JSON value';
    case 'regex':
    case 'grammar':
      return 'the corrected text';
    case 'choice':
      return `one of ${wanted.choices.map((choice) => JSON.stringify(choice)).join(', ')}`;
    default:
      return wanted satisfies never;
  }
}

function form(wanted: Wanted): string {
  switch (wanted.kind) {
    case 'json-schema':
      return 'one JSON value that satisfies the required JSON Schema';
    case 'regex':
      return `text that matches the regular expression ${wanted.pattern} as a whole`;
    case 'choice':
      return corrected(wanted);
    case 'grammar':
      return 'text of the required grammar';
    default:
      return wanted satisfies never;
  }
}

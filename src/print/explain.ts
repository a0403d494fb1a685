/** `--explain`: by which means a structured answer was obtained, what was changed in the schema, and every try. */

import { plural } from '../core/plural.ts';
import type { FormatAttempt, FormatReport } from '../core/response-format.ts';
import type { TurnOutcome } from '../core/turn-event.ts';
import type { SafeText } from '../terminal/safe.ts';
import { sanitizeLine } from '../terminal/sanitize.ts';

/** One line each; empty when the turn was not asked for a format, or ended before it came to that. */
export function explain(outcome: TurnOutcome): readonly SafeText[] {
  const report = reportOf(outcome);
  if (report === undefined) return [];
  const { kind, mode, changes, attempts } = report;
  const asIs = kind === 'json-schema' && mode !== 'free' ? ['  the schema went as it is'] : [];
  return [
    `asked by ${mode}, ${plural(attempts.length, 'try', 'tries')}`,
    ...attempts.map((attempt, index) => `  ${index + 1}. ${describeAttempt(attempt)}`),
    ...(changes.length === 0 ? asIs : changes.map((change) => `  changed: ${change}`)),
  ].map((line) => sanitizeLine(`- ${line}`));
}

export function reportOf(outcome: TurnOutcome): FormatReport | undefined {
  switch (outcome.kind) {
    case 'done':
      return outcome.structured?.report ?? outcome.report;
    case 'limit':
      return outcome.structured?.report;
    case 'failed':
      return outcome.report;
    case 'aborted':
      return undefined;
    default:
      return outcome satisfies never;
  }
}

function describeAttempt({ mode, result, problems }: FormatAttempt): string {
  return problems.length === 0 ? `${mode}: ${result}` : `${mode}: ${result}: ${problems.join('; ')}`;
}

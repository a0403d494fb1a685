import type { Usage } from '../core/message.ts';
import { optional } from '../core/optional.ts';

/** The sum of two counts, field by field; unknown in both stays unknown. */
export function addUsage(a: Usage, b: Usage | undefined): Usage {
  if (b === undefined) return a;
  return {
    ...optional('promptTokens', add(a.promptTokens, b.promptTokens)),
    ...optional('completionTokens', add(a.completionTokens, b.completionTokens)),
    ...optional('reasoningTokens', add(a.reasoningTokens, b.reasoningTokens)),
    ...optional('cachedTokens', add(a.cachedTokens, b.cachedTokens)),
  };
}

function add(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}

/** The rules about tool calls as they stand in settings.json. */

import type { ApprovalRule } from '../core/approval.ts';
import { isJsonObject, type Json, type JsonObject, nonEmptyString } from '../core/json.ts';

/**
 * A rule that cannot be read must not allow what it was to forbid: one that allows is left out, and any other
 * forbids as much as it may have meant. Each is a problem, in one sentence.
 */
export function parseToolRules(value: Json, problems: string[]): readonly ApprovalRule[] {
  if (Array.isArray(value))
    return value.flatMap((rule: Json, index) => parseRule(rule, `toolRules.${index}`, problems));
  problems.push(`toolRules is not a list; until it is put right no tool runs`);
  return [forbidEverything];
}

const forbidEverything: ApprovalRule = { effect: 'deny', tool: '*' };
const fields: readonly string[] = ['effect', 'tool', 'arguments'];

function parseRule(value: Json, path: string, problems: string[]): readonly ApprovalRule[] {
  if (!isJsonObject(value)) {
    problems.push(`${path} is not an object; until it is put right no tool runs`);
    return [forbidEverything];
  }
  const tool = nonEmptyString(value.tool);
  const patterns = readPatterns(value.arguments);
  const problem = problemOf(value);
  if (problem === undefined && tool !== undefined) {
    const effect = value.effect === 'allow' ? 'allow' : 'deny';
    return [{ effect, tool, ...(patterns === undefined ? {} : { arguments: patterns }) }];
  }
  if (value.effect === 'allow') {
    problems.push(`${path}.${problem}; the rule is left out`);
    return [];
  }
  const forbidden = tool ?? '*';
  problems.push(`${path}.${problem}; until it is put right no call of ${forbidden} runs`);
  return [{ effect: 'deny', tool: forbidden }];
}

/** Begins with the name of the field. One too many counts: `argument` instead of `arguments` would widen the rule. */
function problemOf(rule: JsonObject): string | undefined {
  if (rule.effect !== 'allow' && rule.effect !== 'deny') return 'effect is neither allow nor deny';
  if (nonEmptyString(rule.tool) === undefined) return 'tool is not the name of a tool';
  if (rule.arguments !== undefined && readPatterns(rule.arguments) === undefined)
    return 'arguments is not an object of patterns by name';
  const unknown = Object.keys(rule).find((field) => !fields.includes(field));
  return unknown === undefined ? undefined : `${unknown} is not a field of a rule`;
}

function readPatterns(value: Json | undefined): Readonly<Record<string, string>> | undefined {
  if (!isJsonObject(value)) return undefined;
  const entries = Object.entries(value).flatMap(([name, pattern]): [string, string][] =>
    typeof pattern === 'string' ? [[name, pattern]] : [],
  );
  const isWhole = entries.length > 0 && entries.length === Object.keys(value).length;
  return isWhole ? Object.fromEntries(entries) : undefined;
}

/** Which calls may run, which may not, and which a person has to be asked about. Pure. */

import type { ApprovalPolicy, ApprovalRule, ProposedCall } from '../core/approval.ts';
import { isJsonObject, type Json, parseJson } from '../core/json.ts';

export interface Approval {
  readonly policy: ApprovalPolicy;
  readonly rules: readonly ApprovalRule[];
  /** A person is there to be asked. */
  readonly canAsk: boolean;
}

export type Permission =
  | { readonly kind: 'run' }
  | { readonly kind: 'ask' }
  /** The reason is for the model. `unasked`: a person would have been asked, and nobody is there. */
  | { readonly kind: 'deny'; readonly reason: string; readonly unasked?: true };

export interface CallToAllow extends ProposedCall {
  /** See Tool.safe. */
  readonly safe: boolean;
}

/** @param allowedTools  those a person has allowed for the conversation */
export function permissionFor(call: CallToAllow, approval: Approval, allowedTools: ReadonlySet<string>): Permission {
  const { policy, rules, canAsk } = approval;
  const matching = rules.filter((rule) => matches(rule, call));
  // A rule that denies wins over every other, and over a person in a hurry.
  if (matching.some(({ effect }) => effect === 'deny')) return deny('a rule of the settings does not allow it');
  if (matching.length > 0 || policy === 'all' || allowedTools.has(call.tool)) return { kind: 'run' };
  if (policy === 'never') return deny('no tool may run without a rule that allows it');
  if (call.safe) return { kind: 'run' };
  if (policy === 'safe') return deny('only tools that are declared safe may run');
  if (canAsk) return { kind: 'ask' };
  return { ...deny('it needs the approval of a person, and nobody is there to ask'), unasked: true };
}

function matches(rule: ApprovalRule, { tool, arguments: text }: ProposedCall): boolean {
  if (!matchesGlob(rule.tool, tool)) return false;
  if (rule.arguments === undefined) return true;
  const patterns = Object.entries(rule.arguments);
  const given = parseJson(text);
  const members = Object.entries(isJsonObject(given) ? given : {}).map(
    ([name, value]) => [name, toText(value)] as const,
  );
  const isMet = ([name, pattern]: readonly [string, string]): boolean =>
    members.some(([given, value]) => matchesGlob(name, given) && matchesGlob(pattern, value));
  if (rule.effect === 'deny') return patterns.every(isMet);
  const isCovered = ([given, value]: readonly [string, string]): boolean =>
    patterns.some(([name, pattern]) => matchesGlob(name, given) && matchesGlob(pattern, value));
  return patterns.every(([name, pattern]) => name.includes('*') || isMet([name, pattern])) && members.every(isCovered);
}

function toText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Piece by piece, each as early as it can be: linear, where a regular expression would go back and forth. */
function matchesGlob(glob: string, text: string): boolean {
  const [first = '', ...others] = glob.split('*');
  const last = others.pop();
  if (last === undefined) return text === first;
  let from = first.length;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last) || end < from) return false;
  for (const piece of others) {
    const at = text.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return from <= end;
}

function deny(reason: string): Extract<Permission, { kind: 'deny' }> {
  return { kind: 'deny', reason };
}

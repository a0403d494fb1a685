/** `banter tools allow|deny|rules`: which calls run, and which do not, without a question. */

import type { Command } from 'commander';
import type { ApprovalRule } from '../../core/approval.ts';
import { ChatError } from '../../core/error.ts';
import { optional } from '../../core/optional.ts';
import { safeJson } from '../../terminal/json.ts';
import { safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import { positive } from '../flag-values.ts';
import type { Host } from '../host.ts';
import { settingsOf } from '../settings-of.ts';
import { printLine, printTable } from './print-line.ts';
import { changeSettings } from './settings-change.ts';

interface RulesFlags {
  readonly json?: true;
  readonly remove?: number;
}

export function rulesCommands(tools: Command, host: Host): void {
  for (const effect of ['allow', 'deny'] as const) {
    tools
      .command(effect)
      .description(
        effect === 'allow' ? 'run these calls without a question' : 'never run these calls, not with -y either',
      )
      .argument('<tool>', 'a name; * stands for anything, as in files__*')
      .argument('[name=pattern...]', "only with such arguments, as in city='Se*'; *=PATTERN is for any argument")
      .action((tool: string, patterns: readonly string[]) =>
        add(host, { effect, tool, ...optional('arguments', readPatterns(patterns)) }),
      );
  }
  tools
    .command('rules')
    .description('what allow and deny have said so far; deny wins')
    .option('--json', 'as JSON')
    .option('--remove <n>', 'take the rule with this number away', positive)
    .action((flags: RulesFlags) => (flags.remove === undefined ? list(host, flags) : remove(host, flags.remove)));
}

async function add(host: Host, rule: ApprovalRule): Promise<void> {
  if (rule.tool === '') {
    throw new ChatError({ kind: 'usage', what: 'an empty name matches nothing', hint: '* stands for anything' });
  }
  await changeSettings(host, (settings) => ({ ...settings, toolRules: [...(settings.toolRules ?? []), rule] }));
  const pattern = rule.arguments === undefined ? safe`` : safe` with ${sanitizeLine(inWords(rule))}`;
  const what = rule.effect === 'allow' ? safe`runs without a question now` : safe`never runs now`;
  await printLine(host, safe`${sanitizeLine(rule.tool)}${pattern} ${what}`);
}

function readPatterns(words: readonly string[]): Readonly<Record<string, string>> | undefined {
  const entries = words.map((word): [string, string] => {
    const at = word.indexOf('=');
    if (at > 0) return [word.slice(0, at), word.slice(at + 1)];
    throw new ChatError({ kind: 'usage', what: `${JSON.stringify(word)} is not name=pattern`, hint: "city='Se*'" });
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function inWords({ arguments: patterns = {} }: ApprovalRule): string {
  return Object.entries(patterns)
    .map(([name, pattern]) => `${name}=${pattern}`)
    .join(' ');
}

async function list(host: Host, flags: RulesFlags): Promise<void> {
  const { toolRules = [] } = await settingsOf(host);
  if (flags.json === true) return printLine(host, safeJson(toolRules, 2));
  await printTable(
    host,
    toolRules.map((rule, index) => [String(index + 1), rule.effect, rule.tool, inWords(rule)]),
  );
}

async function remove(host: Host, place: number): Promise<void> {
  await changeSettings(host, (settings) => {
    const { toolRules = [] } = settings;
    if (place <= toolRules.length) return { ...settings, toolRules: toolRules.toSpliced(place - 1, 1) };
    throw new ChatError({ kind: 'usage', what: `there is no rule ${place}`, hint: 'banter tools rules' });
  });
  await printLine(host, safe`rule ${place} is removed`);
}

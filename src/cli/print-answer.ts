/** How one answer is written: which front end, and what goes to stderr beside it. */

import { optional } from '../core/optional.ts';
import type { ThemeName } from '../core/theme-name.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import { type Activity, createActivity } from '../print/activity.ts';
import { type AnswerWriter, plainAnswer, rawAnswer } from '../print/answer.ts';
import type { Output } from '../print/output.ts';
import type { RunFacts } from '../print/run-facts.ts';
import { printText } from '../print/text.ts';
import type { StructuredOutput } from '../session/structured/index.ts';
import { type SafeText, safe } from '../terminal/safe.ts';
import { sanitizeLine } from '../terminal/sanitize.ts';
import { terminalReflows } from '../terminal/terminal-reflows.ts';
import { colorLevel } from './color.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';
import { showsHyperlinks } from './hyperlinks.ts';
import { isPlain } from './plain.ts';
import { windowSize } from './window-size.ts';

export interface PrintAnswerOptions {
  /** stdout, or what stands for it. */
  readonly out: Output;
  /** A person reads it. */
  readonly isTerminal: boolean;
  /** What the answer is held to. */
  readonly structured: StructuredOutput | undefined;
  readonly facts: RunFacts;
  readonly theme: ThemeName;
}

export async function printAnswer(
  host: Host,
  flags: Flags,
  events: AsyncIterable<TurnEvent>,
  options: PrintAnswerOptions,
): Promise<TurnOutcome> {
  const { out, facts } = options;
  const activity = await openActivity(host, flags, options.theme);
  switch (flags.output) {
    case 'json': {
      const { printJson } = await import('../print/json.ts');
      return printJson(events, { out, activity, facts });
    }
    case 'stream-json': {
      const { printStreamJson } = await import('../print/stream-json.ts');
      return printStreamJson(events, { out, activity, facts });
    }
    case 'text':
      if (options.structured === undefined)
        return printText(events, { activity, answer: await openAnswer(host, flags, options) });
      return printValue(host, flags, events, { ...options, activity });
    case 'yaml':
    case 'csv':
    case 'tsv':
    case 'table':
      return printValue(host, flags, events, { ...options, activity });
    default:
      return flags.output satisfies never;
  }
}

async function printValue(
  host: Host,
  flags: Flags,
  events: AsyncIterable<TurnEvent>,
  { out, isTerminal, activity, structured, theme }: PrintAnswerOptions & { readonly activity: Activity },
): Promise<TurnOutcome> {
  const { printStructured } = await import('../print/structured.ts');
  const { formatStructured } = await import('../print/structured-form.ts');
  const { output } = flags;
  const form = output === 'text' || output === 'json' || output === 'stream-json' ? 'json' : output;
  const wanted = structured?.wanted;
  const options = {
    color: isTerminal && theme !== 'none' ? colorLevel(flags.color, host.environment, host.stdout) : 0,
    ...optional('columns', isTerminal ? columnsOf(host) : undefined),
    ...optional('schema', wanted?.kind === 'json-schema' ? wanted.schema : undefined),
    onLeftOut: (keys: readonly string[]) => void host.err.write(leftOut(keys)),
  } as const;
  const items = flags.streamItems === true;
  return printStructured(events, {
    out,
    err: host.err,
    activity,
    items,
    form: (node) => formatStructured(node, form, options),
  });
}

function leftOut(keys: readonly string[]): SafeText {
  return safe`! not in the rows: ${sanitizeLine(keys.join(', '))}\n`;
}

async function openActivity(host: Host, flags: Flags, theme: ThemeName): Promise<Activity> {
  const color = theme === 'none' ? 0 : colorLevel(flags.color, host.environment, host.stderr);
  const dim =
    color === 0 ? undefined : (await import('../terminal/theme.ts')).themesOf(color, host.environment)(theme).dim;
  return createActivity({
    err: host.err,
    over: () => host.out.closed,
    quiet: flags.quiet === true,
    reasoning: flags.hideThinking !== true,
    verbose: flags.verbose === true,
    toolsDebug: flags.toolsDebug === true,
    explain: flags.explain === true,
    now: host.now,
    dim: dim ?? ((text) => text),
  });
}

async function openAnswer(
  host: Host,
  flags: Flags,
  { out, isTerminal, theme }: PrintAnswerOptions,
): Promise<AnswerWriter> {
  if (flags.rawOutput === true) return rawAnswer(out);
  const { stdout, environment } = host;
  if (!isTerminal || flags.raw === true || environment.TERM === 'dumb') return plainAnswer(out);
  const { markdownAnswer } = await import('../print/markdown.ts');
  const { themeOptions } = await import('../terminal/palette.ts');
  const { refresh } = windowSize(process);
  const screen = {
    rows: () => (stdout.rows > 0 ? stdout.rows : 24),
    reflows: terminalReflows(environment),
  };
  return markdownAnswer(out, {
    ...themeOptions(theme, colorLevel(flags.color, environment, stdout), environment),
    columns() {
      // A signal of a new size may be behind the words that are drawn now.
      refresh();
      return columnsOf(host);
    },
    ...(isPlain(flags, environment) ? {} : { screen, hyperlinks: await showsHyperlinks(stdout) }),
  });
}

/** A terminal that does not know its size says 0. */
function columnsOf({ stdout }: Host): number {
  return stdout.columns > 0 ? stdout.columns : 80;
}

/** One answer and an exit code. */

import { ChatError } from '../core/error.ts';
import type { Notice } from '../core/notice.ts';
import { optional } from '../core/optional.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import { type Activity, createActivity } from '../print/activity.ts';
import { type AnswerWriter, plainAnswer, rawAnswer } from '../print/answer.ts';
import { printText } from '../print/text.ts';
import { safeJson } from '../terminal/json.ts';
import { safe } from '../terminal/safe.ts';
import { colorLevel } from './color.ts';
import { type Composition, compose } from './compose.ts';
import { concludeEnded, type Ending, runUntilEnd } from './ending.ts';
import { exitCodes } from './exit-codes.ts';
import { findServer } from './find-server.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';
import { parseKeyFlag } from './key-flag.ts';
import { reportOutcome } from './report.ts';
import { noServer } from './resolve-server.ts';
import { settingsOf } from './settings-of.ts';
import { joinPrompt, readStdin } from './stdin.ts';

/** @param argument  the prompt on the command line; `-` stands for stdin */
export function runOneShot(host: Host, flags: Flags, argument: string | undefined): Promise<number> {
  return runUntilEnd(host, flags.maxTime, (ending) => answer(host, flags, argument, ending));
}

async function answer(host: Host, flags: Flags, argument: string | undefined, ending: Ending): Promise<number> {
  const { signal } = ending;
  const settings = await settingsOf(host);
  if (argument?.trim() === '' && !host.hasStdin()) throw noPrompt(false);
  const key = await parseKeyFlag(flags.key, host, signal);
  const server = await findServer(host, { ...flags, ...optional('keySource', key) }, { settings, signal });
  if (server === undefined) throw noServer(settings);
  const prompt = await readPrompt(host, flags, argument, { signal, stdinIsTaken: key?.from === 'stdin' });

  const composition = await compose(host, flags, server, settings);
  if (flags.dryRun === true) {
    await host.out.write(safe`${safeJson(composition.session.preview(prompt), 2)}\n`);
    return exitCodes.done;
  }
  const events = withNotices([...server.notices, ...composition.notices], composition.session.send(prompt, signal));
  const outcome = await print(host, flags, composition, events, server.profile.name);
  return conclude(host, outcome, ending);
}

interface PromptOptions {
  readonly signal: AbortSignal;
  /** The key came from there. */
  readonly stdinIsTaken: boolean;
}

async function readPrompt(
  host: Host,
  flags: Flags,
  argument: string | undefined,
  { signal, stdinIsTaken }: PromptOptions,
): Promise<string> {
  const given = argument === '-' ? undefined : argument;
  const reads = flags.stdin && !stdinIsTaken && host.hasStdin();
  const onWait = (): void => void host.err.write(safe`banter: waiting for stdin (--no-stdin to skip)\n`);
  const stdin = reads
    ? await readStdin(host.stdin, { signal, ...optional('onWait', given === undefined ? undefined : onWait) })
    : undefined;
  const prompt = joinPrompt(given, stdin);
  if (prompt.trim() === '') throw noPrompt(stdin !== undefined);
  return prompt;
}

function noPrompt(stdinIsEmpty: boolean): ChatError {
  const what = stdinIsEmpty ? 'there is no prompt, and stdin is empty' : 'there is no prompt';
  return new ChatError({ kind: 'usage', what, hint: 'banter "your question"' });
}

async function* withNotices(notices: readonly Notice[], events: AsyncIterable<TurnEvent>): AsyncIterable<TurnEvent> {
  for (const notice of notices) yield { type: 'notice', notice };
  yield* events;
}

async function print(
  host: Host,
  flags: Flags,
  { session }: Composition,
  events: AsyncIterable<TurnEvent>,
  profile: string,
): Promise<TurnOutcome> {
  const { out } = host;
  const activity = await openActivity(host, flags);
  const facts = { conversation: session.settings.log.id, profile, model: session.settings.model };
  switch (flags.output) {
    case 'text':
      return printText(events, { out, activity, answer: await openAnswer(host, flags) });
    case 'json': {
      const { printJson } = await import('../print/json.ts');
      return printJson(events, { out, activity, facts });
    }
    case 'stream-json': {
      const { printStreamJson } = await import('../print/stream-json.ts');
      return printStreamJson(events, { out, activity, facts });
    }
  }
}

async function openActivity(host: Host, flags: Flags): Promise<Activity> {
  const color = colorLevel(flags.color, host.environment, host.stderr);
  const dim = color === 0 ? undefined : (await import('../terminal/theme.ts')).createTheme({ color }).dim;
  return createActivity({
    err: host.err,
    over: () => host.out.closed,
    quiet: flags.quiet === true,
    reasoning: flags.hideThinking !== true,
    verbose: flags.verbose === true,
    now: host.now,
    dim: dim ?? ((text) => text),
  });
}

async function openAnswer(host: Host, flags: Flags): Promise<AnswerWriter | undefined> {
  if (flags.schema !== undefined) return undefined;
  if (flags.rawOutput === true) return rawAnswer(host.out);
  const { stdout, environment } = host;
  if (stdout.isTTY !== true || flags.raw === true || environment.TERM === 'dumb') return plainAnswer(host.out);
  const { markdownAnswer } = await import('../print/markdown.ts');
  return markdownAnswer(host.out, {
    color: colorLevel(flags.color, environment, stdout),
    // A terminal that does not know its size says 0.
    columns: () => (stdout.columns > 0 ? stdout.columns : 80),
  });
}

/** What ended the run from outside decides its exit code; else the outcome of the turn does. */
async function conclude(host: Host, outcome: TurnOutcome, ending: Ending): Promise<number> {
  await host.out.flush();
  if (outcome.kind === 'aborted' && ending.code !== undefined) return concludeEnded(host, ending.code);
  return host.out.closed ? exitCodes.done : reportOutcome(outcome, host.err);
}

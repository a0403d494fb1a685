/** One answer and an exit code. */

import { ChatError } from '../core/error.ts';
import type { Notice } from '../core/notice.ts';
import { optional } from '../core/optional.ts';
import type { ThemeName } from '../core/theme-name.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import type { Session } from '../session/index.ts';
import type { StructuredOutput } from '../session/structured/index.ts';
import { safeJson } from '../terminal/json.ts';
import { safe } from '../terminal/safe.ts';
import { type Composition, compose } from './compose.ts';
import { type Constraint, constraintOf, readsSchemaFromStdin } from './constraint.ts';
import { concludeEnded, type Ending, runUntilEnd } from './ending.ts';
import { exitCodeOfOutcome, exitCodes } from './exit-codes.ts';
import { type FoundServer, findServer } from './find-server.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';
import { parseKeyFlag } from './key-flag.ts';
import type { OutputFile } from './output-file.ts';
import { printAnswer } from './print-answer.ts';
import { reportOutcome } from './report.ts';
import { noServer } from './resolve-server.ts';
import { settingsOf } from './settings-of.ts';
import { joinPrompt, readStdin } from './stdin.ts';

/** @param argument  the prompt on the command line; `-` stands for stdin */
export function runOneShot(host: Host, flags: Flags, argument: string | undefined): Promise<number> {
  return runUntilEnd(host, flags.maxTime, async (ending) => {
    if (flags.outputFile === undefined || flags.dryRun === true) return answer({ host, flags, ending }, argument);
    // Before anything else: an answer that has nowhere to go must not be asked for.
    const { openOutputFile } = await import('./output-file.ts');
    const file = await openOutputFile(flags.outputFile, ending.signal);
    try {
      return await answer({ host, flags, ending, file }, argument);
    } finally {
      file.close();
    }
  });
}

interface Run {
  readonly host: Host;
  readonly flags: Flags;
  readonly ending: Ending;
  /** Where the answer goes instead of stdout. */
  readonly file?: OutputFile;
}

async function answer(run: Run, argument: string | undefined): Promise<number> {
  const { host, flags } = run;
  const { signal } = run.ending;
  const constraint = constraintOf(flags);
  const settings = await settingsOf(host);
  if (argument?.trim() === '' && !host.hasStdin()) throw noPrompt(false);
  const key = await parseKeyFlag(flags.key, host, signal);
  const server = await findServer(host, { ...flags, ...optional('keySource', key) }, { settings, signal });
  if (server === undefined) throw noServer(settings);
  const given = argument === '-' ? undefined : argument;
  const keyIsStdin = key?.from === 'stdin';
  const schemaIsStdin = readsSchemaFromStdin(constraint);
  const structured = await readFormat(run, constraint, { given, stdinIsTaken: keyIsStdin });
  const prompt = await readPrompt(run, { given, stdinIsTaken: keyIsStdin || schemaIsStdin });

  // Where stdout goes does not matter: the question is on stderr.
  const canAsk = host.stdin.isTTY === true && host.stderr.isTTY === true;
  const composition = await compose(host, flags, { server, settings, structured, canAsk, signal });
  try {
    return await send(run, prompt, { composition, server, structured, theme: settings.theme ?? 'auto' });
  } finally {
    await composition.close();
  }
}

interface SendOptions {
  readonly composition: Composition;
  readonly server: FoundServer;
  readonly structured: StructuredOutput | undefined;
  readonly theme: ThemeName;
}

async function send(run: Run, prompt: string, options: SendOptions): Promise<number> {
  const { host, flags, ending, file } = run;
  const { composition, server, structured, theme } = options;
  const { session, notices } = composition;
  if (flags.dryRun === true) {
    await host.out.write(safe`${safeJson(await session.preview(prompt), 2)}\n`);
    return exitCodes.done;
  }
  const turn = await openTurn(run, session, prompt);
  const events = withNotices([...server.notices, ...notices], turn);
  const facts = { conversation: session.settings.log.id, profile: server.profile.name, model: server.profile.model };
  const isTerminal = file === undefined && host.stdout.isTTY === true;
  const outcome = await printAnswer(host, flags, events, {
    ...{ isTerminal, structured, facts, theme },
    out: file ?? host.out,
  });
  if (file !== undefined && isWorthKeeping(outcome, file, structured !== undefined)) file.keep();
  return conclude(host, outcome, ending);
}

/** Half a value is none; half a text is what the model wrote until it was stopped. */
function isWorthKeeping(outcome: TurnOutcome, { hasText }: OutputFile, isStructured: boolean): boolean {
  const code = exitCodeOfOutcome(outcome);
  const isPart = code === exitCodes.incomplete || code === exitCodes.interrupted;
  return code === exitCodes.done || (isPart && hasText && !isStructured);
}

/** The turn, with a person's answers to its questions where there is one to ask. */
async function openTurn(
  { host, ending: { signal } }: Run,
  session: Session,
  prompt: string,
): Promise<AsyncIterable<TurnEvent>> {
  const events = session.send(prompt, signal);
  if (!session.settings.approval.canAsk) return events;
  const { answerApprovals, askOnTerminal } = await import('./approve.ts');
  return answerApprovals(events, (question) => askOnTerminal(host, question, signal));
}

interface StdinOptions {
  /** The prompt on the command line. */
  readonly given: string | undefined;
  /** The key or the schema comes from there. */
  readonly stdinIsTaken: boolean;
}

/** stdin is the schema only when the prompt is an argument. */
async function readFormat(
  { host, flags, ending: { signal } }: Run,
  constraint: Constraint | undefined,
  { given, stdinIsTaken }: StdinOptions,
): Promise<StructuredOutput | undefined> {
  if (constraint === undefined) return undefined;
  const { openStructured } = await import('./structured.ts');
  const isFree = given !== undefined && !stdinIsTaken && flags.stdin && host.hasStdin();
  return openStructured(host, flags, constraint, isFree ? () => readStdin(host.stdin, { signal }) : undefined);
}

async function readPrompt(run: Run, { given, stdinIsTaken }: StdinOptions): Promise<string> {
  const { host, flags, ending } = run;
  const reads = flags.stdin && !stdinIsTaken && host.hasStdin();
  const onWait = (): void => void host.err.write(safe`banter: waiting for stdin (--no-stdin to skip)\n`);
  const stdin = reads
    ? await readStdin(host.stdin, {
        signal: ending.signal,
        ...optional('onWait', given === undefined ? undefined : onWait),
      })
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

/** What ended the run from outside decides its exit code; else the outcome of the turn does. */
async function conclude(host: Host, outcome: TurnOutcome, ending: Ending): Promise<number> {
  await host.out.flush();
  if (outcome.kind === 'aborted' && ending.code !== undefined) return concludeEnded(host, ending.code);
  return host.out.closed ? exitCodes.done : reportOutcome(outcome, host.err);
}

/**
 * The composition root: argv to a one-shot answer, the REPL or a management command, and to an exit code.
 * What only one of them needs is imported when it is chosen.
 */

import { Command, CommanderError } from 'commander';
import { ChatError } from '../core/error.ts';
import { nearest } from '../core/nearest.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { commands } from './commands/index.ts';
import { exitCodes } from './exit-codes.ts';
import { addFlags, type Flags, repeatable } from './flags.ts';
import type { Host } from './host.ts';
import { runOneShot } from './one-shot.ts';
import { reportError } from './report.ts';
import { version } from './version.ts';

/** Sets the exit code of the process; resolves when everything written has left it. */
export async function runProgram(host: Host, argv: readonly string[]): Promise<void> {
  try {
    process.exitCode = await run(host, argv);
  } catch (error) {
    process.exitCode = await reportError(error, host.err);
  }
  await host.flush();
  if (host.out.abandoned || host.err.abandoned) process.exit();
  const { failure } = host.out;
  if (failure === undefined || process.exitCode !== exitCodes.done) return;
  const error = new ChatError({ kind: 'storage', path: 'stdout', what: failure.message });
  process.exitCode = await reportError(error, host.err);
}

/** Returns the exit code. @throws ChatError for what ended it early */
async function run(host: Host, argv: readonly string[]): Promise<number> {
  // commander looks for commands behind `--` too; a prompt that is the name of a command must not be one.
  const split = argv.indexOf('--');
  // `--think "prompt"` has no level: one is only ever given with `=`.
  const before = (split === -1 ? argv : argv.slice(0, split)).map((word) => (word === '--think' ? '--think=on' : word));
  const after = split === -1 ? [] : argv.slice(split + 1);

  let code: number = exitCodes.done;
  const program = createProgram(host);
  for (const [name, { description, load }] of Object.entries(commands)) {
    program
      .command(name)
      .description(description)
      .helpOption(false)
      .allowUnknownOption()
      .passThroughOptions()
      .argument('[arguments...]')
      .action(async (rest: readonly string[]) => {
        refuseFlagsBefore(name, program);
        const { createCommand } = await load();
        const setCode = (next: number): void => {
          code = next;
        };
        const command = configure(createCommand(host, setCode), host).name(`banter ${name}`);
        await command.parseAsync([...rest, ...after], { from: 'user' });
      });
  }
  program
    .command('help')
    .description('show this, or the help of a command')
    .argument('[command]')
    .action(async (name: string | undefined) => {
      if (name === undefined) return program.outputHelp();
      const { load } = (Object.hasOwn(commands, name) ? commands[name] : undefined) ?? noCommand(name);
      const { createCommand } = await load();
      configure(
        createCommand(host, () => {}),
        host,
      )
        .name(`banter ${name}`)
        .outputHelp();
    });
  program.action(async (words: readonly string[], given: Flags) => {
    const flags = { ...repeatable, ...given };
    code = await converse(host, flags, promptOf([...words, ...after], flags));
  });

  try {
    await program.parseAsync(before, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
  return code;
}

/** They are flags of a conversation, and a command would not see them. @throws ChatError 'usage' */
function refuseFlagsBefore(name: string, program: Command): void {
  const given = program.options.find((option) => program.getOptionValueSource(option.attributeName()) === 'cli');
  if (given === undefined) return;
  const flag = given.short ?? given.long ?? '';
  const hint = `put it behind, where ${name} takes it; banter ${name} --help`;
  throw new ChatError({ kind: 'usage', what: `${flag} stands before ${name}`, hint });
}

function noCommand(name: string): never {
  const [near] = nearest(name, Object.keys(commands), 1);
  const hint = near === undefined ? 'banter help' : `did you mean ${near}?`;
  throw new ChatError({ kind: 'usage', what: `there is no command ${name}`, hint });
}

async function converse(host: Host, flags: Flags, prompt: string | undefined): Promise<number> {
  if (flags.model === '') throw new ChatError({ kind: 'usage', what: '--model is empty', hint: 'banter -m NAME' });
  const staysOpen = flags.interactive !== undefined || (prompt === undefined && host.terminal && !host.hasStdin());
  if (flags.resume === true && (!staysOpen || flags.interactive !== undefined)) {
    const hint = 'banter -r TITLE; banter history list shows all';
    throw new ChatError({ kind: 'usage', what: '--resume needs an id or a title here', hint });
  }
  if (!staysOpen) return runOneShot(host, flags, prompt);
  checkForRepl(host, flags, prompt);
  const { runRepl } = await import('./repl.ts');
  return runRepl(host, flags, flags.interactive);
}

/** @throws ChatError 'usage' for what the REPL could only ignore */
function checkForRepl(host: Host, flags: Flags, prompt: string | undefined): void {
  const forOneAnswer = 'it is for one answer: give it a prompt';
  const complaints: readonly (readonly [applies: boolean, what: string, hint: string])[] = [
    [flags.interactive !== undefined && prompt !== undefined, 'two prompts were given, one with -i', 'leave one out'],
    [!host.terminal, '--interactive needs a terminal', 'leave it out for one answer'],
    [flags.dryRun === true, '--dry-run has nothing to show in the REPL', forOneAnswer],
    [flags.output !== 'text', `-o ${flags.output} has no place in the REPL`, forOneAnswer],
    [flags.outputFile !== undefined, '--output-file has no place in the REPL', forOneAnswer],
    [flags.streamItems === true, '--stream-items has no place in the REPL', forOneAnswer],
  ];
  const found = complaints.find(([applies]) => applies);
  if (found !== undefined) throw new ChatError({ kind: 'usage', what: found[1], hint: found[2] });
}

function createProgram(host: Host): Command {
  const program = configure(new Command('banter'), host)
    .description('Chat with a language model from the terminal, or from a pipe.')
    .version(version, '-V, --version', 'print the version')
    .enablePositionalOptions();
  addFlags(program);
  return program.addHelpText('after', examples);
}

const examples = `
Without a prompt, on a terminal: the REPL. Examples:
  banter "What is a monad?"
  git diff | banter "write a commit message"
  banter --schema person.json "Ada Lovelace, 36" | jq .name
  banter -P demo "What time is it in Seoul?"`;

/**
 * Help goes to stdout, complaints to stderr in our own form, and nothing but `main` ends the process; the same for
 * the commands below it.
 */
function configure(command: Command, host: Host): Command {
  for (const below of command.commands) configure(below, host);
  return command
    .exitOverride()
    .showHelpAfterError(false)
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void host.out.write(sanitize(text)),
      writeErr: (text) => void host.err.write(sanitize(text)),
      outputError: (text, write) =>
        write(
          `banter: ${text
            .replace(/^error: /, '')
            .trimEnd()
            .replace(/\n/g, ' ')}\n`,
        ),
    });
}

/** Several words are more often a command with a slip in it than a prompt without quotes: neither is guessed. */
function promptOf(words: readonly string[], flags: Flags): string | undefined {
  const given = flags.print === undefined ? words : [...words, flags.print];
  if (given.length <= 1) return given[0];
  const [command] = nearest(given[0] ?? '', Object.keys(commands), 1);
  const hint = command === undefined ? 'put it in quotes' : `put it in quotes, or did you mean: banter ${command}`;
  throw new ChatError({ kind: 'usage', what: `one prompt is expected and ${given.length} were given`, hint });
}

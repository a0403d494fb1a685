import { ChatError } from '../../core/error.ts';
import { type SafeText, safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import type { CommandContext } from '../commands/command.ts';
import type { Picker, PickRequest } from './picker.ts';
import type { Choice } from './picking.ts';

/** Puts a question on the line and reads the answer; undefined when none will come. */
export type AskLine = (question: SafeText, signal: AbortSignal) => Promise<string | undefined>;

interface Lister extends Pick<CommandContext, 'say'> {
  /** Without it the list is all. */
  readonly askLine: AskLine | undefined;
}

/**
 * Where there is no screen to choose on: the list is printed, and a number or a name is asked for.
 * @throws ChatError 'aborted' when there is no answer
 */
export async function listChoices(
  { noun, choices, signal }: PickRequest,
  { say, askLine }: Lister,
): ReturnType<Picker['pick']> {
  const arrived = await choices;
  if (arrived.length === 0) return undefined;
  const digits = String(arrived.length).length;
  say(
    `${noun}, ${arrived.length} to choose from:`,
    ...arrived.map((choice, index) => `${String(index + 1).padStart(digits)}. ${describe(choice)}`),
  );
  for (;;) {
    const line = (await askLine?.(safe`${sanitizeLine(noun)}, by number or name (Enter leaves): `, signal))?.trim();
    if (line === undefined || line === '') throw new ChatError({ kind: 'aborted' });
    const chosen = choiceOf(line, arrived);
    if (chosen !== undefined) return chosen.value;
    say(`${line} is none of the ${arrived.length}.`);
  }
}

function describe({ title, detail, current }: Choice): string {
  return [title, current ? '(in use)' : '', detail].filter(Boolean).join('  ');
}

function choiceOf(line: string, choices: readonly Choice[]): Choice | undefined {
  const named = choices.find(({ title, value }) => title === line || value === line);
  return named ?? (/^\d+$/.test(line) ? choices[Number(line) - 1] : undefined);
}

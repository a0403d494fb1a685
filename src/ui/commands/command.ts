/** What a slash command is and what it may use. One file a command; the table is `index.ts`. */

import type { ReplActions, RunningTurn } from '../actions.ts';

export interface Command {
  /** Without the slash. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** As in `/help`, without the name: `[name on|off]`. */
  readonly parameters: string;
  readonly summary: string;
  /** May run while an answer arrives; takes no time and does not fail. */
  readonly anytime: boolean;
  /** @throws ChatError, which is shown in the chat */
  run(context: CommandContext): void | Promise<void>;
}

export interface CommandContext {
  readonly actions: ReplActions;
  readonly commands: readonly Command[];
  /** What was written behind the name, trimmed. */
  readonly argument: string;
  /** Aborts when the person stops the command. */
  readonly signal: AbortSignal;
  /** Lines for the transcript; text from outside in them is made safe where they are drawn. */
  say(...lines: readonly string[]): void;
  /** Two columns, the second wrapped behind the first. */
  list(pairs: readonly (readonly [string, string])[]): void;
  answer(turn: RunningTurn): void;
  quit(): void;
}

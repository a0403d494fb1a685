/** What a slash command is and what it may use. One file a command; the table is `index.ts`. */

import type { Message } from '../../core/message.ts';
import type { ReplActions, RunningTurn } from '../actions.ts';
import type { Offer, OfferContext } from '../completion/candidate.ts';
import type { KeyHelp } from '../keys/bindings.ts';
import type { Picker } from '../picker/picker.ts';
import type { WrittenText } from '../steering.ts';
import type { Switches } from '../switches.ts';

export interface Command {
  /** Without the slash. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** As in `/help`, without the name: `[name on|off]`. */
  readonly parameters: string;
  readonly summary: string;
  /** More lines for `/help NAME`. */
  readonly details?: readonly string[];
  /** May run while an answer arrives, or may with this argument; takes no time. Others wait for its end. */
  readonly anytime: boolean | ((argument: string) => boolean);
  /** Says something of the turn that runs: asked for beside it, it runs at its end, whatever waits in the queue. */
  readonly ofWholeTurn?: true;
  /** Without an argument the person chooses from a list. */
  readonly chooses?: true;
  /** Brings a text into the prompt. Where it was queued it waits until nothing would be lost there. */
  readonly fillsPrompt?: true;
  /** What the argument can be, for Tab. @throws ChatError */
  complete?(context: OfferContext): Offer | Promise<Offer>;
  /** @throws ChatError, which is shown in the chat */
  run(context: CommandContext): void | Promise<void>;
}

export interface CommandContext {
  readonly actions: ReplActions;
  readonly commands: readonly Command[];
  /** For `/help`: the keys that work in this terminal. */
  readonly keys: KeyHelp;
  /** What was written behind the name, trimmed. */
  readonly argument: string;
  /** Aborts when the person stops the command. */
  readonly signal: AbortSignal;
  /** Lines for the transcript; text from outside in them is made safe where they are drawn. */
  say(...lines: readonly string[]): void;
  /** A text whose lines stay whole, for a copy with the mouse. */
  sayVerbatim(text: string): void;
  /** Two columns, the second wrapped behind the first. */
  list(pairs: readonly (readonly [string, string])[]): void;
  /** The screen is the person's until they have chosen or left. */
  readonly pick: Picker['pick'];
  /** Prints the last of what was said in a conversation before. */
  recall(messages: readonly Message[]): void;
  answer(turn: RunningTurn): void;
  /** Puts a text into the prompt, to be changed and sent. */
  draft(text: string): void;
  /** Puts a message into the prompt as it stood there, pastes folded. */
  bringBack(message: WrittenText): void;
  /** Puts an earlier message of the person's into the prompt, 1 is the last; sent, it branches off there. */
  editEarlier(age: number): void;
  /** Why the last structured answer was asked for in another way, in sentences. */
  readonly steps: readonly string[];
  readonly switches: Switches;
  /** The editor is in vi mode. */
  readonly isVi: boolean;
  quit(): void;
}

export function runsAnytime({ anytime }: Command, argument: string): boolean {
  return typeof anytime === 'boolean' ? anytime : anytime(argument);
}

/** For `anytime`: what only shows something is not in the way of an answer. */
export function withoutArgument(argument: string): boolean {
  return argument === '';
}

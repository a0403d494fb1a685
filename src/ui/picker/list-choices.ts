import { ChatError } from '../../core/error.ts';
import type { CommandContext } from '../commands/command.ts';
import type { Picker, PickRequest } from './picker.ts';

interface Lister extends Pick<CommandContext, 'list' | 'say'> {
  /** The name of the one that asks. */
  readonly command: string;
}

/**
 * Where there is no screen to choose on: the list is printed, and the person names one with the next command.
 * @throws ChatError 'aborted' after that
 */
export async function listChoices(
  { choices }: PickRequest,
  { list, say, command }: Lister,
): ReturnType<Picker['pick']> {
  const arrived = await choices;
  if (arrived.length === 0) return undefined;
  list(arrived.map(({ title, detail, current }) => [title, current ? `(in use) ${detail}` : detail]));
  say(`Choose one: /${command} NAME`);
  throw new ChatError({ kind: 'aborted' });
}

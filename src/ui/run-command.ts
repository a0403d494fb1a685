/** Runs one slash command: what it says goes to the transcript, or below the answer that is being written. */

import { ChatError, isChatError } from '../core/error.ts';
import type { ReplActions, RunningTurn } from './actions.ts';
import type { CommandContext } from './commands/command.ts';
import { commands } from './commands/index.ts';
import type { Drafts } from './drafts.ts';
import { beginEdit } from './edit-earlier.ts';
import { keyHelp } from './keys/bindings.ts';
import type { Look } from './look.ts';
import { type AskLine, listChoices } from './picker/list-choices.ts';
import type { Picker } from './picker/picker.ts';
import { plainKeys } from './plain/keys.ts';
import type { WrittenCommand } from './queue.ts';
import { recallPassages } from './recall.ts';
import { sourcePassages } from './source.ts';
import type { Passage } from './state.ts';
import type { Store } from './store.ts';
import type { Switches } from './switches.ts';
import { errorPassage, noticePassage, pairsPassage, plainPassage, userPassage } from './transcript.ts';

export interface RunCommandOptions {
  readonly actions: ReplActions;
  readonly store: Store;
  readonly drafts: Drafts;
  readonly look: () => Look;
  /** Without it there is no screen, and lists are printed. */
  readonly pick: Picker['pick'] | undefined;
  /** Reads a line where `pick` is not there. */
  readonly askLine: AskLine | undefined;
  readonly switches: Switches;
  readonly signal: AbortSignal;
  readonly answer: (turn: RunningTurn) => void;
  readonly quit: () => void;
}

/** @throws ChatError, which is still to be shown */
export async function runCommand(written: WrittenCommand, options: RunCommandOptions): Promise<void> {
  const { look, store, pick } = options;
  const print = (...passages: readonly Passage[]): void => store.dispatch({ type: 'print', passages });
  // What is chosen is said afterwards; a list that is left leaves nothing behind.
  const isChoosing = written.command.chooses && written.argument === '' && pick !== undefined;
  const below = isChoosing ? print : closeUp(print);
  if (!isChoosing) print(userPassage(written.text, look()));
  await run(written, options, { print: below, say: (...lines) => below(plainPassage(lines, look())) });
}

/**
 * The same in the middle of an answer: all that is said waits for the answer's end, but one line is said at once.
 * @throws what is no ChatError
 */
export async function runCommandBetween(written: WrittenCommand, options: RunCommandOptions): Promise<void> {
  const { look, store } = options;
  const passages: Passage[] = [];
  let said: readonly string[] = [];
  try {
    await run(written, options, {
      print: (...more) => void passages.push(...more),
      say(...lines) {
        said = [...said, ...lines];
        passages.push(plainPassage(lines, look()));
      },
    });
  } catch (error) {
    if (!isChatError(error)) throw error;
    if (error.kind !== 'aborted') passages.push(errorPassage(error, look()));
  }
  const [line] = said;
  if (line !== undefined && said.length === 1 && passages.length === 1) {
    store.dispatch({ type: 'print', passages: [noticePassage({ level: 'info', text: line }, look())] });
  } else if (passages.length > 0) {
    const [first, ...rest] = passages;
    const below = first === undefined ? [] : [{ ...first, apart: false }, ...rest];
    const output = { command: written.text, passages: [userPassage(written.text, look()), ...below] };
    store.dispatch({ type: 'print-between', output });
  }
}

/** What a command says stands right below it. */
function closeUp(print: Output['print']): Output['print'] {
  let isFirst = true;
  return (...passages) => {
    const [first, ...rest] = passages;
    if (first === undefined) return;
    print({ ...first, apart: first.apart && !isFirst }, ...rest);
    isFirst = false;
  };
}

interface Output {
  readonly print: (...passages: readonly Passage[]) => void;
  readonly say: CommandContext['say'];
}

async function run(
  { command, argument }: WrittenCommand,
  { actions, store, drafts, look, pick, askLine, switches, signal, answer, quit }: RunCommandOptions,
  { print, say }: Output,
): Promise<void> {
  if (argument !== '' && command.parameters === '') {
    throw new ChatError({ kind: 'usage', what: `/${command.name} takes no argument` });
  }
  const isVi = store.state().vi !== undefined;
  const list: CommandContext['list'] = (pairs) => print(pairsPassage(pairs, look()));
  await command.run({
    actions,
    commands,
    keys: pick === undefined ? plainKeys : keyHelp({ kittyKeys: store.state().kittyKeys, isVi }),
    argument,
    signal,
    say,
    sayVerbatim: (text) => print(...sourcePassages(text, look())),
    list,
    pick: pick ?? ((request) => listChoices(request, { say, askLine })),
    recall: (messages) => print(...recallPassages(messages, look())),
    answer,
    draft: (text) => store.dispatch({ type: 'edit', action: { type: 'replace', text } }),
    bringBack: (message) => store.dispatch({ type: 'edit', action: { type: 'restore', parts: drafts.of(message) } }),
    editEarlier: (age) => beginEdit(age, { actions, store, drafts }),
    steps: store.state().view.steps,
    switches,
    isVi,
    quit,
  });
}

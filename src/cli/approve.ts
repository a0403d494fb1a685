/** Asks the person at the terminal which calls of an answer may run. For a one-shot run; the REPL has its own way. */

import type { ApprovalQuestion, Decision, ProposedCall } from '../core/approval.ts';
import type { TurnEvent } from '../core/turn-event.ts';
import { describeProposedCall } from '../terminal/proposed-call.ts';
import { joinSafe, type SafeText, safe } from '../terminal/safe.ts';
import { reveal } from '../terminal/sanitize.ts';
import { wrapText } from '../terminal/width.ts';
import type { Host } from './host.ts';
import { dropTypedAhead, readLine } from './read-line.ts';

export type Decisions = ReadonlyMap<string, Decision>;

/** All events, with the questions among them answered. */
export async function* answerApprovals(
  events: AsyncIterable<TurnEvent>,
  ask: (question: ApprovalQuestion) => Promise<Decisions>,
): AsyncGenerator<TurnEvent> {
  for await (const event of events) {
    // Drawn first: what stands open on the screen is ended before the question.
    yield event;
    if (event.type === 'approval') event.question.answer(await ask(event.question));
  }
}

/** On stderr and stdin. What is not answered, at the end of stdin and on abort, has no decision. */
export async function askOnTerminal(host: Host, question: ApprovalQuestion, signal: AbortSignal): Promise<Decisions> {
  const { stdin, stderr, err } = host;
  const columns = stderr.columns > 0 ? stderr.columns : 80;
  return decide(question.calls, {
    columns,
    write: async (text) => err.write(text),
    dropTypedAhead: () => dropTypedAhead(stdin),
    readLine: () => readLine(stdin, signal),
  });
}

export interface Dialogue {
  readonly columns: number;
  write(text: SafeText): Promise<void>;
  /** Forgets what was typed or pasted before a question was there: it is no answer to it. */
  dropTypedAhead(): Promise<void>;
  /** Undefined when no answer will come. */
  readLine(): Promise<string | undefined>;
}

/** Shows all calls and what can be answered, then asks about each: whoever says yes to all has seen them all. */
export async function decide(calls: readonly ProposedCall[], dialogue: Dialogue): Promise<Decisions> {
  const decisions = new Map<string, Decision>();
  const shown = calls.flatMap((call) => [...describeProposedCall(call, dialogue.columns), safe``]);
  const legend = wrapText(legendOf(choicesFor(calls.length)), dialogue.columns).map((line) => safe`${line}\n`);
  await dialogue.write(joinSafe([safe`\n`, joinSafe(shown, safe`\n`), ...legend]));
  let rest: Decision | undefined;
  const always = new Set<string>();
  for (const [index, call] of calls.entries()) {
    if (rest !== undefined || always.has(call.tool)) {
      decisions.set(call.id, rest ?? { kind: 'run-always' });
      continue;
    }
    const place = calls.length === 1 ? safe`` : safe` (${index + 1} of ${calls.length})`;
    const choices = choicesFor(calls.length - index);
    const answer = await askAbout(safe`Run ${reveal(call.tool)}${place}?`, choices, dialogue);
    if (answer === undefined) break;
    if (answer === 'all') rest = { kind: 'run' };
    if (answer === 'tool') always.add(call.tool);
    decisions.set(call.id, await toDecision(answer, dialogue));
  }
  return decisions;
}

type Answer = 'this' | 'all' | 'tool' | 'no' | 'reason';

interface Choice {
  readonly answer: Answer;
  /** The first is the one that is offered. */
  readonly keys: readonly [SafeText, ...string[]];
  readonly meaning: SafeText;
}

/** @param left  calls that are not decided yet, with the one that is asked about */
function choicesFor(left: number): readonly Choice[] {
  return left > 1 ? allChoices : allChoices.filter(({ answer }) => answer !== 'all');
}

const allChoices: readonly Choice[] = [
  { answer: 'this', keys: [safe`y`, 'yes'], meaning: safe`yes` },
  { answer: 'all', keys: [safe`a`], meaning: safe`all that are left` },
  { answer: 'tool', keys: [safe`t`], meaning: safe`this tool from now on` },
  // Enter alone is no: nothing runs by accident.
  { answer: 'no', keys: [safe`n`, 'no', ''], meaning: safe`or Enter no` },
  { answer: 'reason', keys: [safe`r`], meaning: safe`no and why` },
];

function legendOf(choices: readonly Choice[]): SafeText {
  return joinSafe(
    choices.map(({ keys, meaning }) => safe`${keys[0]} ${meaning}`),
    safe`, `,
  );
}

async function askAbout(
  question: SafeText,
  choices: readonly Choice[],
  dialogue: Dialogue,
): Promise<Answer | undefined> {
  const { write, readLine } = dialogue;
  const keys = choices.map((choice) => choice.keys[0]);
  for (;;) {
    await dialogue.dropTypedAhead();
    await write(safe`${question} [${joinSafe(keys, safe`/`)}] `);
    const line = await readLine();
    if (line === undefined) {
      await write(safe`\n`);
      return undefined;
    }
    const word = line.trim().toLowerCase();
    const chosen = choices.find((choice) => choice.keys.includes(word));
    if (chosen !== undefined) return chosen.answer;
    await write(safe`${reveal(word.slice(0, longestEcho))} is no answer: ${legendOf(choices)}\n`);
  }
}

/** In UTF-16 units. */
const longestEcho = 20;

async function toDecision(answer: Answer, { write, readLine }: Dialogue): Promise<Decision> {
  switch (answer) {
    case 'this':
    case 'all':
      return { kind: 'run' };
    case 'tool':
      return { kind: 'run-always' };
    case 'no':
      return { kind: 'deny' };
    case 'reason': {
      await write(safe`Reason: `);
      const reason = (await readLine())?.trim() ?? '';
      return reason === '' ? { kind: 'deny' } : { kind: 'deny', reason };
    }
    default:
      return answer satisfies never;
  }
}

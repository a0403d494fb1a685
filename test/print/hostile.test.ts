/** What a model, a tool or a server sends, in every string that can hold it, through every front end. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../src/core/error.ts';
import type { FormatReport } from '../../src/core/response-format.ts';
import type { TurnEvent, TurnOutcome } from '../../src/core/turn-event.ts';
import { plainAnswer } from '../../src/print/answer.ts';
import { printJson } from '../../src/print/json.ts';
import { markdownAnswer } from '../../src/print/markdown.ts';
import { printStreamJson } from '../../src/print/stream-json.ts';
import { printStructured } from '../../src/print/structured.ts';
import { formatStructured } from '../../src/print/structured-form.ts';
import { printText } from '../../src/print/text.ts';
import { corpus, innocent } from '../terminal/corpus.ts';
import { setTrap } from '../terminal/trap.ts';
import { activityOn, done, end, play, type Recorder, recorder, structured, turnFullOf } from './play.ts';

/** ESC and the other controls, C1, bidi controls, separators, half pairs. Tab and line end may stay. */
const forbidden = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]/u;

const cases = [
  ...corpus.filter(({ id }) => id !== 'T67' && id !== 'T68').map(({ id, input }) => ({ id, input })),
  { id: 'half a pair', input: 'a\ud83db\ude00' },
  ...innocent.map((input) => ({ id: input, input })),
];

interface Printed {
  readonly out: Recorder;
  readonly err: Recorder;
}

type FrontEnd = (events: readonly TurnEvent[], text: string) => Promise<Printed>;

function frontEnd(
  print: (events: AsyncIterable<TurnEvent>, printed: Printed, text: string) => Promise<unknown>,
): FrontEnd {
  return async (events, text) => {
    const printed = { out: recorder(), err: recorder() };
    await print(play(...events), printed, text);
    return printed;
  };
}

const frontEnds: Readonly<Record<string, FrontEnd>> = {
  text: frontEnd((events, { out, err }) =>
    printText(events, { answer: plainAnswer(out), activity: activityOn(err, { verbose: true }) }),
  ),
  markdown: frontEnd((events, { out, err }) =>
    printText(events, { answer: markdownAnswer(out, { color: 0, columns: () => 60 }), activity: activityOn(err) }),
  ),
  structured: frontEnd((events, { out, err }) =>
    printStructured(events, {
      out,
      err,
      activity: activityOn(err, { explain: true }),
      items: false,
      form: (node) => formatStructured(node, 'json', { color: 0, columns: 80 }),
    }),
  ),
  items: frontEnd((events, { out, err }) =>
    printStructured(events, {
      out,
      err,
      activity: activityOn(err),
      items: true,
      form: (node) => formatStructured(node, 'json', { color: 0 }),
    }),
  ),
  json: frontEnd((events, { out, err }, text) =>
    printJson(events, { out, activity: activityOn(err), facts: factsOf(text) }),
  ),
  'stream-json': frontEnd((events, { out, err }, text) =>
    printStreamJson(events, { out, activity: activityOn(err), facts: factsOf(text) }),
  ),
};

function factsOf(text: string) {
  return { conversation: text, profile: text, model: text };
}

/** A structured value with `text` raw in it: only what JSON forbids inside a string is escaped. */
function endings(text: string): readonly TurnOutcome[] {
  const error = new ChatError({
    kind: 'server',
    target: text,
    status: 500,
    said: text,
    type: text,
    code: text,
    parameter: text,
    hint: text,
  });
  const problems = new ChatError({ kind: 'schema', wanted: 'schema', problems: [text, text], attempts: 2, raw: text });
  return [
    { kind: 'done', finish: 'stop', structured: structured(JSON.stringify({ [text]: text })) },
    { kind: 'failed', error, partial: true },
    { kind: 'failed', error: problems, partial: false, report: reportOn(text) },
    { kind: 'done', finish: 'stop', structured: { ...structured(text), kind: 'regex' } },
  ];
}

function reportOn(text: string): FormatReport {
  return {
    kind: 'json-schema',
    mode: 'native',
    changes: [text],
    attempts: [{ mode: 'native', result: 'invalid', problems: [text] }],
  };
}

for (const [name, print] of Object.entries(frontEnds)) {
  test(`${name}: no control, C1 or bidi character reaches stdout or stderr, from whichever field`, async () => {
    for (const { id, input } of cases) {
      for (const outcome of endings(input)) {
        const { out, err } = await print([...turnFullOf(input), end(outcome)], input);
        assert.doesNotMatch(out.text, forbidden, `${id} on stdout`);
        assert.doesNotMatch(err.text, forbidden, `${id} on stderr`);
      }
    }
  });
}

test('a terminal that shows both outputs of every front end does nothing but print', async () => {
  const trap = setTrap();
  for (const print of Object.values(frontEnds)) {
    const printed = await Promise.all(cases.map(({ input }) => print([...turnFullOf(input), done()], input)));
    await trap.write(printed.map(({ out, err }) => err.text + out.text).join(''));
  }
  assert.deepEqual(trap.effects, []);
  trap.dispose();
});

test('json: whatever the fields held is what a parser gets back', async () => {
  for (const { id, input } of cases) {
    const [satisfied, failed, unsatisfied] = await Promise.all(
      endings(input).map(async (outcome) => {
        const { out } = await print('json', [...turnFullOf(input), end(outcome)], input);
        return JSON.parse(out.text);
      }),
    );
    assert.deepEqual(
      [satisfied.conversation, satisfied.profile, satisfied.model, satisfied.text, satisfied.reasoning],
      Array(5).fill(input),
      id,
    );
    const call = { id: input, name: input, arguments: input, replay: { [input]: input } };
    assert.deepEqual(satisfied.toolCalls, [call], id);
    assert.deepEqual(satisfied.json, { [input]: input }, id);
    const { target, said, type, code, parameter, hint } = failed.error;
    assert.deepEqual([target, said, type, code, parameter, hint], Array(6).fill(input), id);
    assert.deepEqual(unsatisfied.error.problems, [input, input], id);
    assert.equal(unsatisfied.error.raw, input, id);
  }
});

test('stream-json: every line parses and every event comes back as it was', async () => {
  for (const { id, input } of cases) {
    for (const outcome of endings(input)) {
      const { out } = await print('stream-json', [...turnFullOf(input), end(outcome)], input);
      const lines = out.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.deepEqual(lines[0], { type: 'start', version: 1, ...factsOf(input) }, id);
      assert.deepEqual(lines.slice(1, -1), turnFullOf(input), id);
      const last = lines.at(-1);
      if (outcome.kind === 'done' && outcome.structured?.kind === 'json-schema')
        assert.deepEqual(last.json, { [input]: input }, id);
      if (outcome.kind === 'failed')
        assert.deepEqual(last.error, { ...outcome.error.fault, message: outcome.error.message }, id);
    }
  }
});

test('text: what people write passes byte for byte', async () => {
  for (const text of innocent) {
    const { out } = await print('text', [{ type: 'text-delta', text }, done()], text);
    assert.equal(out.text, `${text}\n`);
  }
});

function print(name: string, events: readonly TurnEvent[], text: string): Promise<Printed> {
  const chosen = frontEnds[name];
  assert.ok(chosen, `there is no front end ${name}`);
  return chosen(events, text);
}

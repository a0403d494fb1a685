import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../../src/core/error.ts';
import type { Json, JsonSchema } from '../../../src/core/json.ts';
import type { Rung } from '../../../src/core/response-format.ts';
import type { StreamEvent } from '../../../src/core/stream-event.ts';
import type { Tool } from '../../../src/core/tool.ts';
import type { StructuredResult, TurnEvent, TurnOutcome } from '../../../src/core/turn-event.ts';
import { createSession, type SessionSettings } from '../../../src/session/index.ts';
import type { StructuredOutput } from '../../../src/session/structured/index.ts';
import { compileAround, compileSchema } from '../../../src/session/validate.ts';
import { memoryLog } from '../../../src/store/memory-log.ts';
import { sanitize } from '../../../src/terminal/sanitize.ts';
import { call, finish, type Script, scriptedProvider, text } from '../../support/scripted-provider.ts';

const person: JsonSchema = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name'],
};

test('the strongest rung is asked first, with the schema as that rung wants it, and the answer is mapped back', async () => {
  const { provider, turn } = start([text('{"name":"Ada","age":null}')]);
  const { result } = await turn('who?');
  assert.equal(result?.text, '{"name":"Ada"}', 'the null that stands for "absent" is gone');
  const [request] = provider.requests;
  assert.ok(request?.format?.kind === 'json-schema');
  assert.equal(request.format.mode, 'native');
  assert.equal(request.format.strict, true);
  assert.deepEqual(
    result?.report.attempts.map(({ mode, result }) => [mode, result]),
    [['native', 'valid']],
  );
});

test('a rung that the server refuses is left for the next, and remembered once that one is taken', async () => {
  const { provider, turn } = start([refusal('response_format is not supported'), text('{"name":"Ada"}')]);
  const { result, notices } = await turn('who?');
  assert.equal(result?.report.mode, 'tool');
  assert.deepEqual(provider.left, ['native']);
  assert.match(notices.join('\n'), /refused its own JSON Schema; asking by a forced tool call/);
  assert.deepEqual(
    result?.report.attempts.map((attempt) => attempt.result),
    ['refused', 'valid'],
  );
  assert.equal(provider.requests[1]?.messages.length, 1, 'the conversation is the same as before');
});

test('what was left is not tried in the next turn, unless it is asked for by name', async () => {
  const answers = [refusal('no'), text('{"name":"A"}'), text('{"name":"B"}'), text('{"name":"C"}')];
  const { provider, turn, session } = start(answers);
  await turn('1');
  assert.equal((await turn('2')).result?.report.mode, 'tool');
  session.configure({ structured: structured(person, { mode: 'native' }) });
  assert.equal((await turn('3')).result?.report.mode, 'native');
  assert.equal(provider.requests.length, 4);
});

test('a server that refuses every rung fails with what it said, and nothing is remembered', async () => {
  const { provider, turn } = start([refusal('one'), refusal('two'), refusal('three'), refusal('four')]);
  const { outcome } = await turn('who?');
  assert.ok(outcome.kind === 'failed' && outcome.error.fault.kind === 'server');
  assert.equal(outcome.error.fault.said, 'four');
  assert.equal(provider.requests.length, 4);
  assert.deepEqual(provider.left, []);
  assert.equal(outcome.report?.attempts.length, 4);
});

test('a failure that is not about the format ends the turn at the first rung', async () => {
  const { provider, turn } = start([refusal('context length exceeded', 'something else')]);
  const { outcome } = await turn('who?');
  assert.equal(outcome.kind, 'failed');
  assert.equal(provider.requests.length, 1);
});

test('a rung that is visibly ignored is left at once: the next is asked as if that answer had not been', async () => {
  const { provider, turn } = start([text('Ada, of course!'), text('{"name":"Ada"}')]);
  const { result, notices } = await turn('who?');
  assert.equal(result?.text, '{"name":"Ada"}');
  assert.deepEqual(provider.left, ['native']);
  assert.match(notices.join('\n'), /ignored its own JSON Schema/);
  assert.equal(provider.requests[1]?.messages.length, 1, 'no wrong answer, no correction');
});

test('a value that the schema as it was sent allows is no sign of ignoring, only wrong', async () => {
  // The strict form of if/then is wider than the original.
  const conditional = {
    type: 'object',
    properties: { kind: { enum: ['a', 'b'] }, x: { type: ['integer', 'null'] } },
    required: ['kind', 'x'],
    if: { properties: { kind: { const: 'a' } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { x: { type: 'integer' } } },
  };
  const { provider, turn } = start([text('{"value":{"kind":"a","x":null}}'), text('{"value":{"kind":"a","x":1}}')], {
    structured: structured(conditional),
  });
  const { result } = await turn('?');
  assert.deepEqual(
    result?.report.attempts.map((attempt) => attempt.result),
    ['invalid', 'valid'],
  );
  assert.deepEqual(provider.left, []);
});

test('a tool call with wrong arguments is corrected: only an answer without any JSON ignores that rung', async () => {
  const tool: Rung = { mode: 'tool', schema: 'object', besideTools: false };
  const wrong = start([text('{"nickname":"Ada"}'), text('{"name":"Ada"}')], {}, [tool, prompt]);
  await wrong.turn('who?');
  assert.deepEqual(wrong.provider.left, []);
  const prose = start([text('It is Ada.'), text('{"name":"Ada"}')], {}, [tool, prompt]);
  await prose.turn('who?');
  assert.deepEqual(prose.provider.left, ['tool']);
});

test('a refusal of this very schema says nothing about others, and is not remembered', async () => {
  for (const said of [
    "Invalid schema for response_format 'x': 'minimum' is not permitted",
    'Invalid regex: lookahead',
  ]) {
    const { provider, turn } = start([refusal(said), text('{"name":"Ada"}')]);
    assert.equal((await turn('who?')).result?.report.mode, 'tool');
    assert.deepEqual(provider.left, []);
  }
});

test('asking again is no round with tools, and an answer after the last such round still counts', async () => {
  const wrong = text('{"name":1.5}');
  const again = start([wrong, wrong, text('{"name":"Ada"}')], { maxRounds: 1, tools: [clock] }, [prompt]);
  const { outcome } = await again.turn('who?');
  assert.equal(outcome.kind, 'done');
  const spent = start(
    [[call('clock', '{}', 'c'), finish('tool-calls')], wrong, text('{"name":"Ada"}')],
    {
      maxRounds: 1,
      tools: [clock],
    },
    [prompt],
  );
  const { outcome: limited } = await spent.turn('who?');
  assert.ok(limited.kind === 'limit' && limited.structured?.text === '{"name":"Ada"}');
});

test('a call of a tool that was never offered is a wrong answer', async () => {
  const calling: Script = [call('other', '{}', 'c'), finish('tool-calls')];
  const { turn, provider } = start([calling, calling, calling], {}, [prompt]);
  const { outcome } = await turn('who?');
  assert.ok(outcome.kind === 'failed' && outcome.error.fault.kind === 'schema');
  assert.match(outcome.error.message, /calls a tool, and none is on offer/);
  assert.equal(provider.requests.length, 3);
});

test('elements are given out once, also where the whole has to be judged', async () => {
  for (const unique of [false, true]) {
    const schema = { type: 'array', items: { type: 'string' }, uniqueItems: unique };
    const validateAround = compileAround(schema, []);
    const wanted = {
      kind: 'json-schema',
      name: 'answer',
      schema,
      validate: compileSchema(schema).detailed,
      items: {
        path: [],
        validate: (value: Json) => (typeof value === 'string' ? [] : ['/: expected string']),
        discard: false,
        ...(validateAround !== undefined && { validateAround }),
      },
    } as const;
    assert.equal(validateAround === undefined, unique);
    const { turn } = start([text('["a",', '"b"]')], { structured: { wanted, retries: 0 } }, [prompt]);
    assert.deepEqual((await turn('letters')).items, ['"a"', '"b"']);
  }
});

test('elements that came too late to be given out while the answer arrived are given out at its end', async () => {
  const schema = { type: 'array', items: {} };
  const validate = compileSchema(schema).detailed;
  const items = { path: [], validate: () => [], discard: false };
  const wanted = { kind: 'json-schema', name: 'answer', schema, validate, items } as const;
  const { turn } = start([text('Here: [1,2]')], { structured: { wanted, retries: 0 } }, [prompt]);
  assert.deepEqual((await turn('numbers')).items, ['1', '2']);
});

test('what enforces nothing is not ignored: a wrong answer to words alone is corrected', async () => {
  const { provider, turn } = start([text('no'), text('{"name":"Ada"}')], {}, [prompt]);
  const { result } = await turn('who?');
  assert.equal(result?.text, '{"name":"Ada"}');
  assert.deepEqual(provider.left, []);
  const said = provider.requests[1]?.messages ?? [];
  assert.deepEqual(
    said.map(({ role }) => role),
    ['user', 'assistant', 'user'],
  );
});

test('a model that is wrong twice is told what is wrong each time, and its third answer is the value', async () => {
  const wrong = '{"name":"Ada","age":-1}';
  const schema = { ...person, properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } } };
  const { provider, turn } = start([text(wrong), text(wrong), text('{"name":"Ada","age":36}')], {
    structured: structured(schema),
  });
  const { result } = await turn('who?');
  assert.equal(result?.text, '{"name":"Ada","age":36}');
  assert.match(provider.requests[2]?.messages.at(-1)?.text ?? '', /\/age/);
  assert.deepEqual(
    result?.report.attempts.map((attempt) => attempt.result),
    ['invalid', 'invalid', 'valid'],
  );
});

test('a model that stays wrong fails after its retries, with the problems and its last words', async () => {
  const { turn } = start([text('one'), text('two'), text('three')], {}, [prompt]);
  const { outcome } = await turn('who?');
  assert.ok(outcome.kind === 'failed' && outcome.error.fault.kind === 'schema');
  assert.equal(outcome.error.fault.attempts, 3);
  assert.equal(outcome.error.fault.raw, 'three');
  assert.equal(outcome.error.fault.wanted, 'schema');
});

test('a pinned rung is the only one: its refusal stands', async () => {
  const { provider, turn } = start([refusal('no')], { structured: structured(person, { mode: 'tool' }) });
  const { outcome } = await turn('who?');
  assert.ok(outcome.kind === 'failed' && outcome.error.fault.kind === 'server');
  assert.equal(provider.requests.length, 1);
});

test('a rung that the server does not have is wrong usage before any request', async () => {
  const { provider, turn } = start([], { structured: structured(person, { mode: 'grammar' }) });
  const { outcome } = await turn('who?');
  assert.ok(outcome.kind === 'failed' && outcome.error.fault.kind === 'usage');
  assert.match(outcome.error.message, /no way to hold an answer to a schema by a grammar \(--schema-mode native, tool/);
  assert.equal(provider.requests.length, 0);
});

test('a schema that the strict subset cannot express is asked for by the next rung, and why is told', async () => {
  const strict: Rung = { mode: 'native', schema: 'strict', besideTools: true };
  const free = { type: 'object', properties: { extra: {} }, required: ['extra'] };
  const { turn } = start([text('{"extra":[1]}')], { structured: structured(free) }, [strict, prompt]);
  const { result } = await turn('what?');
  assert.equal(result?.report.mode, 'prompt');
  assert.match(result?.report.changes.join('\n') ?? '', /not by its own JSON Schema: .*\/extra/);
});

test('where a format excludes tools, the tools run first and the form is asked for afterwards', async () => {
  const grammar: Rung = { mode: 'grammar', schema: 'any', besideTools: false };
  const { provider, turn } = start(
    [[call('clock', '{}', 'c1'), finish('tool-calls')], text('It is noon.'), text('{"name":"noon"}')],
    { tools: [clock] },
    [grammar, prompt],
  );
  const { result } = await turn('what time is it?');
  assert.equal(result?.text, '{"name":"noon"}');
  assert.deepEqual(
    provider.requests.map(({ tools, format }) => [tools.length, format?.mode]),
    [
      [1, undefined],
      [1, undefined],
      [0, 'grammar'],
    ],
  );
});

test('an answer that happens to be the value already is not asked for twice, and is told as free', async () => {
  const grammar: Rung = { mode: 'grammar', schema: 'any', besideTools: false };
  const { provider, turn } = start([text('{"name":"noon"}')], { tools: [clock] }, [grammar, prompt]);
  const { result } = await turn('what time is it?');
  assert.equal(result?.text, '{"name":"noon"}');
  assert.deepEqual([result?.report.mode, result?.report.changes], ['free', []]);
  assert.equal(provider.requests.length, 1);
});

test('an empty answer is asked for again', async () => {
  const { turn } = start([[finish('stop')], text('{"name":"Ada"}')], {}, [prompt]);
  assert.equal((await turn('who?')).result?.text, '{"name":"Ada"}');
});

test('an answer cut by the token limit or refused is never taken, whatever it parses to', async () => {
  for (const reason of ['length', 'refusal'] as const) {
    const { turn, provider } = start([[{ type: 'text-delta', text: '{"name":"Ada"}' }, finish(reason)]]);
    const { outcome } = await turn('who?');
    assert.ok(outcome.kind === 'done' && outcome.structured === undefined && outcome.finish === reason);
    assert.equal(outcome.report?.mode, 'native');
    assert.equal(provider.requests.length, 1);
  }
});

test('a regular expression holds the whole text, and is asked for again when it does not', async () => {
  const wanted = {
    kind: 'regex',
    pattern: '\\d{4}',
    test: (given: string) => /^\d{4}$/.test(given),
    printed: sanitize,
  } as const;
  const { turn, provider } = start([text('In 1815.'), text(' 1815\n')], { structured: { wanted, retries: 2 } }, [
    prompt,
  ]);
  const { result } = await turn('when?');
  assert.equal(result?.text, '1815');
  assert.deepEqual(provider.requests[0]?.format, { kind: 'regex', mode: 'prompt', pattern: '\\d{4}' });
});

test('what would be printed otherwise than it was checked does not match', async () => {
  const wanted = { kind: 'regex', pattern: '.*', test: () => true, printed: sanitize } as const;
  const outcomeOf = async (answer: string) => {
    const { turn } = start([text(answer)], { structured: { wanted, retries: 0 } }, [prompt]);
    return (await turn('?')).outcome.kind;
  };
  for (const seen of ['42', '한국 👩‍🚀', 'می\u200cخواهم']) assert.equal(await outcomeOf(seen), 'done');
  for (const hidden of ['42\u001b[31m', 'a\u3164b', 'a\u034fb', 'a\ufe00b', 'a\u200db', 'a\rb']) {
    assert.equal(await outcomeOf(hidden), 'failed', JSON.stringify(hidden));
  }
});

test('a choice is taken as it was offered, however the model dressed it', async () => {
  const wanted = { kind: 'choice', choices: ['yes', 'no'] } as const;
  for (const answer of ['yes', ' Yes.\n', '"YES"', '**yes**']) {
    const { turn } = start([text(answer)], { structured: { wanted, retries: 0 } }, [prompt]);
    assert.equal((await turn('so?')).result?.text, 'yes', answer);
  }
  for (const answer of ['', '...', '?']) {
    const wordless = { kind: 'choice', choices: ['*', '/'] } as const;
    const { turn } = start([text(answer)], { structured: { wanted: wordless, retries: 0 } }, [prompt]);
    assert.equal((await turn('so?')).outcome.kind, 'failed', answer);
  }
  const { turn } = start([text('yes and no')], { structured: { wanted, retries: 0 } }, [prompt]);
  const { outcome } = await turn('so?');
  assert.ok(outcome.kind === 'failed' && outcome.error.fault.kind === 'schema');
  assert.equal(outcome.error.fault.wanted, 'choice');
});

const prompt: Rung = { mode: 'prompt', schema: 'any', besideTools: true };

const clock: Tool = {
  name: 'clock',
  description: 'The time.',
  parameters: { type: 'object', properties: {} },
  safe: true,
  run: async () => 'noon',
};

function structured(schema: JsonSchema, change: Partial<StructuredOutput> = {}): StructuredOutput {
  const wanted = { kind: 'json-schema', name: 'answer', schema, validate: compileSchema(schema).detailed } as const;
  return { wanted, retries: 2, ...change };
}

function refusal(said: string, about: 'format' | 'something else' = 'format'): Script {
  // biome-ignore lint/correctness/useYield: a stream that fails before its first event
  return async function* (): AsyncGenerator<StreamEvent> {
    throw new ChatError({ kind: 'server', target: 'here', status: 400, said, ...(about === 'format' && { about }) });
  };
}

function start(script: readonly Script[], change: Partial<SessionSettings> = {}, rungs?: readonly Rung[]) {
  const provider = scriptedProvider(script, rungs);
  const settings: SessionSettings = {
    provider,
    model: 'm',
    system: undefined,
    tools: [],
    toolChoice: 'auto',
    sampling: {},
    extraBody: {},
    stream: true,
    maxRounds: 16,
    toolTimeoutMs: 30_000,
    approval: { policy: 'ask', rules: [], canAsk: false },
    structured: structured(person),
    log: memoryLog(),
    ...change,
  };
  const session = createSession(settings, () => performance.now());
  return {
    provider,
    session,
    turn: async (prompt: string) => play(session.send(prompt, new AbortController().signal)),
  };
}

interface Played {
  readonly items: readonly string[];
  readonly outcome: TurnOutcome;
  readonly result: StructuredResult | undefined;
  readonly notices: readonly string[];
}

async function play(events: AsyncIterable<TurnEvent>): Promise<Played> {
  const notices: string[] = [];
  const items: string[] = [];
  for await (const event of events) {
    if (event.type === 'notice') notices.push(event.notice.text);
    if (event.type === 'item') items.push(event.json);
    if (event.type !== 'turn-end') continue;
    const { outcome } = event;
    return { outcome, result: outcome.kind === 'done' ? outcome.structured : undefined, notices, items };
  }
  throw new Error('no turn-end');
}

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import type { ApprovalQuestion, Decision } from '../../src/core/approval.ts';
import type { ToolCall, ToolMessage } from '../../src/core/message.ts';
import type { Tool } from '../../src/core/tool.ts';
import type { Approval } from '../../src/session/approval.ts';
import { LoopGuard } from '../../src/session/loop-guard.ts';
import { type CallsRun, type RunCallsOptions, runCalls } from '../../src/session/run-calls.ts';

const ask: Approval = { policy: 'ask', rules: [], canAsk: true };
const allow = (question: ApprovalQuestion): ReadonlyMap<string, Decision> =>
  new Map(question.calls.map(({ id }) => [id, { kind: 'run' }]));

test('what needs no approval runs without a question; what does is asked about once for the whole answer', async () => {
  const safe = tool('clock', { safe: true });
  const unsafe = tool('write');
  const calls = [call('1', 'clock'), call('2', 'write', '{"path":"a"}'), call('3', 'write', '{"path":"b"}')];
  const { questions, results } = await run(calls, { tools: [safe, unsafe], approval: ask }, allow);
  assert.equal(questions.length, 1);
  assert.deepEqual(questions[0]?.calls, [
    { id: '2', tool: 'write', arguments: '{"path":"a"}' },
    { id: '3', tool: 'write', arguments: '{"path":"b"}' },
  ]);
  assert.deepEqual(
    results.map(({ callId, outcome }) => [callId, outcome]),
    [
      ['1', 'ok'],
      ['2', 'ok'],
      ['3', 'ok'],
    ],
  );
});

test('of one approved and one denied call exactly the approved one runs, a thousand times out of a thousand', async () => {
  for (let turn = 0; turn < 1000; turn++) {
    const ran: unknown[] = [];
    const write = tool('write', { run: async (args) => void ran.push(args.path) });
    const calls = [call('a', 'write', '{"path":"A"}'), call('b', 'write', '{"path":"B"}')];
    if (turn % 2 === 1) calls.reverse();
    const { results } = await run(calls, { tools: [write], approval: ask }, (question) => {
      const decide = (path: string): Decision => (path.includes('A') ? { kind: 'run' } : { kind: 'deny' });
      return new Map(question.calls.map(({ id, arguments: text }) => [id, decide(text)]));
    });
    assert.deepEqual(ran, ['A']);
    assert.equal(results.find(({ callId }) => callId === 'b')?.outcome, 'denied');
  }
});

test('two calls with the same id are two questions, and each gets its own answer', async () => {
  const ran: unknown[] = [];
  const write = tool('write', { run: async (args) => void ran.push(args.path) });
  const calls = [call('x', 'write', '{"path":"A"}'), call('x', 'write', '{"path":"B"}')];
  await run(calls, { tools: [write], approval: ask }, ({ calls }) => {
    assert.equal(new Set(calls.map(({ id }) => id)).size, 2);
    return new Map(
      calls.map(({ id, arguments: text }) => [id, text.includes('B') ? { kind: 'run' } : { kind: 'deny' }]),
    );
  });
  assert.deepEqual(ran, ['B']);
});

test('a question that has been answered leaves nothing listening on the signal of the turn', async () => {
  const { signal } = new AbortController();
  for (let round = 0; round < 11; round++) {
    await run([call('1', 'write')], { tools: [tool('write')], approval: ask, signal }, allow);
  }
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});

test('a denial tells the model, with the reason of the person', async () => {
  const { results } = await run(
    [call('1', 'write')],
    { tools: [tool('write')], approval: ask },
    ({ calls }) => new Map(calls.map(({ id }) => [id, { kind: 'deny', reason: 'not in this folder' }])),
  );
  assert.match(results[0]?.text ?? '', /write was not run: the person did not allow it: not in this folder\./);
});

test('a call that nobody decided about is denied', async () => {
  const { results } = await run([call('1', 'write')], { tools: [tool('write')], approval: ask }, () => new Map());
  assert.equal(results[0]?.outcome, 'denied');
});

test('"this tool for this conversation" is not asked again, other tools are', async () => {
  const tools = [tool('write'), tool('send')];
  const allowedTools = new Set<string>();
  const always = ({ calls }: ApprovalQuestion) =>
    new Map<string, Decision>(calls.map(({ id }) => [id, { kind: 'run-always' }]));
  await run([call('1', 'write')], { tools, approval: ask, allowedTools }, always);
  const { questions } = await run(
    [call('2', 'write'), call('3', 'send')],
    { tools, approval: ask, allowedTools },
    allow,
  );
  assert.deepEqual(
    questions[0]?.calls.map((asked) => asked.tool),
    ['send'],
  );
});

test('with nobody to ask, what needs approval is denied and the rest runs', async () => {
  const tools = [tool('clock', { safe: true }), tool('write')];
  const approval: Approval = { ...ask, canAsk: false };
  const { results, questions } = await run([call('1', 'clock'), call('2', 'write')], { tools, approval }, allow);
  assert.deepEqual(
    results.map(({ outcome }) => outcome),
    ['ok', 'denied'],
  );
  assert.equal(questions.length, 0);
});

test('what is shown is what runs: the arguments after their repair', async () => {
  const seen: unknown[] = [];
  const write = tool('write', { run: async (args) => void seen.push(args) });
  const { questions } = await run([call('1', 'write', "{'path': 'a',}")], { tools: [write], approval: ask }, allow);
  assert.equal(questions[0]?.calls[0]?.arguments, '{"path":"a"}');
  assert.deepEqual(seen, [{ path: 'a' }]);
});

test('a stop while the question stands cancels the calls and answers every one', async () => {
  const stop = new AbortController();
  const { results } = await run(
    [call('1', 'write')],
    { tools: [tool('write')], approval: ask, signal: stop.signal },
    () => {
      stop.abort();
      return undefined;
    },
  );
  assert.deepEqual(
    results.map(({ outcome }) => outcome),
    ['cancelled'],
  );
});

test('fifty calls run at most eight at a time, and are answered in their order', async () => {
  let running = 0;
  let most = 0;
  const slow = tool('clock', {
    safe: true,
    run: async (args) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return args.n;
    },
  });
  const calls = Array.from({ length: 50 }, (_, n) => call(`c${n}`, 'clock', `{"n":${n}}`));
  const { results } = await run(calls, { tools: [slow], approval: ask }, allow);
  assert.equal(most, 8);
  assert.deepEqual(
    results.map(({ text }) => text),
    calls.map((_, n) => String(n)),
  );
});

test('the same call for the third time is not run, and the model is to be given no more tools', async () => {
  const guard = new LoopGuard();
  let runs = 0;
  const tools = [tool('clock', { safe: true, run: async () => ++runs })];
  const loops: (string | undefined)[] = [];
  for (const id of ['1', '2', '3']) {
    const { summary } = await run([call(id, 'clock', '{"at": 1}')], { tools, approval: ask, guard }, allow);
    loops.push(summary.loop);
  }
  assert.equal(runs, 2);
  assert.deepEqual(loops.slice(0, 2), [undefined, undefined]);
  assert.match(loops[2] ?? '', /the same arguments for the third time/);
});

test('arguments that stay wrong end it at the third time', async () => {
  const guard = new LoopGuard();
  const parameters = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
  const tools = [tool('count', { safe: true, parameters })];
  const summaries: CallsRun[] = [];
  for (const args of ['{}', '{"n":"x"}', '{"n":1.5}']) {
    summaries.push((await run([call('1', 'count', args)], { tools, approval: ask, guard }, allow)).summary);
  }
  assert.deepEqual(summaries[1]?.loop, undefined);
  assert.match(summaries[2]?.loop ?? '', /arguments for count are wrong for the third time/);
});

function call(id: string, name: string, args = '{}'): ToolCall {
  return { id, name, arguments: args };
}

function tool(name: string, change: Partial<Tool> = {}): Tool {
  return { name, description: '', parameters: { type: 'object' }, safe: false, run: async () => 'done', ...change };
}

type Answer = (question: ApprovalQuestion) => ReadonlyMap<string, Decision> | undefined;

async function run(calls: readonly ToolCall[], change: Partial<RunCallsOptions>, answer: Answer) {
  const questions: ApprovalQuestion[] = [];
  const results: ToolMessage[] = [];
  const options: RunCallsOptions = {
    tools: [],
    toolTimeoutMs: 5000,
    signal: new AbortController().signal,
    cut: false,
    approval: ask,
    allowedTools: new Set(),
    guard: new LoopGuard(),
    now: () => 0,
    ...change,
  };
  const events = runCalls(calls, options);
  for (;;) {
    const next = await events.next();
    if (next.done === true) return { questions, results, summary: next.value };
    const event = next.value;
    if (event.type === 'result') results.push(event.message);
    if (event.type !== 'approval') continue;
    questions.push(event.question);
    const decisions = answer(event.question);
    if (decisions !== undefined) event.question.answer(decisions);
  }
}

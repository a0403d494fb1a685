import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject, JsonSchema } from '../../src/core/json.ts';
import type { Tool } from '../../src/core/tool.ts';
import { type RunToolOptions, runTool, type ToolRun } from '../support/run-tool.ts';

type Run = Tool['run'];

const anything: JsonSchema = { type: 'object' };

function makeTool(run: Run, parameters: JsonSchema = anything, name = 'get_time'): Tool {
  return { name, description: '', safe: true, parameters, run };
}

const echo = makeTool(async (args) => args);

function call(name: string, args: string): { id: string; name: string; arguments: string } {
  return { id: 'call-1', name, arguments: args };
}

function run(tool: Tool, args = '{}', more: Partial<RunToolOptions> = {}, name = tool.name): Promise<ToolRun> {
  return runTool(call(name, args), { tools: [tool], ...more });
}

test('a good call runs and its result is text', async () => {
  let clock = 100;
  const result = await run(echo, '{"a":1}', { now: () => clock++ });
  assert.deepEqual(result, { outcome: 'ok', text: '{"a":1}', elapsedMs: 1, repairs: [] });
});

test('an unknown tool is an error that lists the tools there are', async () => {
  for (const name of ['get_tides', '', '__proto__', 'constructor', 'toString']) {
    const result = await run(echo, '{}', {}, name);
    assert.equal(result.outcome, 'error');
    assert.match(result.text, /there is no tool named .*The tools are: get_time\./);
  }
  assert.match((await run(echo, '{}', { tools: [] })).text, /No tools are available; answer without them/);
});

test('a name that differs by case, spaces, dashes or a namespace is understood and noted', async () => {
  for (const name of [
    'Get_Time',
    'get time',
    'get-time',
    ' get_time\n',
    'functions.get_time',
    'default_api:get_time',
  ]) {
    const result = await run(echo, '{}', {}, name);
    assert.equal(result.outcome, 'ok', name);
    assert.match(result.repairs[0] ?? '', /as get_time$/);
  }
});

test('a name that could be two tools is no guess', async () => {
  const tools = [makeTool(echo.run, anything, 'get_time'), makeTool(echo.run, anything, 'get-time')];
  assert.equal((await run(echo, '{}', { tools }, 'Get Time')).outcome, 'error');
  assert.equal((await run(echo, '{}', { tools }, 'get-time')).outcome, 'ok');
});

test('repaired arguments run, and the repair is told', async () => {
  const result = await run(echo, "{'a': True,}");
  assert.equal(result.text, '{"a":true}');
  assert.deepEqual(result.repairs, [
    'get_time: replaced single quotes',
    'get_time: replaced Python literals',
    'get_time: removed a trailing comma',
  ]);
});

test('arguments that are no JSON are explained and the tool does not run', async () => {
  let ran = false;
  const tool = makeTool(async () => {
    ran = true;
  });
  for (const args of ['{"a": "half', '[]', '{"a":1}{"a":2}', 'Seoul', '{"__proto__":{}}']) {
    const result = await run(tool, args);
    assert.equal(result.outcome, 'error');
    assert.match(result.text, /^get_time was not run: the /);
  }
  assert.equal(ran, false);
});

test('arguments against the schema are answered with what is wrong and the tool does not run', async () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: { city: { type: 'string' }, units: { enum: ['metric'] } },
    required: ['city'],
    additionalProperties: false,
  };
  const tool = makeTool(async () => 'ran', schema);
  const result = await run(tool, '{"town":"Seoul","units":"kelvin"}');
  assert.equal(result.outcome, 'error');
  assert.match(
    result.text,
    /"city" is missing\n.*"town" is not allowed; allowed are "city", "units"\n.*one of "metric"/,
  );
  assert.match((await run(tool, '')).text, /"city" is missing/);
  assert.equal((await run(tool, '{"city":"Seoul"}')).text, 'ran');
});

test('a tool whose own schema is broken says so', async () => {
  const result = await run(makeTool(echo.run, { type: 'nonsense' }));
  assert.equal(result.outcome, 'error');
  assert.match(result.text, /it is broken: the schema cannot be used/);
});

test('a call cut by the token limit never runs, even if its arguments parse', async () => {
  let ran = false;
  const tool = makeTool(async () => {
    ran = true;
  });
  const result = await run(tool, '{}', { cut: true });
  assert.equal(result.outcome, 'error');
  assert.match(result.text, /token limit/);
  assert.equal(ran, false);
});

const failures: readonly [string, Run, RegExp][] = [
  [
    'throws',
    () => {
      throw new Error('no such city');
    },
    /get_time failed: no such city/,
  ],
  ['rejects', async () => Promise.reject(new Error('no network')), /get_time failed: no network/],
  [
    'throws a string',
    () => {
      throw 'just words';
    },
    /get_time failed: just words/,
  ],
  [
    'throws nothing',
    () => {
      throw undefined;
    },
    /get_time failed: \(no output\)/,
  ],
  [
    'throws an object',
    () => {
      throw { code: 7 };
    },
    /get_time failed: \{"code":7\}/,
  ],
  [
    'throws something hostile',
    () => {
      throw {
        toJSON() {
          throw new Error('ha');
        },
      };
    },
    /something that cannot be read/,
  ],
  [
    'returns what cannot be written',
    async () => ({
      get a() {
        throw new Error('getter');
      },
    }),
    /get_time failed: getter/,
  ],
  ['returns something endlessly deep', async () => deep(100_000), /get_time failed: Maximum call stack/],
];

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

for (const [what, fail, expected] of failures) {
  test(`a tool that ${what} gives an error result`, async () => {
    const result = await run(makeTool(fail));
    assert.equal(result.outcome, 'error');
    assert.match(result.text, expected);
  });
}

test('a tool that never settles is stopped at the time limit, and its signal says so', async () => {
  let heard: AbortSignal | undefined;
  const tool = makeTool((_args, { signal }) => {
    heard = signal;
    return new Promise(() => {});
  });
  const result = await run(tool, '{}', { timeoutMs: 20 });
  assert.equal(result.outcome, 'error');
  assert.equal(result.text, 'get_time did not finish within 0.02 s and was stopped.');
  assert.equal(heard?.aborted, true);
});

test('an abort cancels at once, also when the tool ignores its signal', async () => {
  const stop = new AbortController();
  const tool = makeTool(() => {
    queueMicrotask(() => stop.abort());
    return new Promise(() => {});
  });
  assert.equal((await run(tool, '{}', { signal: stop.signal })).outcome, 'cancelled');
});

test('a tool that rejects because of the abort is cancelled, not failed', async () => {
  const stop = new AbortController();
  const tool = makeTool(
    (_args, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        stop.abort();
      }),
  );
  assert.equal((await run(tool, '{}', { signal: stop.signal })).outcome, 'cancelled');
});

test('after an abort nothing starts', async () => {
  let ran = false;
  const tool = makeTool(async () => {
    ran = true;
  });
  assert.equal((await run(tool, '{}', { signal: AbortSignal.abort() })).outcome, 'cancelled');
  assert.equal(ran, false);
});

test('a rejection after the time limit is nobody else’s unhandled rejection', async () => {
  const settled = new Promise<void>((resolve) => {
    const tool = makeTool(
      (_args, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            setTimeout(() => {
              reject(new Error('too late'));
              setImmediate(resolve);
            }, 5);
          });
        }),
    );
    run(tool, '{}', { timeoutMs: 5 });
  });
  await settled;
});

test('a limit longer than a timer can hold does not fire at once', async () => {
  const slow = makeTool(() => new Promise((resolve) => setTimeout(() => resolve('done'), 20)));
  assert.equal((await run(slow, '{}', { timeoutMs: Number.POSITIVE_INFINITY })).text, 'done');
});

test('a huge result is cut to 32 KiB, an ill-formed one mended', async () => {
  const result = await run(makeTool(async () => `${'x'.repeat(1_000_000)}\ud800`));
  assert.ok(Buffer.byteLength(result.text) <= 32 * 1024);
  assert.ok(result.text.isWellFormed());
});

test('fifty calls side by side keep their own results', async () => {
  const tool = makeTool(async (args: JsonObject) => {
    if (Number(args.n) % 2 === 1) throw new Error(`odd ${args.n}`);
    return args.n;
  });
  const results = await Promise.all(Array.from({ length: 50 }, (_, n) => run(tool, JSON.stringify({ n }))));
  assert.deepEqual(
    results.map((result) => result.text),
    results.map((_, n) => (n % 2 === 1 ? `get_time failed: odd ${n}` : String(n))),
  );
});

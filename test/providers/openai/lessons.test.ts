import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LearnedFacts, Memory } from '../../../src/core/learned.ts';
import type { AssistantMessage } from '../../../src/core/message.ts';
import type { ChatRequest } from '../../../src/core/provider.ts';
import type { FormatKind } from '../../../src/core/response-format.ts';
import { createProvider } from '../../../src/providers/index.ts';
import { type Handler, sendJson, sse } from '../../support/fault-server.ts';
import { ask, bodies, failureOf, hello, options, request, withServer, withTool } from './served.ts';

const schema = { type: 'object', properties: { a: { type: 'string' } } };
const withSchema: ChatRequest = {
  ...request,
  format: { kind: 'json-schema', mode: 'native', name: 'answer', schema, strict: false },
};

const thought: AssistantMessage = {
  role: 'assistant',
  text: 'Hello',
  reasoning: 'Hm.',
  toolCalls: [],
  ending: 'stop',
};
const withThought: ChatRequest = {
  ...request,
  messages: [{ role: 'user', text: 'Hi' }, thought, { role: 'user', text: 'And?' }],
};

/** As the state folder would keep it, for any number of providers. */
function rememberInMap(): Memory & { readonly facts: Map<string, LearnedFacts> } {
  const facts = new Map<string, LearnedFacts>();
  return {
    facts,
    recall: (server, model) => facts.get(`${server} ${model}`) ?? {},
    learn: (server, model, learned) => void facts.set(`${server} ${model}`, learned),
  };
}

const refuse = (message: string, more: object = {}, status = 400) => ({
  status,
  body: { error: { message, ...more } },
});

/** Refuses every body that matches, and answers the others. */
const refusing =
  (pattern: RegExp, { status, body }: ReturnType<typeof refuse>): Handler =>
  (asked, response) =>
    pattern.test(asked.body) ? sendJson(response, body, status) : sse(response, hello);

const takesNoTools = refusing(/"tools"/, refuse('Only [qwen] support tool calls'));

test('what a server refused is known to the next provider that asks it, and said once by each', async () => {
  const memory = rememberInMap();
  await withServer(
    takesNoTools,
    async (provider, server) => {
      const first = await ask(provider, withTool);
      const profile = { name: 'later', kind: 'openai', baseUrl: server.url } as const;
      const later = await createProvider(profile, { ...options, memory });
      const second = await ask(later, withTool);
      const third = await ask(later, withTool);
      assert.deepEqual([first.notices, second.notices, third.notices], [['tools-refused'], ['tools-refused'], []]);
      assert.equal(server.requests.length, 4);
      assert.deepEqual([...memory.facts.keys()], [`${server.url} m`]);
    },
    { options: { memory } },
  );
});

test('what one model does without, another is asked for', () =>
  withServer(takesNoTools, async (provider, server) => {
    await ask(provider, withTool);
    await ask(provider, { ...withTool, model: 'other' });
    assert.equal(server.requests.length, 4);
  }));

test('a call that must be made is asked for again, whatever was learned before', () =>
  withServer(takesNoTools, async (provider, server) => {
    await ask(provider, withTool);
    const got = await ask(provider, { ...withTool, toolChoice: 'required' });
    assert.deepEqual([got.failure, bodies(server).at(-1)?.tool_choice], ['server 400', 'required']);
  }));

test('calls and results of earlier turns are told in words to a server without tools', () =>
  withServer(
    refusing(/"tools"|"role":"tool"/, refuse('Only [qwen] support tool messages')),
    async (provider, server) => {
      const call = { id: 'c', name: 'get_time', arguments: '{}' };
      const got = await ask(provider, {
        ...request,
        messages: [
          { role: 'user', text: 'Hi' },
          { role: 'assistant', text: 'Let me see.', toolCalls: [call], ending: 'tool-calls' },
          { role: 'tool', callId: 'c', name: 'get_time', outcome: 'ok', text: '12:00' },
          { role: 'user', text: 'And?' },
        ],
      });
      assert.equal(got.text, 'Hi');
      assert.deepEqual(bodies(server).at(-1)?.messages, [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Let me see.\nCalling get_time with {}' },
        { role: 'user', content: 'Tool get_time answered: 12:00\n\nAnd?' },
      ]);
    },
  ));

test('a TGI that was not known to be one is asked the way it wants, at once from then on', async () => {
  const said =
    'Failed to deserialize the JSON body into the target type: response_format: missing field `value` at line 1';
  const likeTgi: Handler = ({ body }, response) => {
    if (!body.includes('"json_schema"')) return sse(response, hello);
    response.writeHead(422, { 'content-type': 'text/plain' });
    response.end(said);
  };
  await withServer(likeTgi, async (provider, server) => {
    const first = await ask(provider, withSchema);
    await ask(provider, withSchema);
    assert.deepEqual([first.text, first.notices], ['Hi', ['retrying']]);
    const formats = bodies(server).map(({ response_format }) => response_format);
    const tgi = { type: 'json_object', value: schema };
    assert.deepEqual(formats.slice(1), [tgi, tgi]);
    const modes = (kind: FormatKind) => provider.rungs(kind, 'm').map(({ mode }) => mode);
    assert.deepEqual(modes('json-schema'), ['native', 'tool', 'prompt']);
    assert.deepEqual(modes('regex'), ['grammar', 'prompt']);
  });
});

test('a schema given by hand is not rewritten', () =>
  withServer(refusing(/./, refuse('missing field `value`', {}, 422)), async (provider, server) => {
    const byHand = { response_format: { type: 'json_schema', json_schema: {} } };
    assert.equal((await ask(provider, { ...request, extraBody: byHand })).failure, 'server 422');
    assert.equal(server.requests.length, 1);
  }));

test('a server that wants the earlier reasoning back gets it, at once from then on', async () => {
  for (const said of [
    'The `reasoning_content` in the thinking mode must be passed back to the API.',
    'thinking is enabled but reasoning_content is missing in assistant tool call message at index 1',
  ]) {
    const memory = rememberInMap();
    await withServer(
      (asked, response) =>
        asked.body.includes('"reasoning_content":"Hm."')
          ? sse(response, hello)
          : sendJson(response, refuse(said).body, 400),
      async (provider, server) => {
        await ask(provider, withThought);
        const again = await ask(provider, withThought);
        assert.deepEqual([again.text, again.notices, server.requests.length], ['Hi', [], 3]);
        assert.deepEqual([...memory.facts.values()], [{ reasoningReplay: 'all' }]);
      },
      { options: { memory } },
    );
  }
});

test('a server that refuses the earlier reasoning is asked without', () =>
  withServer(
    refusing(/reasoning_content/, refuse("'messages.1' : property 'reasoning_content' is unsupported")),
    async (provider, server) => {
      const got = await ask(provider, withThought);
      assert.deepEqual([got.text, server.requests.length], ['Hi', 2]);
    },
    { profile: { capabilities: { server: 'deepseek' } } },
  ));

test('a server that wants the reasoning neither way is told of after one more try', () =>
  withServer(
    (asked, response) => {
      const has = asked.body.includes('reasoning_content');
      const words = has ? 'reasoning_content is not supported' : 'reasoning_content must be passed back';
      sendJson(response, refuse(words).body, 400);
    },
    async (provider, server) => {
      assert.deepEqual([(await ask(provider, withThought)).failure, server.requests.length], ['server 400', 2]);
    },
  ));

test('a model that cannot think is asked without the level, whatever the field is called', () =>
  withServer(
    refusing(/reasoning_effort|chat_template_kwargs/, refuse('"m" does not support thinking')),
    async (provider, server) => {
      const got = await ask(provider, { ...request, thinking: 'high' });
      assert.deepEqual([got.text, got.notices, server.requests.length], ['Hi', ['parameter-dropped'], 2]);
    },
  ));

test('a level of thinking that is none is for the person to know, and the field is not given up', () => {
  const said = "Unsupported value: 'none' is not supported with this model. Supported values are: 'low', 'high'.";
  return withServer(
    refusing(/"none"/, refuse(said, { param: 'reasoning_effort', code: 'unsupported_value' })),
    async (provider, server) => {
      const off = await failureOf(provider, { ...request, thinking: 'off' });
      assert.match(String(off), /Supported values are/);
      await ask(provider, { ...request, thinking: 'high' });
      assert.equal(bodies(server).at(-1)?.reasoning_effort, 'high');
    },
    { profile: { capabilities: { server: 'ollama' } } },
  );
});

test('what is left out because it was refused before is said to whoever asks for it later', async () => {
  const memory = rememberInMap();
  await withServer(
    refusing(/"seed"/, refuse('Unknown parameter: seed', { param: 'seed' })),
    async (provider, server) => {
      memory.learn(server.url, 'm', { concessions: [{ field: 'seed' }, { field: 'stream_options' }] });
      const plain = await ask(provider);
      const seeded = await ask(provider, { ...request, sampling: { seed: 1 } });
      assert.deepEqual([plain.notices, seeded.notices, server.requests.length], [[], ['parameter-dropped'], 2]);
    },
    { options: { memory } },
  );
});

test('a wrong value is for the person to know, and its field is neither dropped nor renamed', async () => {
  const refusals = [
    ['temperature 5 is not supported, it must be at most 2', 'temperature'],
    ['max_tokens 99999 is not allowed here: the limit is 4096', 'max_tokens'],
    ['top_p: unexpected value, greater than 1', 'top_p'],
  ] as const;
  for (const [said, param] of refusals) {
    const memory = rememberInMap();
    await withServer(
      (_asked, response) => sendJson(response, refuse(said, { param }).body, 400),
      async (provider, server) => {
        const sampling = { temperature: 5, maxTokens: 99_999, topP: 2 };
        assert.match(String(await failureOf(provider, { ...request, sampling })), /answered 400/);
        assert.deepEqual([server.requests.length, memory.facts.size], [1, 0], said);
      },
      { options: { memory } },
    );
  }
});

test('a lesson is kept only when the request that heeds it is accepted', async () => {
  const memory = rememberInMap();
  let isFixed = false;
  await withServer(
    ({ body }, response) => {
      if (isFixed && !body.includes('"seed"')) sse(response, hello);
      else if (body.includes('"seed"')) sendJson(response, refuse('Unknown parameter: seed').body, 400);
      else sendJson(response, refuse('out of order').body, 400);
    },
    async (provider, server) => {
      const seeded = { ...request, sampling: { seed: 1 } };
      await ask(provider, seeded);
      assert.deepEqual([server.requests.length, memory.facts.size], [2, 0]);
      await ask(provider, seeded);
      assert.deepEqual([server.requests.length, memory.facts.size], [4, 0]);
      isFixed = true;
      await ask(provider, seeded);
      assert.deepEqual([...memory.facts.values()], [{ concessions: [{ field: 'seed' }] }]);
      await ask(provider, seeded);
      assert.equal(server.requests.length, 7);
    },
    { options: { memory } },
  );
});

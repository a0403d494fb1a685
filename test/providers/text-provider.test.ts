/** Both kinds of text server end to end: through createProvider, against real servers. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import type { LearnedFacts } from '../../src/core/learned.ts';
import type { Profile } from '../../src/core/profile.ts';
import type { ChatRequest, Provider } from '../../src/core/provider.ts';
import { createProvider, type ProviderOptions } from '../../src/providers/index.ts';
import { defaultLimits } from '../../src/wire/index.ts';
import { type FaultServer, type Handler, sendJson, sse, startServer } from '../support/fault-server.ts';
import { collect } from './openai/play.ts';

const never = new AbortController().signal;
const key = 'hf_1234567890abcdefghij';
const overloaded = 'data: {"error":"Model is overloaded","error_type":"overloaded"}';

const request: ChatRequest = {
  model: 'meta-llama/Llama-2-7b-chat-hf',
  messages: [{ role: 'user', text: 'Hi' }],
  tools: [],
  toolChoice: 'auto',
  sampling: {},
  extraBody: {},
  stream: true,
};
const prompt = '<s>[INST] Hi [/INST]';
const withTool: ChatRequest = { ...request, tools: [{ name: 'get_time', description: '', parameters: true }] };

interface Setting {
  readonly handler: Handler;
  readonly profile?: Partial<Profile>;
  readonly options?: Partial<ProviderOptions>;
  /** After the server's origin. */
  readonly path?: string;
}

async function withServer(setting: Setting, use: (provider: Provider, server: FaultServer) => Promise<void>) {
  const server = await startServer(setting.handler);
  const limits = { ...defaultLimits, retries: 0 };
  const options = { apiKey: key, userAgent: 'banter/0', limits, pause: async () => {}, ...setting.options };
  const profile = {
    name: 'x',
    kind: 'tgi',
    baseUrl: `${server.url}${setting.path ?? ''}`,
    ...setting.profile,
  } as const;
  try {
    await use(await createProvider(profile, options), server);
  } finally {
    await server.close();
  }
}

const ask = (provider: Provider, what: ChatRequest = request) => collect(provider.stream(what, never));
const bodies = (server: FaultServer) => server.requests.map(({ body }) => JSON.parse(body));
const paths = (server: FaultServer) => server.requests.map(({ method, path }) => `${method} ${path}`);

/** The words as TGI's tokens, then its last event. */
function tokens(...words: readonly string[]): string[] {
  const token = (text: string, special = false) => ({ id: 1, text, logprob: -0.1, special });
  const details = { finish_reason: 'eos_token', generated_tokens: words.length, input_length: 4, seed: null };
  return [
    ...words.map((word) => ({ token: token(word), generated_text: null, details: null })),
    { token: token('</s>', true), generated_text: words.join(''), details },
  ].map((frame) => `data: ${JSON.stringify(frame)}`);
}

function chunks(...words: readonly string[]): string[] {
  const frame = (text: string, finish_reason: string | null) => ({ choices: [{ index: 0, text, finish_reason }] });
  return [...words.map((word) => frame(word, null)), frame('', 'stop')].map((data) => `data: ${JSON.stringify(data)}`);
}

test('TGI is asked by its own route, with the prompt of its model', () =>
  withServer(
    { handler: (_request, response) => sse(response, tokens(' Hel', 'lo')), path: '/v1' },
    async (provider, server) => {
      const got = await ask(provider);
      assert.deepEqual([got.text, got.finish?.reason, got.notices], ['Hello', 'stop', []]);
      assert.deepEqual(paths(server), ['POST /generate_stream']);
      assert.equal(server.requests[0]?.headers.authorization, `Bearer ${key}`);
      assert.equal(bodies(server)[0].inputs, prompt);
    },
  ));

test('TGI gives the whole answer at once when asked to', () =>
  withServer(
    { handler: (_request, response) => sendJson(response, { generated_text: ' Hello', details: null }) },
    async (provider, server) => {
      assert.equal((await ask(provider, { ...request, stream: false })).text, 'Hello');
      assert.deepEqual(paths(server), ['POST /generate']);
    },
  ));

test('a TGI that says inside a 200 that it is overloaded is asked again, before anything was said', async () => {
  const waits: number[] = [];
  const pause = async (ms: number) => void waits.push(ms);
  const handler: Handler = (_request, response, index) => sse(response, index < 2 ? [overloaded] : tokens('Hi'));
  const options = { pause, limits: { ...defaultLimits, retries: 2 } };
  await withServer({ handler, options }, async (provider) => {
    const got = await ask(provider);
    assert.deepEqual([got.text, got.notices, waits], ['Hi', ['retrying', 'retrying'], [1000, 2000]]);
  });
});

test('an overload after the first text is a failure that keeps the text', () =>
  withServer(
    { handler: (_request, response) => sse(response, [...tokens('Half ').slice(0, 1), overloaded]) },
    async (provider, server) => {
      const got = await ask(provider);
      assert.deepEqual([got.text, got.failure, server.requests.length], ['Half ', 'server 429', 1]);
    },
  ));

test('a TGI that goes on being overloaded, or refuses with an empty 401, is told of', async () => {
  await withServer({ handler: (_request, response) => sse(response, [overloaded]) }, async (provider) => {
    assert.equal((await ask(provider)).failure, 'server 429');
  });
  await withServer({ handler: (_request, response) => void response.writeHead(401).end() }, async (provider) => {
    assert.equal((await ask(provider)).failure, 'auth 401');
  });
});

test('an answer that would not fit is made as long as there is room, unless its length was chosen', async () => {
  const error =
    'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 512. Given: 12 `inputs` tokens and 1024 `max_new_tokens`';
  const handler: Handler = ({ body }, response) =>
    JSON.parse(body).parameters.max_new_tokens > 500
      ? sendJson(response, { error, error_type: 'validation' }, 422)
      : sse(response, tokens('Hi'));
  await withServer({ handler }, async (provider, server) => {
    assert.equal((await ask(provider)).text, 'Hi');
    assert.deepEqual(
      bodies(server).map(({ parameters }) => parameters.max_new_tokens),
      [1024, 500],
    );
    const chosen = await ask(provider, { ...request, sampling: { maxTokens: 600 } });
    assert.deepEqual([chosen.failure, server.requests.length], ['server 422', 3]);
  });
});

test('the model of a TGI and its window come from /info, or else from /v1/models', async () => {
  const info = { model_id: 'org/m', max_total_tokens: 4096, router: 'text-generation-router' };
  await withServer(
    { handler: (_request, response) => sendJson(response, info), path: '/v1' },
    async (provider, server) => {
      assert.deepEqual(await provider.listModels(never), [{ id: 'org/m', contextWindow: 4096 }]);
      assert.deepEqual(paths(server), ['GET /info']);
    },
  );
  const handler: Handler = ({ path }, response) =>
    path === '/v1/models' ? sendJson(response, { data: [{ id: 'org/m' }] }) : sendJson(response, {}, 404);
  await withServer({ handler }, async (provider) => {
    assert.deepEqual(await provider.listModels(never), [{ id: 'org/m' }]);
  });
});

test('a server without either list says so, and one that cannot be reached is not asked twice', async () => {
  await withServer({ handler: (_request, response) => sendJson(response, { hello: 1 }) }, async (provider) => {
    await assert.rejects(provider.listModels(never), /neither \/info nor \/v1\/models says which model it serves/);
  });
  await withServer({ handler: (_request, response) => void response.destroy() }, async (provider, server) => {
    await assert.rejects(provider.listModels(never), (error) => isChatError(error, 'network'));
    assert.equal(server.requests.length, 1);
  });
});

test('text completions come from /v1/completions', () =>
  withServer(
    { handler: (_request, response) => sse(response, chunks(' Hel', 'lo')), profile: { kind: 'completions' } },
    async (provider, server) => {
      const got = await ask(provider);
      assert.deepEqual([got.text, got.finish?.reason], ['Hello', 'stop']);
      assert.deepEqual(paths(server), ['POST /v1/completions']);
      const [{ model, prompt: sent, stop }] = bodies(server);
      assert.deepEqual([model, sent, stop], [request.model, prompt, ['</s>']]);
    },
  ));

test("a hosted model's own URL takes the old Hugging Face form and may answer with a list", () =>
  withServer(
    {
      handler: (_request, response) => sendJson(response, [{ generated_text: `${prompt} Hello` }]),
      profile: { kind: 'completions' },
      path: '/models/org/m',
    },
    async (provider, server) => {
      assert.equal((await ask(provider)).text, 'Hello');
      assert.deepEqual(paths(server), ['POST /models/org/m']);
      const [{ inputs, stream }] = bodies(server);
      assert.deepEqual([inputs, stream], [prompt, true]);
      assert.deepEqual(await provider.listModels(never), [{ id: 'org/m' }]);
    },
  ));

test('a stop string ends the answer and the connection of a server that would go on', () =>
  withServer(
    {
      handler: (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for (const frame of chunks('Yes.', ' Us', 'er: and').slice(0, 3)) response.write(`${frame}\n\n`);
      },
      profile: { kind: 'completions', promptFormat: 'falcon' },
    },
    async (provider, server) => {
      const got = await ask(provider);
      assert.deepEqual([got.text, got.finish?.reason], ['Yes.', 'stop']);
      while ((await server.connectionCount()) > 0) await new Promise(setImmediate);
    },
  ));

test("the person's stop strings end the answer too, and are the first to be sent", () =>
  withServer(
    { handler: (_request, response) => sse(response, tokens('one ', 'END two')), profile: { promptFormat: 'falcon' } },
    async (provider, server) => {
      assert.equal((await ask(provider, { ...request, sampling: { stop: ['END'] } })).text, 'one ');
      assert.deepEqual(bodies(server)[0].parameters.stop, ['END', '\nUser:', '<|endoftext|>', ' User:']);
    },
  ));

test('tools are left out and that is said once, and a call that must be made is not silently left out', () =>
  withServer({ handler: (_request, response) => sse(response, tokens('Hi')) }, async (provider, server) => {
    assert.deepEqual((await ask(provider, withTool)).notices, ['tools-refused']);
    assert.deepEqual((await ask(provider, withTool)).notices, []);
    assert.equal((await ask(provider, { ...withTool, toolChoice: 'required' })).failure, 'usage');
    assert.deepEqual((await ask(provider, { ...request, thinking: 'high' })).notices, ['parameter-dropped']);
    assert.equal(server.requests.length, 3);
  }));

test('a model nothing is known of gets the plain format, and that is said once', () =>
  withServer({ handler: (_request, response) => sse(response, tokens(' Hi')) }, async (provider, server) => {
    const unknown = { ...request, model: 'acme/one' };
    assert.deepEqual(
      [(await ask(provider, unknown)).notices, (await ask(provider, unknown)).notices],
      [['model-chosen'], []],
    );
    assert.equal(bodies(server)[0].inputs, 'User: Hi\n\nAssistant:');
  }));

test("the profile's prompt format wins over the model's name, and one that does not exist is refused at once", async () => {
  const handler: Handler = (_request, response) => sse(response, tokens('Hi'));
  await withServer({ handler, profile: { promptFormat: 'chatml' } }, async (provider) => {
    assert.equal(provider.preview(request).prompt, '<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n');
  });
  await assert.rejects(
    withServer({ handler, profile: { promptFormat: 'x' } }, async () => {}),
    /no prompt format "x"/,
  );
});

test('a preview shows the exact prompt and the body, without the key, and sends nothing', () =>
  withServer({ handler: (_request, response) => sse(response, tokens('Hi')) }, async (provider, server) => {
    const preview = provider.preview(request);
    assert.deepEqual([preview.prompt, preview.url], [prompt, `${server.url}/generate_stream`]);
    assert.equal(preview.headers.authorization, 'Bearer [key]');
    assert.equal((preview.body as { inputs?: unknown }).inputs, prompt);
    assert.equal(server.requests.length, 0);
  }));

test('a stop by the person is an abort and keeps what came', () =>
  withServer(
    {
      handler: (_request, response) =>
        void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`${tokens('Hi')[0]}\n\n`),
    },
    async (provider) => {
      const controller = new AbortController();
      async function* untilFirst() {
        for await (const event of provider.stream(request, controller.signal)) {
          yield event;
          controller.abort();
        }
      }
      const got = await collect(untilFirst());
      assert.deepEqual([got.text, got.failure], ['Hi', 'aborted']);
    },
  ));

test('a text server without a base URL is asked nothing', async () => {
  const options = { userAgent: 'banter/0', limits: defaultLimits, pause: async () => {} };
  for (const kind of ['tgi', 'completions'] as const) {
    await assert.rejects(createProvider({ name: 'x', kind }, options), /profile "x" has no base URL/);
  }
});

test('a format that the server does not see to is told in the prompt', async () => {
  for (const [kind, mode, isTold] of [
    ['completions', 'prompt', true],
    ['tgi', 'grammar', false],
    ['tgi', 'prompt', true],
  ] as const) {
    const schema = { type: 'object', minProperties: 7 };
    const format = { kind: 'json-schema', mode, name: 'x', schema, strict: false } as const;
    await withServer({ handler: (_, response) => void response.end(), profile: { kind } }, async (provider) => {
      const messages = [{ role: 'system', text: 'Be brief.' }, ...request.messages] as const;
      const text = provider.preview({ ...request, messages, format }).prompt ?? '';
      assert.equal(/Be brief\.\n\nAnswer with one JSON value .*\n.*minProperties/.test(text), isTold, text);
    });
  }
});

test('a TGI without grammars refuses the format, and that way is marked from then on', async () => {
  const handler: Handler = (_, response) =>
    sendJson(response, { error: 'Input validation error: grammar is not supported', error_type: 'validation' }, 422);
  const memory = new Map<string, LearnedFacts>();
  const options = {
    memory: {
      recall: (server: string, model: string) => memory.get(`${server} ${model}`) ?? {},
      learn: (server: string, model: string, facts: LearnedFacts) => void memory.set(`${server} ${model}`, facts),
    },
  };
  const { model } = request;
  await withServer({ handler, options }, async (provider, server) => {
    const modes = () => provider.rungs('json-schema', model).map(({ mode, left = false }) => [mode, left]);
    assert.deepEqual(modes(), [
      ['grammar', false],
      ['prompt', false],
    ]);
    const format = { kind: 'json-schema', mode: 'grammar', name: 'x', schema: true, strict: false } as const;
    await assert.rejects(
      async () => {
        for await (const _ of provider.stream({ ...request, format }, never));
      },
      (error) => isChatError(error, 'server') && error.fault.kind === 'server' && error.fault.about === 'format',
    );
    provider.leaveRung('json-schema', model, 'grammar');
    provider.leaveRung('json-schema', model, 'prompt');
    assert.deepEqual(modes(), [
      ['grammar', true],
      ['prompt', false],
    ]);
    assert.deepEqual(memory.get(`${server.url} ${model}`), { leftRungs: [{ kind: 'json-schema', mode: 'grammar' }] });
    assert.equal(provider.rungs('json-schema', 'other')[0]?.left, undefined);
    assert.equal(provider.rungs('regex', model)[0]?.left, undefined);
  });
});

test('text completions hold an answer the way of the server they are known to come from', async () => {
  const handler: Handler = (_, response) => sse(response, chunks('no'));
  const format = { kind: 'choice', mode: 'grammar', choices: ['yes', 'no'] } as const;
  for (const [server, modes] of [
    ['vllm', ['grammar', 'prompt']],
    [undefined, ['prompt']],
  ] as const) {
    const profile = { kind: 'completions', ...(server !== undefined && { capabilities: { server } }) } as const;
    await withServer({ handler, profile }, async (provider, { requests }) => {
      assert.deepEqual(
        provider.rungs('choice', 'm').map(({ mode }) => mode),
        modes,
      );
      if (server === undefined) return;
      await ask(provider, { ...request, format });
      assert.deepEqual(JSON.parse(requests[0]?.body ?? '').structured_outputs, { choice: ['yes', 'no'] });
    });
  }
});

test('an odd answer of several lines is told in one', () =>
  withServer(
    { handler: (_, response) => void response.end('{\n  "odd":\n  true\n}'), profile: { kind: 'completions' } },
    async (provider) => {
      const words: string[] = [];
      try {
        for await (const _ of provider.stream({ ...request, stream: false }, never));
      } catch (error) {
        words.push(String(error));
      }
      assert.match(words.join(), /no completed text but \{ "odd": true \}$/);
    },
  ));

test('a TGI whose prompt format is set needs no model, one whose format is guessed from the model does', async () => {
  for (const promptFormat of ['llama2', undefined]) {
    const profile = { ...(promptFormat !== undefined && { promptFormat }) };
    await withServer({ handler: (_, response) => void response.end(), profile }, async (provider) => {
      assert.equal(provider.modelIsOptional, promptFormat === undefined ? undefined : true);
    });
  }
});

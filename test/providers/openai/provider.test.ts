import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProvider } from '../../../src/providers/index.ts';
import { defaultLimits } from '../../../src/wire/index.ts';
import { sendJson, sse } from '../../support/fault-server.ts';
import { collect, type Outcome, readFixture } from './play.ts';
import { ask, bodies, failureOf, hello, key, never, options, request, withServer, withTool } from './served.ts';

test('an answer comes through a real server, and the request says who asks', () =>
  withServer(
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(readFixture('plain--openai.sse'));
    },
    async (provider, server) => {
      const got = await ask(provider);
      assert.deepEqual([got.text, got.finish?.reason, got.failure], ['안녕 👩‍👩‍👧 world', 'stop', undefined]);
      const [asked] = server.requests;
      assert.deepEqual([asked?.method, asked?.path], ['POST', '/v1/chat/completions']);
      assert.equal(asked?.headers.authorization, `Bearer ${key}`);
      assert.equal(asked?.headers['user-agent'], 'banter/0.0.0');
      assert.equal(asked?.headers['content-type'], 'application/json');
      assert.equal(provider.target, server.url);
    },
  ));

test('a whole body in answer to a streaming request is an answer', () =>
  withServer(
    (_request, response) => sendJson(response, JSON.parse(readFixture('whole-body--ollama.json').toString())),
    async (provider) => assert.equal((await ask(provider)).text, '서울'),
  ));

test('a server that takes no tools is asked without them, told once, and remembered', () =>
  withServer(
    ({ body }, response) =>
      body.includes('"tools"')
        ? sendJson(response, { error: { message: 'm does not support tools', type: 'invalid_request_error' } }, 400)
        : sse(response, hello),
    async (provider, server) => {
      const first = await ask(provider, withTool);
      const second = await ask(provider, withTool);
      assert.deepEqual([first.text, first.notices, second.notices], ['Hi', ['tools-refused'], []]);
      assert.equal(server.requests.length, 3);
    },
  ));

const overloaded = 'data: {"error":{"message":"Model is overloaded","http_status_code":422}}';
const limited = (wait: string) => `data: {"error":{"message":"Rate limit reached, try again in ${wait}"}}`;

/** Answers with the frames in turn, then with hello; tells what came of it and how long was waited. */
async function askPatiently(...frames: readonly string[]) {
  const waits: number[] = [];
  const pause = async (ms: number) => void waits.push(ms);
  const patient = { options: { pause, limits: { ...defaultLimits, retries: 3 } } };
  let got: Outcome | undefined;
  await withServer(
    (_request, response, index) => sse(response, frames[index] === undefined ? hello : [frames[index]]),
    async (provider) => {
      got = await ask(provider);
    },
    patient,
  );
  return { got, waits };
}

test('a server that is busy inside a 200 is asked again, before anything was said', async () => {
  const { got, waits } = await askPatiently(overloaded, overloaded);
  assert.deepEqual([got?.text, got?.notices, waits], ['Hi', ['retrying', 'retrying'], [1000, 2000]]);
});

test('the wait a busy server asks for inside a 200 is kept', async () => {
  const { got, waits } = await askPatiently(limited('5.5s'));
  assert.deepEqual([got?.text, waits], ['Hi', [5500]]);
});

test('a busy server that asks for more than a minute in all is told of instead', async () => {
  const long = await askPatiently(limited('61s'));
  const inAll = await askPatiently(limited('40s'), limited('40s'));
  assert.deepEqual([long.got?.failure, long.waits], ['server 429', []]);
  assert.deepEqual([inAll.got?.failure, inAll.waits], ['server 429', [40_000]]);
});

test('a server that goes on being busy is told of', () =>
  withServer(
    (_request, response) => sse(response, ['data: {"error":"Model is overloaded","error_type":"overloaded"}']),
    async (provider, server) => {
      const got = await ask(provider);
      assert.deepEqual([got.failure, server.requests.length], ['server 503', 1]);
    },
  ));

test('a call that must be made is not silently left out', () =>
  withServer(
    (_request, response) => sendJson(response, { error: { message: 'm does not support tools' } }, 400),
    async (provider, server) => {
      const got = await ask(provider, { ...withTool, toolChoice: 'required' });
      assert.deepEqual([got.failure, server.requests.length], ['server 400', 1]);
    },
  ));

test('parameters a model refuses are renamed or dropped one after another', () =>
  withServer(
    (_request, response, index) => {
      const refuse = (message: string, param?: string, code?: string) =>
        sendJson(response, { error: { message, type: 'invalid_request_error', param, code } }, 400);
      if (index === 0) {
        refuse(
          "'max_tokens' is not supported. Use 'max_completion_tokens' instead.",
          'max_tokens',
          'unsupported_parameter',
        );
      } else if (index === 1) {
        refuse('Only the default (1) value is supported.', 'temperature', 'unsupported_value');
      } else if (index === 2) refuse('Unrecognized request argument supplied: stream_options');
      else sse(response, hello);
    },
    async (provider, server) => {
      const got = await ask(provider, { ...request, sampling: { maxTokens: 5, temperature: 0 } });
      assert.deepEqual([got.text, got.notices.length], ['Hi', 3]);
      const { model: _, messages: __, ...last } = bodies(server).at(-1) ?? {};
      assert.deepEqual(last, { max_completion_tokens: 5, stream: true });
    },
  ));

test('FastAPI words for a field it does not know are understood', () =>
  withServer(
    ({ body }, response) =>
      body.includes('"seed"')
        ? sendJson(response, { detail: [{ loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }] }, 422)
        : sse(response, hello),
    async (provider) => {
      const got = await ask(provider, { ...request, sampling: { seed: 1 } });
      assert.deepEqual([got.text, got.notices], ['Hi', ['parameter-dropped']]);
    },
  ));

test('a refused value is the person to know about, not something to drop', () =>
  withServer(
    (_request, response) =>
      sendJson(response, { error: { message: 'max_tokens is too large: 9', param: 'max_tokens' } }, 400),
    async (provider, server) => {
      const got = await ask(provider, { ...request, sampling: { maxTokens: 9 } });
      assert.deepEqual([got.failure, server.requests.length], ['server 400', 1]);
    },
  ));

test('a field given by hand is never dropped', () =>
  withServer(
    (_request, response) => sendJson(response, { error: { message: 'Unknown parameter: seed', param: 'seed' } }, 400),
    async (provider, server) => {
      const got = await ask(provider, { ...request, extraBody: { seed: 1 } });
      assert.deepEqual([got.failure, server.requests.length], ['server 400', 1]);
    },
  ));

test('what was refused once is sent again when it is given by hand', () =>
  withServer(
    (_request, response, index) =>
      index === 0
        ? sendJson(response, { error: { message: 'Unknown parameter: seed', param: 'seed' } }, 400)
        : sse(response, hello),
    async (provider, server) => {
      await ask(provider, { ...request, sampling: { seed: 1 } });
      await ask(provider, { ...request, extraBody: { seed: 2 } });
      assert.deepEqual(
        bodies(server).map(({ seed }) => seed),
        [1, undefined, 2],
      );
    },
  ));

test('two names that are both refused do not go round in circles', () =>
  withServer(
    ({ body }, response) => {
      const param = /max_(?:completion_)?tokens/.exec(body)?.[0];
      sendJson(response, { error: { message: `Unknown parameter: ${param}`, param } }, 400);
    },
    async (provider, server) => {
      const got = await ask(provider, { ...request, sampling: { maxTokens: 9 } });
      assert.deepEqual([got.failure, server.requests.length], ['server 400', 2]);
    },
  ));

test('models are listed from the same base', () =>
  withServer(
    (_request, response) => sendJson(response, { data: [{ id: 'a', meta: { n_ctx: 4096 } }] }),
    async (provider, server) => {
      assert.deepEqual(await provider.listModels(never), [{ id: 'a', contextWindow: 4096 }]);
      assert.deepEqual([server.requests[0]?.method, server.requests[0]?.path], ['GET', '/v1/models']);
    },
  ));

test('a list of models that is none is a failure', () =>
  withServer(
    (_request, response) => sendJson(response, { hello: 1 }),
    async (provider) => {
      await assert.rejects(provider.listModels(never), /is no list of models/);
    },
  ));

test('a stop in the middle is an abort and keeps what came', () =>
  withServer(
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n');
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

test("a profile's headers are sent and win over ours, whatever their spelling", () =>
  withServer(
    (_request, response) => sse(response, hello),
    async (provider, server) => {
      await ask(provider);
      assert.deepEqual(
        [server.requests[0]?.headers.authorization, server.requests[0]?.headers['x-title']],
        ['Token abc', 'banter'],
      );
    },
    { profile: { headers: { Authorization: 'Token abc', 'X-Title': 'banter' } } },
  ));

test('a key in an error body is not repeated', () =>
  withServer(
    (_request, response) => sendJson(response, { error: { message: `no such key ${key}` } }, 401),
    async (provider) => {
      await assert.rejects(
        async () => {
          for await (const _ of provider.stream(request, never));
        },
        (error: Error) => !error.message.includes(key) && error.message.includes('[key]'),
      );
    },
  ));

test('a key that a stream repeats does not go on into the error', () =>
  withServer(
    (_request, response) => sse(response, [`data: {"error":"bad password hunter2hunter2"}`]),
    async (provider) => {
      await assert.rejects(
        async () => {
          for await (const _ of provider.stream(request, never));
        },
        { message: /bad password \[key\]$/ },
      );
    },
    { profile: { headers: { 'x-api-key': 'hunter2hunter2' } } },
  ));

test('a preview shows the request without the key and sends nothing', () =>
  withServer(
    (_request, response) => sse(response, hello),
    async (provider, server) => {
      const { method, url, headers, body } = provider.preview(request);
      assert.deepEqual([method, url], ['POST', `${server.url}/v1/chat/completions`]);
      assert.equal(headers.authorization, 'Bearer [key]');
      assert.deepEqual(Object.keys(body as object), ['model', 'messages', 'stream', 'stream_options']);
      assert.equal(server.requests.length, 0);
    },
  ));

test('a host that answers nobody without a key is not asked without one', async () => {
  const { apiKey: _, ...keyless } = options;
  const provider = await createProvider({ name: 'x', kind: 'hf' }, keyless);
  assert.equal(provider.target, 'https://router.huggingface.co');
  await assert.rejects(
    async () => {
      for await (const _ of provider.stream(request, never));
    },
    { message: 'https://router.huggingface.co needs a key and none is set (set HF_TOKEN)' },
  );
});

test('a profile without a base URL sends nothing anywhere', async () => {
  await assert.rejects(createProvider({ name: 'x', kind: 'openai' }, options), /profile "x" has no base URL/);
});

test('the demo is a provider like the others', async () => {
  const got = await ask(await createProvider({ name: 'demo', kind: 'demo' }, options));
  assert.match(got.text, /a script, not a model/);
});

test('TGI gets its own name for the model it lists, and every other name as it is', () =>
  withServer(
    ({ method }, response) =>
      method === 'GET' ? sendJson(response, { data: [{ id: 'm/tgi' }] }) : sse(response, hello),
    async (provider, server) => {
      for (const model of ['m/tgi', 'my-adapter', undefined, 'm/tgi']) await ask(provider, { ...request, model });
      assert.deepEqual(
        bodies(server).map(({ model }) => model),
        ['tgi', 'my-adapter', 'tgi', 'tgi'],
      );
      assert.deepEqual([server.requests.length, provider.modelIsOptional], [5, true]);
      assert.match(JSON.stringify(provider.preview({ ...request, model: 'm/tgi' }).body), /"model":"tgi"/);
    },
    { profile: { capabilities: { server: 'tgi' } } },
  ));

test('a TGI that does not list its model gets the name as it is', () =>
  withServer(
    ({ method }, response) =>
      method === 'GET' ? sendJson(response, { error: 'no such route' }, 404) : sse(response, hello),
    async (provider, server) => {
      for (const _ of [1, 2]) assert.equal((await ask(provider, { ...request, model: 'm/tgi' })).text, 'Hi');
      assert.deepEqual(
        server.requests.map(({ method }) => method),
        ['GET', 'POST', 'POST'],
      );
      assert.equal(bodies(server)[0]?.model, 'm/tgi');
    },
    { profile: { capabilities: { server: 'tgi' } } },
  ));

test('an odd answer of several lines is told in one', () =>
  withServer(
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{\n  "odd":\n  true\n}');
    },
    async (provider) => {
      const failure = await failureOf(provider);
      assert.match(String(failure), /no chat completion but \{ "odd": true \} \(/);
    },
  ));

/** The rungs at real servers: one that honours each, one that refuses, and what is remembered of it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../../src/core/error.ts';
import type { LearnedFacts, Memory } from '../../../src/core/learned.ts';
import type { ServerName } from '../../../src/core/profile.ts';
import type { ChatRequest, Provider } from '../../../src/core/provider.ts';
import type { SchemaFormat, SchemaMode } from '../../../src/core/response-format.ts';
import { createProvider } from '../../../src/providers/index.ts';
import { callChoices, sendChunks, textChoices } from '../../support/chat-server.ts';
import { type Handler, sendJson } from '../../support/fault-server.ts';
import { ask, bodies, failureOf, options, request, withServer } from './served.ts';

const schema = { type: 'object', properties: { a: { type: 'number' } } };

function asking(mode: SchemaMode): ChatRequest {
  const format: SchemaFormat = { kind: 'json-schema', mode, name: 'value', schema, strict: false };
  return { ...request, format };
}

/** Gives JSON where the body has what this way needs, and prose where it has not. */
const honouring =
  (sign: RegExp): Handler =>
  ({ body }, response) => {
    if (!sign.test(body)) sendChunks(response, textChoices('I would rather chat.'));
    else if (body.includes('"tool_choice"')) sendChunks(response, callChoices(['c', 'value', '{"a":1}']));
    else sendChunks(response, textChoices('{"a":1}'));
  };

const ways: readonly (readonly [SchemaMode, ServerName, RegExp])[] = [
  ['native', 'vllm', /"type":"json_schema"/],
  ['grammar', 'tgi', /"value":\{"type":"object"/],
  ['grammar', 'llama.cpp', /"json_schema":\{"type":"object"/],
  ['tool', 'lmstudio', /"tools":\[.*"tool_choice":"required"/],
  ['json', 'deepseek', /satisfies this JSON Schema.*"type":"json_object"/],
  ['prompt', 'anthropic', /satisfies this JSON Schema/],
];

for (const [mode, server, sign] of ways) {
  test(`${server} gives a value by ${mode}`, () =>
    withServer(
      honouring(sign),
      async (provider) => {
        assert.ok(provider.rungs('json-schema', 'm').some((rung) => rung.mode === mode));
        const got = await ask(provider, asking(mode));
        assert.deepEqual([got.text, got.calls, got.finish?.reason], ['{"a":1}', [], 'stop']);
      },
      { profile: { capabilities: { server } } },
    ));
}

const refuse =
  (said: string, status = 400, more: object = {}): Handler =>
  (_request, response) =>
    sendJson(response, { error: { message: said, ...more } }, status);

async function aboutOf(provider: Provider, what: ChatRequest): Promise<string | undefined> {
  const error = await failureOf(provider, what);
  return isChatError(error) && error.fault.kind === 'server' ? error.fault.about : undefined;
}

test('a server that refuses the format is heard to, and is not asked again by the provider', () =>
  withServer(refuse("Invalid schema for response_format 'value'"), async (provider, server) => {
    assert.equal(await aboutOf(provider, asking('native')), 'format');
    assert.equal(await aboutOf(provider, asking('prompt')), undefined);
    assert.equal(server.requests.length, 2);
  }));

test('a forced call that is refused is a refusal of the format, not of tools one could do without', () =>
  withServer(refuse('"m" does not support tools'), async (provider, server) => {
    assert.equal(await aboutOf(provider, asking('tool')), 'format');
    assert.equal(server.requests.length, 1);
  }));

test('a parameter that is refused beside the format is left out, and the format stays', () =>
  withServer(
    ({ body }, response) => {
      if (body.includes('"seed"')) sendJson(response, { error: { message: 'Unknown parameter: seed' } }, 400);
      else sendChunks(response, textChoices('{"a":1}'));
    },
    async (provider, server) => {
      const got = await ask(provider, { ...asking('native'), sampling: { seed: 1 } });
      assert.deepEqual([got.text, got.notices], ['{"a":1}', ['parameter-dropped']]);
      assert.ok(bodies(server).at(-1)?.response_format !== undefined);
    },
  ));

test('a refusal inside a 200, before any text, counts; one after it does not', async () => {
  const error = { message: 'response_format is not supported', code: 400 };
  const frames =
    (before: string): Handler =>
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`${before}data: ${JSON.stringify({ error })}\n\n`);
    };
  await withServer(frames(''), async (provider) => {
    assert.equal(await aboutOf(provider, asking('native')), 'format');
  });
  const text = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: '{' } }] })}\n\n`;
  await withServer(frames(text), async (provider) => {
    assert.equal(await aboutOf(provider, asking('native')), undefined);
  });
});

test('what the model got wrong under the format is asked for once more before the format is blamed', async () => {
  const failed = refuse('Failed to generate JSON.', 400, { code: 'json_validate_failed', failed_generation: '{"a":' });
  await withServer(failed, async (provider, server) => {
    assert.equal(await aboutOf(provider, asking('native')), 'format');
    assert.equal(server.requests.length, 2);
  });
  await withServer(
    (asked, response, index) =>
      index === 0 ? failed(asked, response, index) : sendChunks(response, textChoices('{"a":1}')),
    async (provider) => {
      const got = await ask(provider, asking('native'));
      assert.deepEqual([got.text, got.notices], ['{"a":1}', ['retrying']]);
    },
  );
});

function rememberInMap(): Memory & { readonly facts: Map<string, LearnedFacts> } {
  const facts = new Map<string, LearnedFacts>();
  return {
    facts,
    recall: (server, model) => facts.get(`${server} ${model}`) ?? {},
    learn: (server, model, learned) => void facts.set(`${server} ${model}`, learned),
  };
}

const leftOf = (provider: Provider, model = 'm') =>
  provider
    .rungs('json-schema', model)
    .filter(({ left }) => left === true)
    .map(({ mode }) => mode);

test('a way that was left is marked for its model, here and for the next provider', async () => {
  const memory = rememberInMap();
  await withServer(
    refuse('no'),
    async (provider, server) => {
      provider.leaveRung('json-schema', 'm', 'native');
      provider.leaveRung('json-schema', 'm', 'native');
      provider.leaveRung('json-schema', 'm', 'prompt');
      const later = await createProvider(
        { name: 'later', kind: 'openai', baseUrl: server.url },
        { ...options, memory },
      );
      assert.deepEqual([leftOf(provider), leftOf(later)], [['native'], ['native']]);
      assert.deepEqual([leftOf(later, 'other'), later.rungs('regex', 'm')[0]?.left], [[], undefined]);
      assert.deepEqual([...memory.facts.values()], [{ leftRungs: [{ kind: 'json-schema', mode: 'native' }] }]);
    },
    { options: { memory } },
  );
});

test('a way that is left while an answer arrives stays left when the answer teaches something too', async () => {
  const memory = rememberInMap();
  await withServer(
    ({ body }, response) => {
      if (body.includes('"seed"')) sendJson(response, { error: { message: 'Unknown parameter: seed' } }, 400);
      else sendChunks(response, textChoices('{"a": 1}'));
    },
    async (provider) => {
      for await (const event of provider.stream(
        { ...asking('json'), sampling: { seed: 1 } },
        new AbortController().signal,
      )) {
        if (event.type === 'notice') provider.leaveRung('json-schema', 'm', 'native');
      }
      assert.deepEqual(
        [...memory.facts.values()],
        [{ leftRungs: [{ kind: 'json-schema', mode: 'native' }], concessions: [{ field: 'seed' }] }],
      );
    },
    { options: { memory } },
  );
});

import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, test } from 'node:test';
import { isChatError } from '../../../src/core/error.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { type Abilities, probeAbilities } from '../../../src/providers/detect/abilities.ts';
import { createProvider } from '../../../src/providers/index.ts';
import { defaultLimits, openStream } from '../../../src/wire/index.ts';
import { callChoices, frame, textChoices } from '../../support/chat-server.ts';
import { sendJson, startServer } from '../../support/fault-server.ts';

type Reply = (response: ServerResponse) => void;

interface Replies {
  readonly plain: Reply;
  readonly tools: Reply;
  readonly schema: Reply;
}

const limits = { ...defaultLimits, retries: 0 };

async function probe(replies: Replies): Promise<Abilities> {
  const server = await startServer(({ body }, response) => {
    const { tools, response_format: format } = JSON.parse(body) as JsonObject;
    if (tools !== undefined) replies.tools(response);
    else if (format !== undefined) replies.schema(response);
    else replies.plain(response);
  });
  after(() => server.close());
  const provider = await createProvider(
    { name: 'p', kind: 'openai', baseUrl: server.url },
    { userAgent: 'test', limits, pause: async () => {} },
  );
  return probeAbilities({
    provider,
    model: 'm',
    send: ({ method, url, body }, signal) =>
      openStream({ method, url: new URL(url), headers: {}, body: JSON.stringify(body), secrets: [], limits, signal }),
    signal: new AbortController().signal,
  });
}

const stream =
  (choices: readonly JsonObject[], usage?: JsonObject): Reply =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const choice of choices) response.write(frame(choice));
    if (usage !== undefined) response.write(`data: ${JSON.stringify({ choices: [], usage })}\n\n`);
    response.end('data: [DONE]\n\n');
  };

const refuse =
  (status: number, message: string): Reply =>
  (response) =>
    sendJson(response, { error: { message } }, status);

const seven = textChoices('{"seven":7}');
const twoCalls = callChoices(['a', 'take_note', '{"word":"red"}'], ['b', 'take_note', '{"word":"blue"}']);

test('a server that can do everything is found to', async () => {
  const thinking = [{ index: 0, delta: { reasoning_content: 'hm' }, finish_reason: null }, ...textChoices('56')];
  const plain = stream(thinking, { prompt_tokens: 3, completion_tokens: 4 });
  assert.deepEqual(await probe({ plain, tools: stream(twoCalls), schema: stream(seven) }), {
    usageInStream: true,
    reasoningField: 'reasoning_content',
    tools: true,
    parallelTools: true,
    schema: 'honoured',
  });
});

test('a server that can only chat is found to', async () => {
  const found = await probe({
    plain: stream(textChoices('56')),
    tools: refuse(400, 'm does not support tools'),
    schema: refuse(400, 'response_format is not possible here'),
  });
  assert.deepEqual(found, { usageInStream: false, tools: false, schema: 'refused' });
});

test('one call at a time, a schema that changes nothing, and thinking between tags', async () => {
  const found = await probe({
    plain: stream(textChoices('<think>7 times 8</think>56')),
    tools: stream(callChoices(['a', 'take_note', '{"word":"red"}'])),
    schema: stream(textChoices('Hello there!')),
  });
  assert.deepEqual(found, {
    usageInStream: false,
    reasoningField: 'think-tags',
    tools: true,
    parallelTools: false,
    schema: 'ignored',
  });
});

test('what fails, or is cut by the limit of tokens, stays unknown', async () => {
  const found = await probe({
    plain: stream(textChoices('56')),
    tools: refuse(500, 'out of memory'),
    schema: stream(textChoices('{"sev', 'length')),
  });
  assert.deepEqual(found, { usageInStream: false });
});

test('counts that are all unknown, and a model that answers in words instead of calling, prove nothing', async () => {
  const found = await probe({
    plain: stream(textChoices('56'), { prompt_tokens: -1, completion_tokens: -1, total_tokens: -1 }),
    tools: stream(textChoices('I took a note.')),
    schema: stream(seven),
  });
  assert.deepEqual(found, { schema: 'honoured' });
});

test('a wrong key ends it at once, and so does a server that answers no plain question', async () => {
  const tools = stream(twoCalls);
  const schema = stream(seven);
  await assert.rejects(probe({ plain: refuse(401, 'no'), tools, schema }), (error) => isChatError(error, 'auth'));
  await assert.rejects(probe({ plain: refuse(500, 'broken'), tools, schema }), (error) => isChatError(error, 'server'));
  const plain = stream(textChoices('56'));
  await assert.rejects(probe({ plain, tools: refuse(403, 'no'), schema }), (error) => isChatError(error, 'auth'));
});

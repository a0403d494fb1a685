/** Going on with a cut answer, at servers that do it each in their way, over real connections. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LearnedFacts, Memory } from '../../src/core/learned.ts';
import type { ProviderKind, ServerName } from '../../src/core/profile.ts';
import { createProvider } from '../../src/providers/index.ts';
import { createSession, type Session } from '../../src/session/index.ts';
import { memoryLog } from '../../src/store/memory-log.ts';
import { options } from '../providers/openai/served.ts';
import { type Answer, type ChatServer, sendChunks, startChatServer, textChoices } from '../support/chat-server.ts';

interface Opened {
  readonly server: ChatServer;
  readonly session: Session;
  /** Goes on; gives what is shown of it, and the whole answer. */
  readonly goOn: () => Promise<readonly [shown: string, whole: string | undefined]>;
}

interface Setup {
  readonly said: string;
  readonly answers: readonly Answer[];
  readonly kind?: ProviderKind;
  readonly name?: ServerName;
  readonly memory?: Memory;
}

async function open({ said, answers, kind = 'openai', name, memory }: Setup): Promise<Opened> {
  const server = await startChatServer(answers);
  const profile = {
    ...{ name: 'p', kind, baseUrl: server.baseUrl, model: 'model-a' },
    ...(kind === 'completions' && { promptFormat: 'chatml' }),
    ...(name !== undefined && { capabilities: { server: name } }),
  };
  const provider = await createProvider(profile, { ...options, ...(memory !== undefined && { memory }) });
  const log = memoryLog();
  await log.append({ role: 'user', text: 'Tell me.' });
  await log.append({ role: 'assistant', text: said, toolCalls: [], ending: 'length' });
  const cut = log.messages.at(-1);
  const session = createSession(
    {
      ...{ provider, model: 'model-a', system: undefined, tools: [], toolChoice: 'auto', sampling: {}, extraBody: {} },
      ...{ stream: true, maxRounds: 4, toolTimeoutMs: 1000, log },
      approval: { policy: 'all', rules: [], canAsk: false },
    },
    () => 0,
  );
  return {
    server,
    session,
    async goOn() {
      log.rewind(cut?.id ?? null);
      let shown = '';
      for await (const event of session.goOn(new AbortController().signal) ?? []) {
        if (event.type === 'text-delta') shown += event.text;
      }
      return [shown, log.messages.at(-1)?.message.text];
    },
  };
}

function rememberInMap(): Memory {
  const facts = new Map<string, LearnedFacts>();
  return {
    recall: (server, model) => facts.get(`${server} ${model}`) ?? {},
    learn: (server, model, learned) => void facts.set(`${server} ${model}`, learned),
  };
}

const refuse =
  (message: string): Answer =>
  (response) => {
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { code: 400, message, type: 'invalid_request_error' } }));
  };
const lastRole = (server: ChatServer): (string | undefined)[] =>
  server.bodies().map(({ messages }) => messages.at(-1)?.role);

test('vLLM is told to go on, and what it sends is the rest', async () => {
  const { server, goOn } = await open({ said: '서울은 한국의 수', answers: ['도입니다.'], name: 'vllm' });
  assert.deepEqual(await goOn(), ['도입니다.', '서울은 한국의 수도입니다.']);
  const [body] = server.bodies();
  assert.deepEqual([body?.continue_final_message, body?.add_generation_prompt], [true, false]);
});

test('llama.cpp goes on by itself and says the beginning once more, which is neither shown nor kept', async () => {
  for (const [said, rest] of [
    ['하나, 둘', ', 셋'],
    ['1, 2 ', ', 3'],
    ['```js\nlet a =', ' 1;\n```'],
  ] as const) {
    const { server, goOn } = await open({ said, answers: [said.trimEnd() + rest], name: 'llama.cpp' });
    assert.deepEqual(await goOn(), [rest, said.trimEnd() + rest]);
    assert.deepEqual(lastRole(server), ['assistant']);
  }
});

test('a refusal to go on is answered in words, and remembered once the words have worked', async () => {
  const memory = rememberInMap();
  const refusal = refuse('Assistant response prefill is incompatible with enable_thinking.');
  const opened = await open({
    said: 'one, two,',
    answers: [refusal, 'three.', 'three!'],
    name: 'llama.cpp',
    memory,
  });
  assert.deepEqual(await opened.goOn(), ['three.', 'one, two, three.']);
  assert.deepEqual(await opened.goOn(), ['three!', 'one, two, three!']);
  assert.deepEqual(lastRole(opened.server), ['assistant', 'user', 'user']);
  assert.equal(opened.session.settings.provider.continuesAnswer?.('model-a'), false);
  assert.equal(opened.session.settings.provider.continuesAnswer?.('another'), true);
  assert.deepEqual(memory.recall(new URL(opened.server.url).origin, 'model-a'), { refusesToContinue: true });
});

test('a refusal for another reason teaches nothing', async () => {
  const tooLong = refuse('request (9000 tokens) exceeds the available context size (8192 tokens)');
  const { session, goOn } = await open({ said: 'one, two', answers: [tooLong, tooLong], name: 'vllm' });
  assert.deepEqual(await goOn(), ['', 'one, two']);
  assert.equal(session.settings.provider.continuesAnswer?.('model-a'), true);
});

test('servers that begin a new answer are asked in words', async () => {
  for (const name of [
    'openai',
    'hf-router',
    'tgi',
    'xinference',
    'ollama',
    'lmstudio',
    'litellm',
    undefined,
  ] as const) {
    const { server, goOn } = await open({ said: 'one, two,', answers: ['three'], ...(name !== undefined && { name }) });
    assert.deepEqual(await goOn(), ['three', 'one, two, three'], name);
    assert.deepEqual(lastRole(server), ['user'], name);
  }
});

test('in words too the seam is not seen: no word twice, Korean without a space in a word, a sentence with one', async () => {
  for (const [said, rest, shown, whole] of [
    ['한국의 수도는 서울이며, 인', '서울이며, 인구는 많다.', '구는 많다.', '한국의 수도는 서울이며, 인구는 많다.'],
    ['안녕하', '세요, 여러분.', '세요, 여러분.', '안녕하세요, 여러분.'],
    ['갔습니다.', '그리고 왔습니다.', '그리고 왔습니다.', '갔습니다. 그리고 왔습니다.'],
    ['北京是中国的', '首都。', '首都。', '北京是中国的首都。'],
    ['the quick brown fox', 'quick brown fox jumps', ' jumps', 'the quick brown fox jumps'],
    ['the quick brown fox', 'the hare', 'the hare', 'the quick brown fox the hare'],
    ['It is said that all is', 'It is said that all is well.', ' well.', 'It is said that all is well.'],
    ['party 🎉', 'and more', 'and more', 'party 🎉 and more'],
  ] as const) {
    const { goOn } = await open({ said, answers: [rest] });
    assert.deepEqual(await goOn(), [shown, whole]);
  }
});

test('a text completion goes on natively: its prompt ends with the answer', async () => {
  const rest: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, text: ' three', finish_reason: 'stop' }] })}\n\n`);
    response.end('data: [DONE]\n\n');
  };
  const { server, goOn } = await open({ said: 'one, two,', answers: [rest], kind: 'completions' });
  assert.deepEqual(await goOn(), [' three', 'one, two, three']);
  assert.match(JSON.parse(server.requests.at(-1)?.body ?? '').prompt, /one, two,$/);
});

test('a cut rest can be gone on with again', async () => {
  const part: Answer = (response) => sendChunks(response, textChoices(' two,', 'length'));
  const { session, server } = await open({ said: 'one,', answers: [part, ' three'], name: 'vllm' });
  for (const _ of [1, 2]) for await (const _event of session.goOn(new AbortController().signal) ?? []);
  assert.equal(session.settings.log.messages.at(-1)?.message.text, 'one, two, three');
  assert.equal(server.bodies()[1]?.messages.at(-1)?.content, 'one, two,');
});

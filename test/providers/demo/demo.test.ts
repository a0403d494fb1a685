import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../../src/core/error.ts';
import type { Message } from '../../../src/core/message.ts';
import type { ChatRequest } from '../../../src/core/provider.ts';
import { createDemoProvider } from '../../../src/providers/demo/index.ts';
import { collect } from '../openai/play.ts';

const demo = createDemoProvider({ pause: async () => {}, wordDelayMs: 0 });
const never = new AbortController().signal;

const tools = ['get_time', 'get_weather'].map((name) => ({ name, description: '', parameters: { type: 'object' } }));

function request(prompt: string, more: Partial<ChatRequest> = {}): ChatRequest {
  const base = { model: undefined, tools, toolChoice: 'auto', sampling: {}, extraBody: {}, stream: true } as const;
  return { ...base, messages: [{ role: 'user', text: prompt }], ...more };
}

const ask = (prompt: string, more: Partial<ChatRequest> = {}) => collect(demo.stream(request(prompt, more), never));

async function callsFor(prompt: string, more: Partial<ChatRequest> = {}): Promise<string> {
  return (await ask(prompt, more)).calls.map(({ name, arguments: args }) => `${name} ${args}`).join(' + ');
}

const prompts: Readonly<Record<string, string>> = {
  'What time is it in Seoul?': 'get_time {"place":"Seoul"}',
  'time in Rio de Janeiro right now': 'get_time {"place":"Rio de Janeiro"}',
  'Time in Asia/Kolkata please': 'get_time {"place":"Asia/Kolkata"}',
  'what time is it?': 'get_time {}',
  'What is the weather like in Paris today?': 'get_weather {"city":"Paris"}',
  'Tokyo weather': 'get_weather {"city":"Tokyo"}',
  'What time is it and how is the weather in Seoul?': 'get_time {"place":"Seoul"} + get_weather {"city":"Seoul"}',
  'time in Seoul and weather in Busan': 'get_time {"place":"Seoul"} + get_weather {"city":"Busan"}',
  '서울은 지금 몇 시야?': 'get_time {"place":"서울"}',
  '지금 몇 시야?': 'get_time {}',
  '부산 날씨 어때?': 'get_weather {"city":"부산"}',
  '하와이의 날씨 알려줘': 'get_weather {"city":"하와이"}',
  '서울 몇 시이고 부산 날씨는?': 'get_time {"place":"서울"} + get_weather {"city":"부산"}',
  '서울 날씨와 시간 알려줘': 'get_time {"place":"서울"} + get_weather {"city":"서울"}',
  '现在几点？': 'get_time {}',
  '北京现在几点？': 'get_time {"place":"北京"}',
  上海的天气怎么样: 'get_weather {"city":"上海"}',
  '北京天气怎么样，东京现在几点': 'get_time {"place":"东京"} + get_weather {"city":"北京"}',
  Hello: '',
  'Tell me about timers and feathers': '',
};

for (const [prompt, calls] of Object.entries(prompts)) {
  test(`"${prompt}" calls ${calls === '' ? 'nothing' : calls}`, async () =>
    assert.equal(await callsFor(prompt), calls));
}

test('it streams word by word and says that it is a script, in the language of the prompt', async () => {
  const deltas: string[] = [];
  for await (const event of demo.stream(request('Hello'), never))
    if (event.type === 'text-delta') deltas.push(event.text);
  assert.ok(deltas.length > 20);
  assert.match(
    deltas.join(''),
    /a script, not a model.*OPENAI_API_KEY.*HF_TOKEN.*banter profiles add NAME --kind openai --base-url URL/s,
  );
  assert.match((await ask('안녕')).text, /대본.*HF_TOKEN/s);
  assert.match((await ask('你好')).text, /脚本.*HF_TOKEN/s);
});

test('the same question gets the same answer', async () => {
  assert.deepEqual(await ask('What time is it in Seoul?'), await ask('What time is it in Seoul?'));
});

test('an answer in one piece is the same answer', async () => {
  const [streamed, whole] = [await ask('help'), await ask('help', { stream: false })];
  assert.equal(streamed.text, whole.text);
});

test('it shows a thought when asked to think', async () => {
  assert.match((await ask('think about it')).reasoning, /scripted/);
  assert.equal((await ask('Hello')).reasoning, '');
});

test('it counts, up to the token limit', async () => {
  assert.equal((await ask('count to 5')).text, '1 2 3 4 5');
  assert.equal((await ask('3까지 세어 줘')).text, '1 2 3');
  const cut = await ask('count to 100', { sampling: { maxTokens: 3 } });
  assert.deepEqual([cut.text, cut.finish?.reason, cut.finish?.usage?.completionTokens], ['1 2 3', 'length', 3]);
});

test('it shows markdown', async () => {
  assert.match((await ask('show markdown')).text, /^1\. .*```js.*\| --- \|/ms);
});

test('it says so when a tool it would need is off', async () => {
  for (const more of [{ tools: [] }, { toolChoice: 'none' as const }]) {
    const got = await ask('weather in Seoul', more);
    assert.deepEqual([got.calls, got.finish?.reason], [[], 'stop']);
    assert.match(got.text, /not switched on/);
  }
});

test('it asks for the city it needs', async () => {
  assert.match((await ask('How is the weather?')).text, /which city/);
});

test('a tool that is required or named is called', async () => {
  assert.equal(await callsFor('Hello', { toolChoice: 'required' }), 'get_time {"place":"Seoul"}');
  assert.equal(await callsFor('weather in Rome', { toolChoice: 'required' }), 'get_weather {"city":"Rome"}');
  assert.equal(await callsFor('Hello', { toolChoice: { name: 'get_weather' } }), 'get_weather {"city":"Seoul"}');
  const parameters = { type: 'object', properties: { size: { enum: ['big'] } }, required: ['size'] };
  const own = { tools: [{ name: 'own', description: '', parameters }], toolChoice: 'required' as const };
  assert.equal(await callsFor('Hello', own), 'own {"size":"big"}');
});

function afterTools(
  prompt: string,
  results: readonly Partial<Message & { role: 'tool' }>[],
): Promise<{ text: string }> {
  const tool = { role: 'tool', callId: 'demo_1', name: 'get_time', outcome: 'ok', text: '{}' } as const;
  const messages: Message[] = [
    { role: 'user', text: prompt },
    {
      role: 'assistant',
      text: '',
      toolCalls: [{ id: 'demo_1', name: 'get_time', arguments: '{}' }],
      ending: 'tool-calls',
    },
    ...results.map((result) => ({ ...tool, ...result })),
  ];
  return ask(prompt, { messages });
}

const seoul = { place: 'Seoul', timeZone: 'Asia/Seoul', date: '2026-11-21', time: '09:03:00', weekday: 'Saturday' };

test('it tells what a tool found', async () => {
  const time = { text: JSON.stringify(seoul) };
  assert.equal((await afterTools('time in Seoul', [time])).text, 'In Seoul it is 09:03 on Saturday, 2026-11-21.');
  assert.equal((await afterTools('서울 몇 시', [time])).text, 'Seoul의 현재 시각은 2026-11-21 09:03입니다.');
  const now = { conditions: 'overcast', temperature: '4.1 °C', wind: '9 km/h' };
  const weather = { name: 'get_weather', text: JSON.stringify({ place: 'Seoul, South Korea', now, days: [] }) };
  assert.equal(
    (await afterTools('time and weather in Seoul', [time, weather])).text,
    'In Seoul it is 09:03 on Saturday, 2026-11-21.\n\nThe weather in Seoul, South Korea now: overcast, 4.1 °C, 9 km/h.',
  );
});

test('it tells a failed tool as one, and shows a result it does not know', async () => {
  assert.equal(
    (await afterTools('time in Atlantis', [{ outcome: 'error', text: 'no such place' }])).text,
    'get_time gave no answer: no such place',
  );
  assert.equal(
    (await afterTools('x', [{ name: 'own', text: '{"a":{"b":[1]}}' }])).text,
    'own answered:\n\n- a.b[0]: 1',
  );
  assert.equal((await afterTools('x', [{ name: 'own', text: 'plain' }])).text, 'own answered:\n\nplain');
});

test('ids of calls go on through a conversation', async () => {
  const { messages } = request('time in Seoul');
  const earlier = { id: 'demo_1', name: 'get_time', arguments: '{}' };
  const history: Message[] = [{ role: 'assistant', text: '', toolCalls: [earlier], ending: 'tool-calls' }, ...messages];
  assert.equal((await ask('time in Seoul', { messages: history })).calls[0]?.id, 'demo_2');
});

test('it fills a schema, whichever way it is asked', async () => {
  const schema = { type: 'object', properties: { city: { type: 'string' }, when: { type: 'string', format: 'date' } } };
  for (const { mode } of demo.rungs('json-schema', undefined)) {
    const format = { kind: 'json-schema', mode, name: 'x', schema, strict: false } as const;
    const { text } = await ask('Hello', { format });
    assert.deepEqual(JSON.parse(text), { city: 'sample city', when: '2026-01-31' });
  }
});

test('it matches a pattern, takes the first of a choice, and has no way with a grammar', async () => {
  const matched = await ask('Hello', { format: { kind: 'regex', mode: 'grammar', pattern: '[A-Z]{3}-\\d{2}' } });
  assert.match(matched.text, /^[A-Z]{3}-\d{2}$/);
  const chosen = await ask('Hello', { format: { kind: 'choice', mode: 'prompt', choices: ['yes', 'no'] } });
  assert.equal(chosen.text, 'yes');
  assert.deepEqual(demo.rungs('grammar', undefined), []);
});

test('a stop between two words is an abort', async () => {
  const controller = new AbortController();
  const pause = async (_ms: number, signal: AbortSignal) => {
    controller.abort();
    if (signal.aborted) throw new ChatError({ kind: 'aborted' });
  };
  const got = await collect(createDemoProvider({ pause }).stream(request('count to 100'), controller.signal));
  assert.deepEqual([got.text, got.failure], ['1', 'aborted']);
});

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { ChatError } from '../../../src/core/error.ts';
import { readChunks } from '../../../src/providers/openai/events.ts';
import type { Received } from '../../../src/wire/index.ts';
import { chunk, collect, type Outcome, play, playFrames, readFixture, target } from './play.ts';

interface Expected {
  readonly text?: string;
  readonly reasoning?: string;
  readonly calls?: readonly (readonly [id: string, name: string, args: string])[];
  readonly notices?: readonly string[];
  /** Reason and, where the server says more, its word; or a failure. */
  readonly end: string;
  readonly usage?: object;
}

const offered = { tools: ['get_time'] };
const used = { promptTokens: 9, completionTokens: 3 };
const rome = '{"place":"Rome"}';

const expected: Readonly<Record<string, Expected>> = {
  'plain--openai.sse': {
    text: '안녕 👩‍👩‍👧 world',
    end: 'stop',
    usage: { ...used, reasoningTokens: 1, cachedTokens: 4 },
  },
  'crlf-and-comments--openrouter.sse': { text: 'Hi', end: 'stop', usage: used },
  'no-space-no-done--tgi-2.sse': { text: ' Two', end: 'stop eos_token' },
  'no-finish-after-call--tgi-3.sse': { calls: [['0', 'get_time', '{"place":"서울"}']], end: 'tool-calls' },
  'dict-call-special-token--tgi-2.sse': {
    calls: [['new_1', 'get_time', rome]],
    notices: ['repaired-call'],
    end: 'tool-calls eos_token',
  },
  'name-among-arguments--tgi-3.1.sse': {
    calls: [['new_1', 'get_time', rome]],
    notices: ['repaired-call'],
    end: 'tool-calls stop',
  },
  'finish-word-none--xinference.sse': { text: 'Hi', end: 'stop', usage: {} },
  'finish-key-absent--xai.sse': { reasoning: 'Hm.', text: 'Hi', end: 'stop' },
  'same-index-new-id--ollama.sse': {
    reasoning: 'Two.',
    calls: [
      ['call_a', 'get_time', rome],
      ['call_b', 'get_weather', '{"city":"Rome"}'],
    ],
    end: 'tool-calls',
    usage: used,
  },
  'no-index-whole-call--mistral.sse': {
    calls: [
      ['aB3dE5gH7', 'get_time', rome],
      ['zB3dE5gH7', 'get_time', '{"place":"Oslo"}'],
    ],
    end: 'tool-calls',
    usage: used,
  },
  'no-index-pieces--gemini.sse': { calls: [['new_1', 'get_time', rome]], end: 'tool-calls stop' },
  'empty-id-on-continuation--dashscope.sse': {
    calls: [['call_1', 'get_time', '{"place": "Rome"}']],
    end: 'tool-calls',
    usage: used,
  },
  'repeated-name-and-id--novita.sse': { calls: [['0', 'get_time', '{}']], end: 'tool-calls', usage: used },
  'interleaved-calls--openai.sse': {
    calls: [
      ['call_1', 'get_time', rome],
      ['call_2', 'get_weather', '{"city":"Oslo"}'],
    ],
    end: 'tool-calls',
  },
  'run-together-calls--gateway.sse': {
    calls: [
      ['new_1', 'get_time', rome],
      ['new_2', 'get_time', '{"place":"a}{b"}'],
    ],
    notices: ['repaired-call'],
    end: 'tool-calls',
  },
  'cut-call--vllm.sse': { calls: [['call_1', 'get_time', '{"place":"Ro']], end: 'length' },
  'content-parts--mistral.sse': { reasoning: 'Easy.', text: 'Four', end: 'stop', usage: used },
  'think-tags--novita.sse': { reasoning: 'Hm, a <b> tag', text: 'Use <think> so.', end: 'stop' },
  'usage-on-every-chunk--hyperbolic.sse': { text: 'One two three', end: 'length', usage: used },
  'usage-ends-it--gateway.sse': { text: 'Hi', end: 'stop', usage: used },
  'first-chunk-without-choices--azure.sse': { text: 'Hi', end: 'stop', usage: used },
  'refusal--openai.sse': { text: 'I cannot do that.', end: 'refusal stop' },
  'other-choices--n-2.sse': { text: 'Yes', end: 'stop' },
  'late-frames--avian.sse': { text: 'Hi', end: 'stop' },
  'null-deltas--odd.sse': { text: 'Hi', end: 'stop' },
  'split-surrogates--ollama.sse': { text: 'a😀b\ufffd', end: 'stop' },
  'junk-words--proxy.sse': { text: 'Hi', notices: ['bad-chunk'], end: 'stop' },
  'broken-frame--proxy.sse': { text: 'One three', notices: ['bad-chunk'], end: 'stream malformed' },
  'no-end--ollama.sse': { text: 'Half an', end: 'stream cut' },
  'error-overloaded--tgi-3.sse': { end: 'server 503' },
  'error-string-and-type--tgi-2.sse': { end: 'stream reported' },
  'error-string-after-text--xinference.sse': { text: 'Half', end: 'stream reported' },
  'error-event--groq.sse': { reasoning: 'Hm', end: 'server 400' },
  'error-beside-choices--openrouter.sse': { text: 'Half', end: 'server 502' },
  'error-top-level--vllm.sse': { end: 'server 404' },
  'error-field--llama.cpp.sse': { text: 'Half', end: 'server 500' },
  'finish-word-error--xinference.sse': { text: 'Half', end: 'stream reported' },
  'only-done--odd.sse': { end: 'stream empty' },
  'whole-body--ollama.json': { reasoning: 'Hm.', text: '서울', end: 'stop', usage: used },
  'dict-call-parameters--tgi-1.4.json': {
    calls: [['0', 'get_time', rome]],
    notices: ['repaired-call'],
    end: 'tool-calls eos_token',
    usage: used,
  },
  'object-arguments--tgi-2.json': { calls: [['0', 'get_time', rome]], end: 'tool-calls eos_token', usage: used },
  'dict-call-in-function--tgi-2.sse': {
    calls: [['new_1', 'get_time', rome]],
    notices: ['repaired-call', 'repaired-call'],
    end: 'tool-calls eos_token',
  },
  'string-arguments--tgi-3.json': { calls: [['0', 'get_time', rome]], end: 'tool-calls stop', usage: used },
  'empty-call-lists--xinference.sse': { calls: [['call_5f', 'get_time', rome]], end: 'tool-calls' },
  'unknown-usage--xinference.json': { calls: [['call_5f', 'get_time', rome]], end: 'tool-calls', usage: {} },
  'reasoning-beside-null--xinference.sse': { reasoning: 'Hm.', text: 'Hi', end: 'stop', usage: used },
  'error-rate-limit--xinference.sse': { end: 'server 429' },
  'printed-calls--qwen.sse': {
    text: 'Let me look.\n',
    calls: [
      ['new_1', 'get_time', rome],
      ['new_2', 'get_time', '{"place":"<b>"}'],
    ],
    notices: ['repaired-call', 'repaired-call'],
    end: 'tool-calls stop',
  },
  'printed-list--mistral.sse': {
    calls: [
      ['new_1', 'get_time', '{"place":"a]b"}'],
      ['new_2', 'get_time', '{}'],
    ],
    notices: ['repaired-call', 'repaired-call'],
    end: 'tool-calls stop',
  },
  'printed-python-tag--llama-3.sse': {
    calls: [
      ['new_1', 'get_time', rome],
      ['new_2', 'get_time', '{"place":"Oslo"}'],
    ],
    notices: ['repaired-call', 'repaired-call'],
    end: 'tool-calls stop',
  },
  'printed-in-code--llama-3.sse': {
    text: 'So:\n```json\n{"name": "get_time", "arguments": {}}\n```\nor `<tool_call>` or\n```\n<tool_call>{"name": "get_time"}</tool_call>\n```\n',
    end: 'stop',
  },
  'printed-other-tool--hermes.sse': {
    text: '<tool_call>{"name": "format_disk", "arguments": {}}</tool_call> [TOOL_CALLS] is how',
    end: 'stop',
  },
  'printed-and-recognised--gateway.sse': { calls: [['call_1', 'get_time', rome]], end: 'tool-calls' },
  'printed-call-cut--qwen.sse': {
    text: '<tool_call>\n{"name": "get_time", "arguments": {"place',
    end: 'length',
  },
  'usage-in-x-groq--groq.sse': {
    reasoning: 'Hm.',
    calls: [['fc_1', 'get_time', rome]],
    end: 'tool-calls',
    usage: used,
  },
  'usage-in-choice--moonshot.sse': { text: 'Hi', end: 'stop', usage: used },
  'whole-message-last--perplexity.sse': { text: 'Hi there', end: 'stop', usage: used },
  'text-beside-delta--together.sse': { text: 'Hi', end: 'stop eos', usage: used },
  'timings-beside-usage--llama.cpp.sse': {
    reasoning: 'Hm.',
    calls: [['Zr8wQ2nB5kV0xY7tL3mC9pD1sF6gH4jA', 'get_time', rome]],
    end: 'tool-calls',
    usage: used,
  },
  'empty-name-after--lmstudio.sse': { calls: [['814890118', 'get_time', rome]], end: 'tool-calls' },
  'error-beside-message--lmstudio.sse': { text: 'Half', end: 'stream reported' },
  'index-from-one--anthropic.sse': {
    text: 'Let me look.',
    calls: [['toolu_1', 'get_time', rome]],
    end: 'tool-calls',
  },
  'no-done-and-time-info--cerebras.sse': { text: 'Hi', end: 'stop', usage: used },
  'blank-lines-before--deepseek.json': { text: 'Hi', end: 'stop', usage: { ...used, cachedTokens: 4 } },
  'error-with-200--xai.json': { end: 'server 503' },
  'error-detail--fastapi.json': { end: 'stream reported' },
};

for (const name of readdirSync(new URL('../../fixtures/openai/', import.meta.url))) {
  const bytes = readFixture(name);
  const isBody = name.endsWith('.json');
  const want = expected[name];
  const whole = () => play([bytes], isBody, offered);

  test(`${name} is read as its server means it`, async () => {
    assert.ok(want !== undefined, 'no expectation for this fixture');
    const got = await whole();
    assert.equal(endOf(got), want.end);
    assert.equal(got.text, want.text ?? '');
    assert.equal(got.reasoning, want.reasoning ?? '');
    assert.deepEqual(
      got.calls.map(({ id, name, arguments: args }) => [id, name, args]),
      want.calls ?? [],
    );
    assert.deepEqual(got.notices, want.notices ?? []);
    assert.deepEqual(got.finish?.usage, want.usage);
  });

  test(`${name} is read the same byte by byte`, async () => {
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    assert.deepEqual(await play(single, isBody, offered), await whole());
  });

  test(`${name} cut anywhere is whole or a failure, never a short success`, async () => {
    const all = await whole();
    for (let length = 0; length < bytes.length; length++) {
      const got = await play([bytes.subarray(0, length)], isBody, offered);
      const where = `cut after ${length} of ${bytes.length} bytes`;
      assert.ok(all.text.startsWith(withoutBrokenEnd(got.text)), where);
      assert.ok(all.reasoning.startsWith(withoutBrokenEnd(got.reasoning)), where);
      if (got.failure === undefined) {
        assert.deepEqual([got.text, got.reasoning, got.calls], [all.text, all.reasoning, all.calls], where);
        assert.deepEqual([got.finish?.reason, all.failure], [all.finish?.reason, undefined], where);
      } else if (got.failure !== all.failure) {
        assert.match(got.failure, isBody ? /^stream (empty|malformed)$/ : /^stream (cut|empty|reported)$/, where);
      }
    }
  });
}

/** Half a tag or a half printed call is kept, since it may have been text; half a character is a replacement character. */
function withoutBrokenEnd(text: string): string {
  return text.replace(
    /\s*(?:\ufffd|<\/?t?h?i?n?k?|(?:<t?o?o?l?_?c?a?l?l?>?|\[T?O?O?L?_?C?A?L?L?S?\]?|<\|[a-z_]*\|?>?)(?:\s*[{[].*)?\s*)$/s,
    '',
  );
}

function endOf({ finish, failure }: Outcome): string {
  if (finish === undefined) return failure ?? 'nothing';
  return finish.rawReason === undefined ? finish.reason : `${finish.reason} ${finish.rawReason}`;
}

test('every fixture that is expected exists', () => {
  for (const name of Object.keys(expected)) assert.ok(readFixture(name).length > 0);
});

test('a thought signature on a call is kept for its server', async () => {
  const { calls } = await play([readFixture('no-index-pieces--gemini.sse')], false);
  assert.deepEqual(calls[0]?.replay, { extra_content: { google: { thought_signature: 'c2ln' } } });
});

test('reasoning details are joined and kept for their server', async () => {
  const piece = (text: string, more = {}) => ({ type: 'reasoning.text', index: 0, text, ...more });
  const { reasoning, finish } = await playFrames([
    chunk({ reasoning: 'a', reasoning_details: [piece('a')] }),
    chunk({ reasoning_details: [piece('b', { signature: 's' })] }),
    chunk({ content: 'x' }, 'stop'),
  ]);
  assert.equal(reasoning, 'ab');
  assert.deepEqual(finish?.replay, { reasoning_details: [piece('ab', { signature: 's' })] });
});

test('a thought whose opening tag was in the prompt is told apart where the dialect says so', async () => {
  const frames = [chunk({ content: 'Hm.</th' }), chunk({ content: 'ink>\nYes' }), chunk({}, 'stop')];
  const got = await playFrames(frames, { startsInThought: true });
  assert.deepEqual([got.reasoning, got.text], ['Hm.', 'Yes']);
});

test('an answer presumed to be a thought is given as text when no tag comes', async () => {
  const got = await playFrames([chunk({ content: 'Just this' }), chunk({}, 'stop')], { startsInThought: true });
  assert.deepEqual([got.text, got.finish?.reason], ['Just this', 'stop']);
});

test('an answer is not presumed to be a thought once the server separates it', async () => {
  const frames = [chunk({ reasoning_content: 'Hm.' }), chunk({ content: 'Yes' }), chunk({}, 'stop')];
  const got = await playFrames(frames, { startsInThought: true });
  assert.deepEqual([got.reasoning, got.text], ['Hm.', 'Yes']);
});

test('a thought that fills the token limit is not repeated as the answer', async () => {
  const got = await playFrames([chunk({ content: 'Hm' }), chunk({}, 'length')], { startsInThought: true });
  assert.deepEqual([got.reasoning, got.text, got.finish?.reason], ['Hm', '', 'length']);
});

test('tool_calls as the reason without a call is no call', async () => {
  const got = await playFrames([chunk({ tool_calls: [] }), chunk({ content: 'x' }, 'tool_calls')]);
  assert.deepEqual([got.calls, endOf(got)], [[], 'other tool_calls']);
});

test('a model may finish without saying anything', async () => {
  assert.equal(endOf(await playFrames([chunk({ content: '' }, 'stop')])), 'stop');
});

test('text-completion chunks are an answer too', async () => {
  const piece = (text: string, finish_reason: string) => ({ choices: [{ index: 0, text, finish_reason }] });
  const got = await playFrames([piece('On', ''), piece('e', 'eos_token'), '[DONE]']);
  assert.deepEqual([got.text, endOf(got)], ['One', 'stop eos_token']);
});

test('an empty error beside a chunk is none', async () => {
  const piece = { error: { code: 0, message: '' }, choices: [{ delta: { content: 'Hi' }, finish_reason: 'stop' }] };
  assert.equal((await playFrames([piece])).text, 'Hi');
});

test('an error event that is no JSON is still an error', async () => {
  const bytes = Buffer.from('event: error\ndata: boom\n\n');
  assert.equal((await play([bytes], false)).failure, 'stream reported');
});

test('a busy server inside a 200 is told as a busy server', async () => {
  const busy = await playFrames([{ error: { message: 'server busy, please try again.' } }]);
  const limited = await playFrames([
    { error: { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' } },
  ]);
  const noKey = await playFrames([{ error: { message: 'User not found.', code: 401 } }]);
  assert.deepEqual([busy.failure, limited.failure, noKey.failure], ['server 503', 'server 429', 'auth 401']);
});

test('a body of another kind is named', async () => {
  const got = await play([Buffer.from('"hello"')], true);
  assert.equal(got.failure, 'stream malformed');
});

test('reading stops at [DONE], so a server that keeps the connection open holds nobody up', async () => {
  let isClosed = false;
  async function* received(): AsyncGenerator<Received> {
    try {
      yield { type: 'event', name: undefined, data: JSON.stringify(chunk({ content: 'Hi' }, 'stop')) };
      yield { type: 'event', name: undefined, data: '[DONE]' };
      throw new Error('read on after [DONE]');
    } finally {
      isClosed = true;
    }
  }
  const got = await collect(readChunks(received(), target));
  assert.deepEqual([got.text, got.finish?.reason, isClosed], ['Hi', 'stop', true]);
});

test('a connection that breaks after the answer was proven complete costs nothing', async () => {
  const got = await collect(readChunks(thenThrow([chunk({ content: 'Hi' }, 'stop')], 'cut'), target));
  assert.deepEqual([got.text, got.finish?.reason], ['Hi', 'stop']);
});

test('a connection that breaks before keeps what came, also the text that was held back', async () => {
  const got = await collect(readChunks(thenThrow([chunk({ content: '<thi' })], 'silent'), target));
  assert.deepEqual([got.text, got.failure], ['<thi', 'stream silent']);
});

test('an abort after the last word is still an abort', async () => {
  async function* received(): AsyncGenerator<Received> {
    yield { type: 'event', name: undefined, data: JSON.stringify(chunk({ content: 'Hi' }, 'stop')) };
    throw new ChatError({ kind: 'aborted' });
  }
  assert.equal((await collect(readChunks(received(), target))).failure, 'aborted');
});

async function* thenThrow(frames: readonly unknown[], reason: 'cut' | 'silent'): AsyncGenerator<Received> {
  for (const frame of frames) yield { type: 'event', name: undefined, data: JSON.stringify(frame) };
  throw new ChatError({ kind: 'stream', target, reason });
}

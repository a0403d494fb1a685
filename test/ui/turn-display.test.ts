import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../src/core/error.ts';
import type { AssistantMessage } from '../../src/core/message.ts';
import type { NoticeCode } from '../../src/core/notice.ts';
import type { TurnEvent, TurnOutcome } from '../../src/core/turn-event.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { createTurnDisplay } from '../../src/ui/turn-display.ts';

const text = (words: string): TurnEvent => ({ type: 'text-delta', text: words });
const thought = (words: string): TurnEvent => ({ type: 'reasoning-delta', text: words });
const notice = (code: NoticeCode): TurnEvent => ({ type: 'notice', notice: { level: 'warning', code, text: code } });
const end = (outcome: TurnOutcome): TurnEvent => ({ type: 'turn-end', usage: {}, outcome });
const cut = end({ kind: 'done', finish: 'length' });

function answered(words: string, more: Partial<AssistantMessage> = {}): TurnEvent {
  const message = { role: 'assistant', text: words, toolCalls: [], ending: 'stop', ...more } as const;
  return { type: 'message', message: { id: 'm', parentId: null, at: '', message } };
}

function satisfied(value: string): TurnEvent {
  const report = { kind: 'json-schema', mode: 'native', changes: [], attempts: [] } as const;
  return end({ kind: 'done', finish: 'stop', structured: { kind: 'json-schema', text: value, report } });
}

function display() {
  const look = { columns: 40, theme: createTheme({ color: 0 }), hyperlinks: false };
  return createTurnDisplay(() => look, { format: 'json-schema' });
}

function printed(...events: readonly TurnEvent[]): readonly string[] {
  const shown = display();
  return events.flatMap((event) => shown.show(event).passages.flatMap(({ lines }) => lines));
}

test('a value is unfinished until it is judged, then printed as it was checked', () => {
  const shown = display();
  assert.deepEqual(shown.show(text('{"value": {"a"')).live.tail, {
    kind: 'value',
    first: true,
    text: '{"value": {"a"',
  });
  assert.deepEqual(shown.show(text(': 1}}')).passages, []);
  const whole = shown.show(answered('{"value": {"a": 1}}'));
  assert.ok(whole.passages.length === 0 && whole.live.tail?.kind === 'value');
  const last = shown.show(satisfied('{"a": 1}'));
  assert.deepEqual(last.passages, [{ apart: true, lines: ['a: 1'] }]);
  assert.equal(last.live.tail, undefined);
});

test('an answer that is asked for again goes, and one without a value is printed as text', () => {
  const wrong = [text('{"x": 1}'), answered('{"x": 1}')];
  assert.deepEqual(
    printed(...wrong, notice('schema-retry'), text('{"a": 1}'), answered('{"a": 1}'), satisfied('{"a": 1}')),
    ['! schema-retry', 'a: 1'],
  );
  assert.deepEqual(printed(...wrong, text('{"a": [1'), answered('{"a": [1'), cut), [
    '{"a": [1',
    '! the answer was cut by the token limit',
  ]);
  const error = new ChatError({ kind: 'schema', wanted: 'schema', problems: ['p'], attempts: 1, raw: '{"x": 1}' });
  const [raw, said] = printed(...wrong, notice('not-saved'), end({ kind: 'failed', error, partial: false })).slice(1);
  assert.equal(raw, '{"x": 1}');
  assert.match(said ?? '', /^error: the answer does not/);
  assert.deepEqual(printed(text('{"x": '), end({ kind: 'aborted' })), ['{"x":', '[stopped]']);
});

test('what is said before a tool is called, or before more reasoning, is printed', () => {
  const call = { id: 'c', name: 'get_time', arguments: '{}' };
  const lines = printed(
    thought('hm'),
    text('I will look.'),
    answered('I will look.', { toolCalls: [call], ending: 'tool-calls' }),
    { type: 'tool-start', call },
    { type: 'tool-end', callId: 'c', name: 'get_time', outcome: 'ok', text: '9', elapsedMs: 100 },
    text('{"time": 9}'),
    answered('{"time": 9}'),
    satisfied('{"time": 9}'),
  );
  assert.deepEqual(lines, ['thinking:', '  hm', 'I will look.', '* get_time ... 9 (0.1 s)', 'time: 9']);
});

test('of an answer too long to be drawn with each frame only the size is shown, and nothing is lost', () => {
  const shown = display();
  const value = JSON.stringify(Array.from({ length: 4000 }, () => `한${'a'.repeat(70)}`));
  assert.deepEqual(shown.show(text(value)).live.tail, {
    kind: 'large-value',
    first: true,
    bytes: Buffer.byteLength(value),
  });
  const { passages } = shown.show(satisfied(value));
  assert.ok(passages.every(({ lines }) => lines.length <= 200));
  assert.equal(
    passages
      .flatMap(({ lines }) => lines)
      .join('')
      .match(/한/g)?.length,
    4000,
  );
});

test('an element that is given out adds nothing of its own', () => {
  assert.deepEqual(printed(text('[1'), { type: 'item', json: '1' }, text(']'), answered('[1]'), satisfied('[1]')), [
    '- 1',
  ]);
});

test('a turn that went in circles, or missed the tool it had to call, says so', () => {
  assert.deepEqual(printed(end({ kind: 'limit', limit: 'loop', rounds: 3 })), [
    '! stopped: the model went in circles',
    '- /retry asks again; /tools NAME off',
    '  takes a tool away',
  ]);
  assert.deepEqual(printed(end({ kind: 'limit', limit: 'rounds', rounds: 16 })), [
    '! stopped after 16 rounds of tool calls',
    '- /retry asks again; /tools NAME off',
    '  takes a tool away',
  ]);
  assert.deepEqual(printed(end({ kind: 'done', finish: 'stop', toolFailure: 'write had to be called' })), [
    '! write had to be called',
  ]);
});

test('with details on a call is followed by what went in and what came out', () => {
  const look = { columns: 40, theme: createTheme({ color: 0 }), hyperlinks: false };
  let details = false;
  const shown = createTurnDisplay(() => look, { details: () => details });
  const run = (id: string) => {
    const call = { id, name: 'get_time', arguments: '{"place":"Seoul"}' };
    shown.show({ type: 'tool-start', call });
    return shown.show({ type: 'tool-end', callId: id, name: 'get_time', outcome: 'ok', text: '9', elapsedMs: 0 });
  };
  assert.equal(run('1').passages.length, 1);
  details = true;
  const { passages, ended } = run('2');
  assert.equal(passages.length, 2);
  assert.equal(ended?.call.id, '2');
});

test('an answer that was cut inside of code goes on as code, after reasoning too', () => {
  const look = { columns: 40, theme: createTheme({ color: 0 }), hyperlinks: false };
  const drawn = (after: string, ...words: readonly string[]) => {
    const shown = createTurnDisplay(() => look, { after });
    const events = [...words.map(text), end({ kind: 'done', finish: 'stop' })];
    return events.flatMap((event) => shown.show(event).passages.flatMap(({ lines }) => lines));
  };
  const rest = [' 2\n# a com', 'ment\nx = a*b*c\n', '```\n\nDone, *b*'];
  const code = ['```python', ' 2', '# a comment', 'x = a*b*c', '```', '', 'Done, *b*'];
  assert.deepEqual(drawn('So:\n\n```python\ny =', ...rest), code);
  assert.deepEqual(drawn('```python\n', ...rest), code);
  assert.deepEqual(drawn('```py', 'thon\nx', '\n```'), ['```python', 'x', '```']);
  assert.deepEqual(drawn('~~~~\na\n~~~\nb', '\n~~~\n# c\n~~~~\n'), ['```', '', '~~~', '# c', '```']);
  assert.deepEqual(drawn('1. Do:\n\n   ```sh\n   ls', ' -l\n   # all\n   ```\n2. Then'), [
    ...['```sh', '-l', '# all', '```', '', '2. Then'],
  ]);
  for (const closed of ['```\na\n```', '```\na\n```\n\n- b', 'some words']) {
    assert.deepEqual(drawn(closed, '\n\n# c'), ['# c']);
  }
  const shown = createTurnDisplay(() => look, { after: '```\na' });
  const lines = [thought('hm'), text('\n# b'), end({ kind: 'done', finish: 'stop' })].flatMap((event) =>
    shown.show(event).passages.flatMap((passage) => passage.lines),
  );
  assert.deepEqual(lines.slice(-4), ['```', '', '# b', '```']);
});

test('a server that is asked again is a live row until something comes, and leaves no line', () => {
  const look = { columns: 80, theme: createTheme({ color: 0 }), hyperlinks: false };
  const shown = createTurnDisplay(() => look, { isLive: true });
  const retrying = shown.show(notice('retrying'));
  assert.deepEqual([retrying.passages, retrying.live.note], [[], 'retrying']);
  assert.equal(shown.show(text('a')).live.note, undefined);
});

test('a schema that is asked for in other ways is one calm line', () => {
  assert.deepEqual(printed(notice('schema-rung'), notice('schema-rung'), notice('schema-rung')), [
    '- asking for the schema another way;',
    '  /schema says why',
  ]);
});

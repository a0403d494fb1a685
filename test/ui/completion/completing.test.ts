import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTheme } from '../../../src/terminal/theme.ts';
import type { ReplActions } from '../../../src/ui/actions.ts';
import type { Candidate } from '../../../src/ui/completion/candidate.ts';
import {
  type Completing,
  type CompletingAction,
  follow,
  offer,
  reduceCompleting,
} from '../../../src/ui/completion/completing.ts';
import { mentionCandidates } from '../../../src/ui/completion/files.ts';
import { agreedStart, fitting } from '../../../src/ui/completion/fitting.ts';
import { placeAt } from '../../../src/ui/completion/place.ts';
import { completionRows } from '../../../src/ui/completion/rows.ts';
import { edit, emptyEditor } from '../../../src/ui/editor/editor.ts';

const named = (...values: readonly string[]): readonly Candidate[] => values.map((value) => ({ value, detail: '' }));
const valuesOf = (candidates: readonly Candidate[]): readonly string[] => candidates.map(({ value }) => value);

function place(text: string): string | undefined {
  const found = placeAt(text, text.length);
  if (found === undefined) return undefined;
  const of = found.kind === 'argument' ? ` of ${found.command.name}` : '';
  return `${found.kind}${of}: ${text.slice(found.start)}`;
}

test('what stands before the caret is a command, its argument, a file or nothing', () => {
  assert.equal(place('/mo'), 'command: /mo');
  assert.equal(place('/'), 'command: /');
  assert.equal(place('/model qw'), 'argument of model: qw');
  assert.equal(place('/history my trip'), 'argument of resume: my trip');
  assert.equal(place('see @src/ma'), 'file: @src/ma');
  assert.equal(place('see @"two wo'), 'file: @"two wo');
  assert.equal(place('/system see @src'), 'file: @src');
  assert.equal(place('mail me@home'), undefined);
  assert.equal(place('//mo'), undefined);
  assert.equal(place('/etc/ho'), undefined);
  assert.equal(place('a word'), undefined);
  assert.equal(place(`/${'x'.repeat(5000)}`), undefined);
});

test('candidates begin with what is written; when none does, they contain it', () => {
  const models = named('Qwen/Qwen3-8B', 'Qwen/Qwen3-4B', 'meta/llama');
  assert.deepEqual(valuesOf(fitting(models, 'qw')), ['Qwen/Qwen3-8B', 'Qwen/Qwen3-4B']);
  assert.deepEqual(valuesOf(fitting(models, '8b')), ['Qwen/Qwen3-8B']);
  assert.deepEqual(valuesOf(fitting(named('@src/ui/work.ts ', '@a '), '@uwrk')), ['@src/ui/work.ts ']);
  assert.deepEqual(valuesOf(fitting(named('@"two words.txt" ', '@src/'), '@two')), ['@"two words.txt" ']);
});

test('what all agree on is put in, in their own letters, and no half of a character', () => {
  assert.equal(agreedStart(named('Qwen/Qwen3-8B', 'Qwen/Qwen3-4B'), 'qw'), 'Qwen/Qwen3-');
  assert.equal(agreedStart(named('my-qwen', 'a-qwen'), 'qwen'), 'qwen');
  assert.equal(agreedStart(named('각'.normalize('NFD'), '가'.normalize('NFD')), ''), '');
});

test('Tab goes round the candidates both ways, and what was written is not lost', () => {
  const first = edit(emptyEditor, { type: 'insert', text: '/tools ' });
  const list = offer('/tools ', '', named('get_time ', 'get_weather '));
  const texts = (...actions: readonly CompletingAction[]): string => {
    const start = { editor: first, completing: list as Completing | undefined };
    return actions.reduce(reduceCompleting, start).editor.text;
  };
  const next = { type: 'choose', by: 1 } as const;
  assert.equal(texts(next), '/tools get_time ');
  assert.equal(texts({ type: 'choose', by: -1 }), '/tools get_weather ');
  assert.equal(texts(next, next, next), '/tools get_time ');
  assert.equal(texts(next, { type: 'leave' }), '/tools ');
});

test('typing narrows the list; what fits nothing, or a change before it, ends it', () => {
  const list = offer('/tools ', 'get_', named('get_time ', 'get_weather '));
  const narrowed = follow(list, { text: '/tools get_w', caret: 12 });
  assert.deepEqual(valuesOf(narrowed?.shown ?? []), ['get_weather ']);
  assert.equal(follow(list, { text: '/tools get_x', caret: 12 }), undefined);
  assert.equal(follow(list, { text: '/tool', caret: 5 }), undefined);
  assert.equal(follow(list, { text: '', caret: 0 }), undefined);
});

test('the rows stay within the room, and say how many there are when not all are shown', () => {
  const look = { columns: 40, theme: createTheme({ color: 0 }), hyperlinks: false };
  const list = offer('', '', named(...Array.from({ length: 30 }, (_, index) => `file-${index + 1}`)));
  for (let room = -2; room < 20; room++) {
    for (const at of [-1, 0, 15, 29]) {
      const rows = completionRows({ ...list, at }, room, look);
      assert.ok(rows.length <= Math.max(0, room));
      if (room > 0 && at >= 0) assert.ok(rows.some((row) => row.startsWith(`> file-${at + 1}`)));
    }
  }
  assert.match(completionRows({ ...list, at: 20 }, 6, look).at(-1) ?? '', /19 to 23 of 30/);
});

test('a file that does not begin so is found by its letters anywhere below', async () => {
  const actions: Partial<ReplActions> = {
    listFiles: async () => ['src/', 'notes.txt'],
    listTree: async () => ['notes.txt', 'src/ui/work.ts', 'src/ui/commands/words.ts', 'test/network.ts'],
  };
  // Nothing else is asked for here.
  const found = async (written: string) => valuesOf(await mentionCandidates(actions as ReplActions, written));
  assert.deepEqual(await found('@wo'), ['@src/ui/work.ts ', '@src/ui/commands/words.ts ', '@test/network.ts ']);
  assert.deepEqual(await found('@no'), ['@src/', '@notes.txt ']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReplTools, type LoadTools, type ReplTools } from '../../src/cli/repl-tools.ts';
import type { LoadedTools } from '../../src/cli/tools.ts';
import { ChatError } from '../../src/core/error.ts';
import type { Profile } from '../../src/core/profile.ts';
import type { Tool } from '../../src/core/tool.ts';

const chat: Profile = { name: 'chat', kind: 'openai', baseUrl: 'http://127.0.0.1:9/v1' };
const clock = tool('clock');
const mail: Tool & { readonly server: string } = { ...tool('post__mail'), server: 'post' };
const note: Tool & { readonly file: string } = { ...tool('note'), file: '/home/ann/tools/note.mjs' };

function tool(name: string): Tool {
  return {
    name,
    description: `${name}.`,
    parameters: { type: 'object' },
    safe: name === 'clock',
    run: async () => name,
  };
}

function loaded(offered: readonly Tool[], close = async () => {}): LoadedTools {
  return { tools: [clock, mail, note], offered, notices: [], close };
}

function open(first: LoadedTools, load: LoadTools): ReplTools {
  return createReplTools('/home/ann/tools', first, load);
}

function names({ offered }: ReplTools): readonly string[] {
  return offered.map(({ name }) => name);
}

test('tools that one server does not take are offered again to one that does', async () => {
  let closed = 0;
  const first = { ...loaded([], async () => void closed++), tools: [clock] };
  const tools = open(first, async (profile, { isStructured }) => {
    assert.deepEqual([profile.name, isStructured], ['chat', false]);
    return { ...loaded([clock, note]), notices: [{ level: 'warning', code: 'tool-problem', text: 'one is broken' }] };
  });
  assert.deepEqual(names(tools), []);
  const notices = await tools.loadFor(chat, { isStructured: false });
  assert.deepEqual(names(tools), ['clock', 'note']);
  assert.deepEqual(
    notices.map(({ text }) => text),
    ['one is broken'],
  );
  assert.equal(closed, 1, 'what the tools of before had started has ended');
});

test('what was switched by hand stays so for another server', async () => {
  const tools = open(loaded([clock, note]), async () => loaded([clock, note]));
  tools.turn('clock', false);
  tools.turn('post__mail', true);
  assert.deepEqual(names(tools), ['post__mail', 'note']);
  await tools.loadFor(chat, { isStructured: false });
  assert.deepEqual(names(tools), ['post__mail', 'note']);
});

test('when the tools for a server cannot be loaded, those of before stay', async () => {
  let closed = 0;
  const tools = open(
    loaded([clock], async () => void closed++),
    async () => {
      throw new ChatError({ kind: 'usage', what: 'there is no tool named "x"' });
    },
  );
  await assert.rejects(tools.loadFor(chat, { isStructured: false }), /no tool named/);
  assert.deepEqual(names(tools), ['clock']);
  assert.equal(closed, 0);
});

test('each tool says where it comes from and whether it asks', () => {
  const tools = open(loaded([]), async () => loaded([]));
  assert.deepEqual(
    tools.lines(new Set(['note'])).map(({ name, source, safe, allowed }) => [name, source, safe, allowed]),
    [
      ['clock', 'built in', true, false],
      ['post__mail', 'MCP server post', false, false],
      ['note', 'note.mjs', false, true],
    ],
  );
});

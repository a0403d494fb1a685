/** Commands that choose: among fixed words, among models, and among conversations. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../../src/core/error.ts';
import { createTheme } from '../../../src/terminal/theme.ts';
import type { ReplActions, ReplStatus } from '../../../src/ui/actions.ts';
import type { CommandContext } from '../../../src/ui/commands/command.ts';
import { commands, readWritten } from '../../../src/ui/commands/index.ts';
import { moment } from '../../../src/ui/commands/words.ts';
import { keyHelp } from '../../../src/ui/keys/bindings.ts';
import { pairsPassage } from '../../../src/ui/transcript.ts';
import { scriptedSteering } from '../scripted-steering.ts';

const tool = { description: '', enabled: true, safe: false, source: 'built in', parameters: {} };
const status: ReplStatus = {
  ...{ profile: 'p', kind: 'demo', model: 'small', target: 'http://t', conversationId: 'c' },
  ...{ system: undefined, approval: 'ask', format: undefined, tools: [{ ...tool, name: 'write_file', allowed: true }] },
};

/** What was said and done, one string a line. @param taken  what is chosen from a list */
async function run(written: string, { known, taken }: { known?: readonly string[]; taken?: string } = {}) {
  const lines: string[] = [];
  const actions: Partial<ReplActions> = {
    status: () => status,
    knownModels: () => known,
    listModels: async () => [],
    setModel: (name) => void lines.push(`set ${name}`),
    setApproval: (policy) => void lines.push(`set ${policy}`),
    askAbout: (name) => void lines.push(`ask about ${name}`),
    keptTheme: () => 'dark',
    steering: scriptedSteering(() => ({ events: (async function* () {})(), stop() {} })),
  };
  const context: Partial<CommandContext> = {
    // These commands ask for nothing else.
    actions: actions as ReplActions,
    ...{ commands, keys: keyHelp({ kittyKeys: false, isVi: false }), signal: new AbortController().signal },
    say: (...words) => void lines.push(...words),
    list(pairs) {
      const look = { columns: 80, theme: createTheme({ color: 0 }), hyperlinks: false };
      lines.push(...pairsPassage(pairs, look).lines);
    },
    async pick({ choices }) {
      lines.push(...(await choices).map(({ title, current }) => `${current ? '*' : ' '}${title}`));
      return taken;
    },
    switches: {
      ...{ toggleSource: undefined, toggleReasoning() {}, theme: () => undefined, setVi: undefined },
      setTheme: (name) => void lines.push(`set ${name}`),
    },
  };
  const read = readWritten(written);
  assert.ok(read.kind === 'command', written);
  try {
    await read.command.run({ ...context, argument: read.argument } as CommandContext);
  } catch (error) {
    if (!isChatError(error, 'usage')) throw error;
    lines.push(`error: ${error.message}`);
  }
  return lines;
}

test('every choice among fixed words is a list that marks what is in use, or the word', async () => {
  assert.deepEqual(await run('/theme', { taken: 'light' }), [
    ' auto',
    '*dark',
    ' light',
    ' none',
    'set light',
    'Theme: light',
  ]);
  assert.deepEqual(await run('/theme pink'), ['error: unknown: pink; auto, dark, light or none']);
  assert.deepEqual((await run('/think', { taken: 'low' })).slice(-2), ['*default', 'Reasoning: low']);
  assert.deepEqual((await run('/approve', { taken: 'all' })).slice(0, 5), [
    '*ask',
    ' safe',
    ' never',
    ' all',
    'set all',
  ]);
});

test('what was allowed with t is shown, and /approve ask and /tools NAME ask take it back', async () => {
  assert.match((await run('/tools')).join('\n'), /write_file +you allowed it in this conversation/);
  assert.deepEqual((await run('/approve ask')).slice(2), ['ask about write_file', 'Asks again about write_file.']);
  assert.deepEqual((await run('/tools write_file ask'))[0], 'ask about write_file');
  assert.deepEqual(await run('/tools write_file on now'), ['error: unknown: on now; on, off or ask']);
});

test('the beginning of one listed model is that model; what fits several or none is said', async () => {
  const known = ['alpha-7b', 'vendor/beta-13b', 'vendor/gamma-1', 'vendor/gamma-2'];
  assert.deepEqual(await run('/model beta', { known }), ['set vendor/beta-13b', 'Model: vendor/beta-13b']);
  assert.deepEqual(await run('/model GAMMA', { known }), ['error: GAMMA fits vendor/gamma-1, vendor/gamma-2']);
  assert.deepEqual((await run('/model nope', { known })).slice(1), [
    'Model: nope',
    'http://t does not list it; it is asked for all the same.',
  ]);
  assert.deepEqual(await run('/model nope'), ['set nope', 'Model: nope']);
});

test('a misspelt option is sent, and said', async () => {
  assert.equal((await run('/set temprature 1'))[0], 'temprature is sent as it stands; did you mean temperature?');
  assert.doesNotMatch((await run('/set min_p 0.1')).join(), /did you mean/);
  assert.doesNotMatch((await run('/set maxTokens 10')).join(), /did you mean/);
});

test('the help fits a screen of 24 rows, and tells all about one command', async () => {
  assert.ok((await run('/help')).length <= 20);
  assert.match((await run('/help save')).join('\n'), /\/save \/export \[value\] FILE[\s\S]*\/save value FILE\.json/);
  assert.deepEqual(await run('/help sav'), ['error: there is no command /sav (did you mean /help save?)']);
  assert.ok((await run('/help keys')).length < (await run('/help all')).length);
});

test('a summing up is one line, and the summary comes when it is asked for', async () => {
  assert.deepEqual(await run('/compact'), [
    'Summed up 12 messages: about 9 400 tokens became 600; /compact show prints it.',
  ]);
  assert.deepEqual(await run('/compact show'), ['a summary']);
});

test('a moment is told as one would look for it', () => {
  const at = (day: number, hour: number, minute: number) => new Date(2026, 2, day, hour, minute);
  const now = at(10, 15, 0).getTime();
  const told = [at(10, 14, 59), at(10, 14, 2), at(10, 0, 30), at(9, 23, 5), at(8, 23, 5)];
  assert.deepEqual(
    told.map((date) => moment(date.toISOString(), now)),
    ['1 min ago', '58 min ago', '00:30', 'yesterday 23:05', '2026-03-08'],
  );
  assert.equal(moment(at(9, 23, 50).toISOString(), at(10, 0, 5).getTime()), '15 min ago');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTheme } from '../../../src/terminal/theme.ts';
import type { ReplActions } from '../../../src/ui/actions.ts';
import { commands } from '../../../src/ui/commands/index.ts';
import { createCompleter } from '../../../src/ui/completion/completer.ts';
import { offer } from '../../../src/ui/completion/completing.ts';
import { completionRows } from '../../../src/ui/completion/rows.ts';
import { initialState } from '../../../src/ui/state.ts';
import { createStore } from '../../../src/ui/store.ts';
import { idleStatus } from '../../support/idle-status.ts';

const folders: Readonly<Record<string, readonly string[]>> = {
  '': ['한국 폴더/', '한글.md', 'two words/', 'plain.txt'],
  '한국 폴더/': ['안/', '파일 하나.txt', '파일 둘.txt'],
  '한국 폴더/안/': ['메모.txt'],
  'two words/': ['in side.md'],
};

/** What stands in the editor after each key: letters are typed, `\t` and `\x1b` are keys. */
async function typed(keys: string): Promise<readonly string[]> {
  const store = createStore(initialState({ columns: 80, rows: 24 }, idleStatus));
  const listFiles: ReplActions['listFiles'] = async (path) => {
    const folder = /^(.*\/)?/.exec(path)?.[0] ?? '';
    return (folders[folder] ?? []).map((name) => folder + name);
  };
  const completer = createCompleter({
    // Nothing else of them is asked for.
    actions: { listFiles } as ReplActions,
    commands,
    store,
    onBug: assert.ifError,
  });
  const texts: string[] = [];
  for (const key of keys) {
    if (key === '\t') completer.handleKey({ type: 'chord', chord: 'tab' });
    else if (key === '\x1b') completer.handleKey({ type: 'chord', chord: 'escape' });
    else store.dispatch({ type: 'edit', action: { type: 'insert', text: key } });
    await new Promise((resolve) => setImmediate(resolve));
    texts.push(store.state().editor.text);
  }
  return texts;
}

const last = async (keys: string): Promise<string | undefined> => (await typed(keys)).at(-1);

test('Tab goes on into the folder that it has completed, however the folder was chosen', async () => {
  assert.equal(await last('see @two\t\t'), 'see @"two words/in side.md" ');
  // A list that typing has narrowed to one.
  assert.equal(await last('see @\t한국\t'), 'see @"한국 폴더/');
  assert.equal(await last('see @한\t국\t'), 'see @"한국 폴더/');
  assert.equal(await last('see @한\t국\t\t'), 'see @"한국 폴더/');
  assert.equal(await last('see @한\t국\t\t안\t\t'), 'see @"한국 폴더/안/메모.txt" ');
});

test('Esc leaves the list and nothing of the draft is lost', async () => {
  assert.equal(await last('draft @한\t\t\x1b'), 'draft @한');
  assert.equal(await last('draft @plain\t\x1b'), 'draft @plain.txt ');
});

test('the path of a command may have blanks, and quotes around it', async () => {
  assert.equal(await last('/file two\t\t'), '/file two words/in side.md');
  assert.equal(await last('/file two words/i\t'), '/file two words/in side.md');
  assert.equal(await last('/save "two\t\t'), '/save "two words/in side.md"');
});

test('a name with control characters is shown with them written out', () => {
  const list = offer('', '@', [{ value: '@bad\x1b[31m\u202ename.txt ', detail: '' }]);
  const rows = completionRows(list, 5, { columns: 60, theme: createTheme({ color: 0 }), hyperlinks: false });
  assert.match(rows[0] ?? '', /@bad\\u\{1B\}\[31m\\u\{202E\}name\.txt/);
});

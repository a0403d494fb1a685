/** L07, L25-L37: the program between pipes, files and things that are neither. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { openTerminal } from '../support/pty.ts';
import { cleanEnvironment, finished, program, runBanter, temporaryFolder } from '../support/run-banter.ts';
import type { Case } from './chat.ts';

const home = temporaryFolder();

/** A line of bash in which `$B` asks the demo. */
async function inShell(line: string) {
  const B = `${process.execPath} ${program} -P demo`;
  const child = spawn('bash', ['-c', line], { env: { ...cleanEnvironment(home), B } });
  child.stdin.end();
  return finished(child);
}

function shell(
  id: string,
  title: string,
  line: string,
  expected: { readonly stdout: RegExp; readonly stderr?: RegExp },
): Case {
  return {
    id,
    title,
    async run() {
      const { stdout, stderr } = await inShell(line);
      assert.match(stdout, expected.stdout);
      assert.match(stderr, expected.stderr ?? /^$/);
    },
  };
}

export const pipeCases: readonly Case[] = [
  shell('L25', '| head -1 gets a line and leaves no trace', '$B "show markdown" | head -1; echo $PIPESTATUS', {
    stdout: /^.+\n0\n$/,
  }),
  shell('L26', '| true', '$B "show markdown" | true; echo $PIPESTATUS', { stdout: /^0\n$/ }),
  shell('L27', 'a closed stderr', '$B hi 2>&- ; echo $?', { stdout: /banter[\s\S]*\n0\n$/ }),
  shell('L28', 'a closed stdout', '$B hi >&- ; echo $?', { stdout: /^\d+\n$/, stderr: /^(?!.*\n\s+at )/s }),
  shell('L29', 'a full disk behind stdout', '$B hi >/dev/full; echo $?', { stdout: /^1\n$/, stderr: /ENOSPC/ }),
  shell(
    'L31',
    'the last delta is in the pipe before the end, four times',
    'for i in 1 2 3 4; do $B hi | cksum & done | sort -u | wc -l',
    { stdout: /^\s*1\n$/ },
  ),
  shell(
    'L32',
    'stdin that is empty, closed, /dev/null, or without a line end',
    '$B hi </dev/null | wc -l & $B hi <&- | wc -l & printf "" | $B hi | wc -l & printf hi | $B - | wc -l; wait',
    { stdout: /^(\s*[1-9]\d*\n){4}$/ },
  ),
  {
    id: 'L33 L34 L37',
    title: 'a prompt and stdin are joined, - is stdin, and no escape goes into a pipe',
    async run() {
      const options = { home, stdin: 'show markdown', env: { TERM: 'xterm' } };
      const runs = ['show markdown', '-'].map((prompt) => runBanter(['-P', 'demo', prompt], options));
      for (const { code, stdout, stderr } of await Promise.all(runs)) {
        assert.equal(code, 0, stderr);
        assert.ok(stdout !== '' && !(stdout + stderr).includes('\x1b'));
      }
    },
  },
  {
    id: 'L35',
    title: 'TERM=dumb gets lines alone, any other name and none the screen',
    async run(t) {
      const names = [
        'TERM=dumb',
        '-u TERM',
        ...['xterm', 'linux', 'screen', 'tmux-256color', 'unheard-of'].map((name) => `TERM=${name}`),
      ];
      const open = async (TERM: string): Promise<void> => {
        const terminal = await openTerminal({
          command: 'bash',
          args: ['-c', `exec env ${TERM} ${process.execPath} ${program} -P demo`],
          env: cleanEnvironment(home),
        });
        t.after(() => terminal.close());
        await terminal.waitFor((now) => now.screen().some((row) => row === '>'));
        terminal.type('\x04');
        assert.equal(await terminal.exit, 0);
        assert.equal(terminal.raw.includes('\x1b'), TERM !== 'TERM=dumb', TERM);
      };
      await Promise.all(names.map(open));
    },
  },
];

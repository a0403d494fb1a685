/** Has a text edited in the person's own editor: `$VISUAL`, else `$EDITOR`, else what every system has. */

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatError } from '../core/error.ts';
import type { Environment } from './resolve-server.ts';

/**
 * The terminal must be free: the editor gets it as it is.
 * @returns the text as it was saved, without the line end that editors add
 * @throws ChatError kind 'config' when the editor cannot be started or ends with a failure (`:cq` in vi): what was
 * written is then given up, and the text stays as it was
 */
export async function editText(text: string, environment: Environment): Promise<string> {
  const command = environment.VISUAL || environment.EDITOR || (process.platform === 'win32' ? 'notepad' : 'vi');
  // mkdtemp makes the folder for this user alone.
  const folder = await mkdtemp(join(tmpdir(), 'banter-'));
  const path = join(folder, 'message.md');
  const release = ignoreInterrupts();
  try {
    await writeFile(path, text, { mode: 0o600 });
    const problem = await runEditor(command, path);
    if (problem !== undefined)
      throw new ChatError({
        kind: 'config',
        what: `the editor \`${command}\` ${problem}; the message is as it was`,
        hint: 'set VISUAL or EDITOR',
      });
    return (await readFile(path, 'utf8')).replace(/\r\n?/g, '\n').replace(/\n$/, '');
  } finally {
    release();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Through the shell, since `code --wait` is a command with an argument. Resolves with what went wrong. */
function runEditor(command: string, path: string): Promise<string | undefined> {
  const child =
    process.platform === 'win32'
      ? spawn(`${command} "${path}"`, { stdio: 'inherit', shell: true })
      : spawn('sh', ['-c', `${command} "$1"`, 'sh', path], { stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('close', (code, signal) => {
      if (code === 0) resolve(undefined);
      else resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`);
    });
  });
}

/** Ctrl+C in the editor is the editor's; the terminal sends it to this process too. */
function ignoreInterrupts(): () => void {
  const ignore = (): void => {};
  const listeners = process.listeners('SIGINT');
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', ignore);
  return () => {
    process.off('SIGINT', ignore);
    for (const listener of listeners) process.on('SIGINT', listener);
  };
}

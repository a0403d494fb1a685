/** `banter keys`: the key file. No command shows a key, and none takes one as an argument. */

import { Command } from 'commander';
import { ChatError } from '../../core/error.ts';
import { isShortName, shortNameRule } from '../../core/short-name.ts';
import { readKeys, removeKey, storeKey } from '../../store/keys.ts';
import { isBuiltIn } from '../../store/profiles.ts';
import { safeJson } from '../../terminal/json.ts';
import { safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import type { Host } from '../host.ts';
import { keyFlaw } from '../key-flaw.ts';
import { readSecret } from '../read-secret.ts';
import { readStdin } from '../stdin.ts';
import { printLine, printWarning } from './print-line.ts';

export function createCommand(host: Host): Command {
  const command = new Command('keys').description(
    'Keys on disk, in a file that only you can read. An environment variable or a key command comes before them.',
  );
  command
    .command('list', { isDefault: true })
    .description('the names of the keys')
    .option('--json', 'as JSON')
    .action((flags: { readonly json?: true }) => list(host, flags.json === true));
  command
    .command('set')
    .description('store a key: from stdin, or typed unseen')
    .argument('<name>', 'openai and hf are used by the profiles of that name, others by --key-name and --key')
    .action((name: string) => set(host, name));
  command
    .command('remove')
    .description('remove a key')
    .argument('<name>')
    .action(async (name: string) => {
      await removeKey(host.paths, name);
      await printLine(host, safe`${sanitizeLine(name)} is removed`);
    });
  command
    .command('path')
    .description('the file that holds them')
    .action(() => printLine(host, sanitizeLine(host.paths.keysFile)));
  return command;
}

async function list(host: Host, json: boolean): Promise<void> {
  const names = [...readKeys(host.paths).keys()].sort();
  if (json) return printLine(host, safeJson(names, 2));
  for (const name of names) await printLine(host, sanitizeLine(name));
}

async function set(host: Host, name: string): Promise<void> {
  // Before the key is asked for, which would be typed in vain.
  if (!isShortName(name)) {
    const hint = `${shortNameRule}: banter keys set NAME < FILE`;
    throw new ChatError({ kind: 'usage', what: 'that is not a name a key can have', hint });
  }
  const key = (await readKey(host, name)).trim();
  const flaw = keyFlaw(key);
  if (flaw !== undefined) throw new ChatError({ kind: 'usage', what: `the key ${flaw}`, hint: 'nothing was stored' });
  const aside = await storeKey(host.paths, name, key);
  if (aside !== undefined) await printWarning(host, `the key file was damaged; it is kept as ${aside}`);
  const use = isBuiltIn(name) ? `-P ${name}` : `--key ${name}, or by a profile with --key-name ${name}`;
  await printLine(host, safe`${sanitizeLine(name)} is stored; it is used with ${sanitizeLine(use)}`);
}

function readKey(host: Host, name: string): Promise<string> {
  if (host.stdin.isTTY === true) return readSecret(host.stdin, host.err, safe`key for ${sanitizeLine(name)}: `);
  if (host.hasStdin()) return readStdin(host.stdin, { signal: new AbortController().signal });
  throw new ChatError({ kind: 'usage', what: 'there is no key on stdin', hint: `banter keys set ${name} < FILE` });
}

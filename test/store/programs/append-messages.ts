/**
 * append-messages HOME ID COUNT LENGTH: opens a conversation (a new one for ID `-`), prints `ready`, waits for the
 * end of stdin, adds COUNT messages and prints a line after each.
 */

import { createConversation, openConversation } from '../../../src/store/conversations.ts';
import { resolvePaths } from '../../../src/store/paths.ts';

const [home = '', id = '-', count = '1', length = '10'] = process.argv.slice(2);
const paths = resolvePaths({ BANTER_HOME: home }, '');
const log = id === '-' ? createConversation({ paths }) : (await openConversation(paths, id)).log;
process.stdout.write('ready\n');
for await (const _ of process.stdin);
for (let n = 0; n < Number(count); n++) {
  const text = `${process.pid}:${n} ${'x'.repeat(Number(length))}`;
  const { unsaved } = await log.append({ role: 'user', text });
  if (unsaved !== undefined) throw unsaved;
  process.stdout.write(`${n}\n`);
}

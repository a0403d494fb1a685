/** add-inputs HOME NAME COUNT: prints `ready`, waits for the end of stdin, and adds COUNT entries to the input history. */

import { openInputHistory } from '../../../src/store/input-history.ts';
import { resolvePaths } from '../../../src/store/paths.ts';

const [home = '', name = '', count = '1'] = process.argv.slice(2);
const history = openInputHistory(resolvePaths({ BANTER_HOME: home }, ''));
process.stdout.write('ready\n');
for await (const _ of process.stdin);
for (let n = 0; n < Number(count); n++) {
  const unsaved = history.add(`${name} ${n} ${'한'.repeat(n * 10)}`);
  if (unsaved !== undefined) throw unsaved;
}

/** change-settings HOME PREFIX COUNT UMASK: adds COUNT profiles, one change each. */

import { resolvePaths } from '../../../src/store/paths.ts';
import { addProfile } from '../../../src/store/profiles.ts';
import { updateSettings } from '../../../src/store/settings-write.ts';

const [home = '', prefix = '', count = '1', umask = '022'] = process.argv.slice(2);
process.umask(Number.parseInt(umask, 8));
const paths = resolvePaths({ BANTER_HOME: home }, '');
for (let n = 0; n < Number(count); n++) {
  await updateSettings(paths, (settings) => addProfile(settings, { name: `${prefix}-${n}`, kind: 'openai' }));
}

/**
 * The settings, read. On the path of every one-shot run: nothing here loads a package.
 * Writing is `settings-write.ts`.
 */

import type { Notice } from '../core/notice.ts';
import type { Paths } from './paths.ts';
import { parseSettings, type Settings } from './settings-document.ts';
import { loadSettingsFile } from './settings-file.ts';

export type { Settings, WeatherSettings } from './settings-document.ts';

/**
 * Never fails: whatever is wrong with the file becomes a notice, code 'settings-damaged', and the rest is used.
 * A damaged file is moved aside as `settings.corrupt-<time>.json` and the last good copy restored. Synchronous,
 * which is quickest for one small file.
 */
export function readSettings(paths: Paths): { readonly settings: Settings; readonly notices: readonly Notice[] } {
  const { document, notices } = loadSettingsFile(paths);
  const { settings, problems } = parseSettings(document);
  const wrongFields = problems.map(
    (problem): Notice => ({ level: 'warning', code: 'settings-damaged', text: `${paths.settingsFile}: ${problem}` }),
  );
  return { settings, notices: [...notices, ...wrongFields] };
}

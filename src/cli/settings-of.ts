import { readSettings, type Settings } from '../store/settings.ts';
import { safe } from '../terminal/safe.ts';
import { sanitizeLine } from '../terminal/sanitize.ts';
import type { Host } from './host.ts';

/** The settings; what is wrong with them is said on stderr at once, before anything that depends on them can fail. */
export async function settingsOf(host: Host): Promise<Settings> {
  const { settings, notices } = readSettings(host.paths);
  for (const { text } of notices) await host.err.write(safe`banter: ${sanitizeLine(text)}\n`);
  return settings;
}

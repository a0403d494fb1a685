import type { Settings } from '../../store/settings.ts';
import type { Host } from '../host.ts';
import { settingsOf } from '../settings-of.ts';

/** Changes the settings; what is wrong with them is said on stderr first. @throws ChatError as updateSettings */
export async function changeSettings(host: Host, change: (settings: Settings) => Settings): Promise<void> {
  await settingsOf(host);
  const { updateSettings } = await import('../../store/settings-write.ts');
  await updateSettings(host.paths, change);
}

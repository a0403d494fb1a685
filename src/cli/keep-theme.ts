import type { ThemeName } from '../core/theme-name.ts';
import type { Host } from './host.ts';

/** For later runs. @throws ChatError as updateSettings */
export async function keepTheme(host: Host, theme: ThemeName): Promise<void> {
  const { updateSettings } = await import('../store/settings-write.ts');
  await updateSettings(host.paths, (settings) => (settings.theme === theme ? settings : { ...settings, theme }));
}

import type { EditorKeys } from '../core/editor-keys.ts';
import type { Host } from './host.ts';

/** For later runs. @throws ChatError as updateSettings */
export async function keepEditor(host: Host, editor: EditorKeys): Promise<void> {
  const { updateSettings } = await import('../store/settings-write.ts');
  await updateSettings(host.paths, (settings) => (settings.editor === editor ? settings : { ...settings, editor }));
}

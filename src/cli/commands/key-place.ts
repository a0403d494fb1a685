import type { Profile } from '../../core/profile.ts';

/** Where a profile says its key is, the first place it is looked for; undefined for one that names none. */
export function keyPlace({ apiKeyEnv, keyCommand, keyName }: Profile): string | undefined {
  if (apiKeyEnv !== undefined) return `key from $${apiKeyEnv}`;
  if (keyCommand !== undefined) return 'key from a command';
  return keyName === undefined ? undefined : `key from the key file (${keyName})`;
}

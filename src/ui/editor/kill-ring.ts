/** What was killed, newest first: Ctrl+Y brings the newest back, Alt+Y behind it the one before. */

export type KillRing = readonly string[];

const maxKills = 30;

/** @param join  kills in a row are one: where this one goes */
export function addKill(ring: KillRing, killed: string, join: 'before' | 'behind' | undefined): KillRing {
  const [newest = '', ...older] = ring;
  if (join === 'before') return [killed + newest, ...older];
  if (join === 'behind') return [newest + killed, ...older];
  return [killed, ...ring].slice(0, maxKills);
}

/** The newest becomes the oldest. */
export function rotate([newest, ...older]: KillRing): KillRing {
  return newest === undefined ? [] : [...older, newest];
}

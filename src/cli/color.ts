/** How many colours a stream gets: 0 none, 1 sixteen, 2 256, 3 all (the levels of chalk). */

import type { Environment } from './resolve-server.ts';

export type ColorLevel = 0 | 1 | 2 | 3;

/** flag > NO_COLOR (no-color.org: set and not empty) > FORCE_COLOR > whether it is a terminal, and which. */
export function colorLevel(
  when: 'auto' | 'always' | 'never',
  environment: Environment,
  stream: { readonly isTTY?: boolean; getColorDepth?(environment: object): number },
): ColorLevel {
  if (when === 'never') return 0;
  // Node 20 takes an empty NO_COLOR for a set one; it is judged below.
  const terminal = { ...environment, NO_COLOR: undefined };
  const depth = stream.isTTY === true ? levelOf(stream.getColorDepth?.(terminal) ?? 1) : 0;
  if (when === 'always') return depth === 0 ? 1 : depth;
  if (isSet(environment.NO_COLOR) || isOff(environment.FORCE_COLOR)) return 0;
  if (isSet(environment.FORCE_COLOR) || isOn(environment.CLICOLOR_FORCE)) return depth === 0 ? 1 : depth;
  return environment.TERM === 'dumb' ? 0 : depth;
}

/** Node counts bits: 1, 4, 8 or 24. */
function levelOf(depth: number): ColorLevel {
  if (depth >= 24) return 3;
  if (depth >= 8) return 2;
  return depth >= 4 ? 1 : 0;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function isOff(value: string | undefined): boolean {
  return value === '0' || value === 'false';
}

function isOn(value: string | undefined): boolean {
  return isSet(value) && value !== '0';
}

import type { SafeText } from '../terminal/safe.ts';
import type { Passage } from './state.ts';

/** Ink lays out each passage as one piece. */
const linesPerPassage = 200;

/** Lines that belong together, in pieces of a size that is cheap to lay out. */
export function inPassages(lines: readonly SafeText[]): readonly Passage[] {
  const count = Math.ceil(lines.length / linesPerPassage);
  return Array.from({ length: count }, (_, index) => ({
    apart: index === 0,
    lines: lines.slice(index * linesPerPassage, (index + 1) * linesPerPassage),
  }));
}

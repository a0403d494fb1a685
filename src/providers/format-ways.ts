/** What is known of a server's ways to hold an answer to a format, and the rungs of the ladder that makes. */

import type { FormatKind, Rung, SchemaMode } from '../core/response-format.ts';
import type { Constraint } from './constraint.ts';

export interface FormatWays {
  /** For a JSON Schema, strongest first. */
  readonly schemaModes: readonly SchemaMode[];
  /** How the server's own JSON Schema has to be written. */
  readonly nativeSchema: Rung['schema'];
  /** The grammar rung, for each kind of format it takes. */
  readonly constraint: Constraint | undefined;
  /** A format in the server's own fields may stand beside tools, and does not keep them from being called. */
  readonly toolsBesideFormat: boolean;
}

/** Formats that are no schema go by the constraint or in words; nobody can be told a grammar in words. */
export function toRungs(ways: FormatWays, kind: FormatKind): readonly Rung[] {
  if (kind === 'json-schema') return ways.schemaModes.map((mode) => toRung(mode, ways));
  const modes: readonly SchemaMode[] = [
    ...(ways.constraint?.[kind] === undefined ? [] : ['grammar' as const]),
    ...(kind === 'grammar' ? [] : ['prompt' as const]),
  ];
  return modes.map((mode) => toRung(mode, ways));
}

function toRung(mode: SchemaMode, { nativeSchema, toolsBesideFormat }: FormatWays): Rung {
  switch (mode) {
    case 'native':
      return { mode, schema: nativeSchema, besideTools: toolsBesideFormat };
    case 'grammar':
      return { mode, schema: 'any', besideTools: toolsBesideFormat };
    case 'tool':
      return { mode, schema: 'object', besideTools: false };
    case 'json':
      return { mode, schema: 'object', besideTools: toolsBesideFormat };
    case 'prompt':
      return { mode, schema: 'any', besideTools: true };
    default:
      return mode satisfies never;
  }
}

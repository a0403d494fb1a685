/** What this server has taught by refusing, for as long as the provider lives and, given a memory, beyond. */

import type { Concession, LearnedFacts, LeftRung, Memory } from '../core/learned.ts';
import type { FormatKind, Rung, SchemaMode } from '../core/response-format.ts';

export class Lessons {
  readonly #server: string;
  readonly #memory: Memory | undefined;
  /** Here as well as in the memory, which may fail to keep them: a lesson must not be learned in a circle. */
  readonly #facts = new Map<string, LearnedFacts>();

  /** @param server  origin of the base URL */
  constructor(server: string, memory: Memory | undefined) {
    this.#server = server;
    this.#memory = memory;
  }

  of(model = ''): LearnedFacts {
    const known = this.#facts.get(model) ?? this.#memory?.recall(this.#server, model) ?? {};
    this.#facts.set(model, known);
    return known;
  }

  /** Only what has proven right: a request that was accepted with this worked in. */
  keep(model = '', lesson: LearnedFacts): void {
    const facts = withLesson(this.of(model), lesson);
    this.#facts.set(model, facts);
    this.#memory?.learn(this.#server, model, facts);
  }

  /** Words alone always work as well as they can. */
  leaveRung(kind: FormatKind, model: string | undefined, mode: SchemaMode): void {
    if (mode !== 'prompt') this.keep(model, { leftRungs: [{ kind, mode }] });
  }

  mark(rungs: readonly Rung[], kind: FormatKind, model: string | undefined): readonly Rung[] {
    const { leftRungs = [] } = this.of(model);
    return rungs.map((rung) => (isAmong({ kind, mode: rung.mode }, leftRungs) ? { ...rung, left: true } : rung));
  }
}

export function withLesson(earlier: LearnedFacts, lesson: LearnedFacts): LearnedFacts {
  const { concessions = [], leftRungs = [] } = earlier;
  const allConcessions = [...concessions, ...(lesson.concessions ?? []).filter((next) => !isSpent(next, earlier))];
  const allLeft = [...leftRungs, ...(lesson.leftRungs ?? []).filter((next) => !isAmong(next, leftRungs))];
  return {
    ...earlier,
    ...lesson,
    ...(allConcessions.length > 0 && { concessions: allConcessions }),
    ...(allLeft.length > 0 && { leftRungs: allLeft }),
  };
}

/** Refused before, or neither of two names for one thing is taken: there is nothing left to try. */
export function isSpent({ field, renamedTo }: Concession, { concessions = [] }: LearnedFacts): boolean {
  return concessions.some(
    (earlier) => earlier.field === renamedTo || (earlier.field === field && earlier.renamedTo === renamedTo),
  );
}

function isAmong({ kind, mode }: LeftRung, left: readonly LeftRung[]): boolean {
  return left.some((other) => other.kind === kind && other.mode === mode);
}

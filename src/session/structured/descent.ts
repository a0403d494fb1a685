/** The way down the ladder: the rungs that can be taken, the strongest first, and what is sent to the server on each. */

import type { Provider } from '../../core/provider.ts';
import type { ResponseFormat, Rung } from '../../core/response-format.ts';
import { type AdaptedSchema, adaptSchema } from './adapt.ts';
import type { StructuredOutput, Wanted } from './index.ts';
import { notBy } from './ladder-words.ts';

export interface Standing {
  readonly rung: Rung;
  /** Only for a schema. */
  readonly adapted?: Extract<AdaptedSchema, { ok: true }>;
}

export class Descent {
  /** Why rungs that were passed could not hold what is wanted. */
  readonly notPossible: string[] = [];
  readonly #wanted: Wanted;
  readonly #below: Rung[];

  constructor({ wanted, mode }: StructuredOutput, provider: Provider, model: string | undefined) {
    this.#wanted = wanted;
    const isTaken = (rung: Rung): boolean => (mode === undefined ? rung.left !== true : rung.mode === mode);
    this.#below = provider.rungs(wanted.kind, model).filter(isTaken);
  }

  /** The next rung that can hold what is wanted; undefined when there is none. */
  next(): Standing | undefined {
    for (let rung = this.#below.shift(); rung !== undefined; rung = this.#below.shift()) {
      if (this.#wanted.kind !== 'json-schema') return { rung };
      const adapted = adaptSchema(this.#wanted.schema, rung.schema);
      if (adapted.ok) return { rung, adapted };
      this.notPossible.push(notBy(rung.mode, adapted.reasons));
    }
    return undefined;
  }
}

export function toFormat(wanted: Wanted, { rung, adapted }: Standing): ResponseFormat {
  switch (wanted.kind) {
    case 'json-schema': {
      const { schema, strict } = adapted ?? { schema: wanted.schema, strict: false };
      return { kind: 'json-schema', mode: rung.mode, name: wanted.name, schema, strict };
    }
    case 'regex':
      return { kind: 'regex', mode: rung.mode, pattern: wanted.pattern };
    case 'choice':
      return { kind: 'choice', mode: rung.mode, choices: wanted.choices };
    case 'grammar':
      return { kind: 'grammar', mode: 'grammar', grammar: wanted.grammar };
    default:
      return wanted satisfies never;
  }
}

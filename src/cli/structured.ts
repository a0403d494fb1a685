/** From a flag to what an answer is held to: schema, regex, choice or grammar, checked before any request. */

import { ChatError } from '../core/error.ts';
import { optional } from '../core/optional.ts';
import type { StructuredOutput, Wanted } from '../session/structured/index.ts';
import { readTextFile } from '../store/text-file.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { Constraint } from './constraint.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';
import { wantedSchema } from './schema.ts';

/**
 * @param readStdin  gives stdin as a whole, for `--schema -`; absent where it is not there for that
 * @throws ChatError 'usage' for what cannot be used
 */
export async function openStructured(
  host: Host,
  flags: Flags,
  constraint: Constraint,
  readStdin?: () => Promise<string>,
): Promise<StructuredOutput> {
  const wanted = await toWanted(host, flags, constraint, readStdin);
  return {
    wanted,
    retries: flags.schemaRetries,
    ...optional('mode', flags.schemaMode === 'auto' ? undefined : flags.schemaMode),
  };
}

async function toWanted(
  host: Host,
  flags: Flags,
  { flag, value }: Constraint,
  readStdin: (() => Promise<string>) | undefined,
): Promise<Wanted> {
  switch (flag) {
    case 'regex': {
      const { createPattern } = await import('../session/timed.ts');
      return { kind: 'regex', pattern: value, test: createPattern(value).test, printed: sanitize };
    }
    case 'choice':
      return { kind: 'choice', choices: readChoices(value) };
    case 'grammar':
      return { kind: 'grammar', grammar: readTextFile(value, { maxBytes: maxGrammarBytes }) };
    case 'schema':
    case 'jsonSchema':
    case 'outputSchema':
    case 'schemaMulti':
      return wantedSchema(value, {
        paths: host.paths,
        isMulti: flag === 'schemaMulti',
        streamItems: flags.streamItems === true,
        discardItems: !flags.save,
        ...optional('readStdin', readStdin),
      });
    default:
      return flag satisfies never;
  }
}

const maxGrammarBytes = 1024 * 1024;

function readChoices(value: string): readonly string[] {
  const choices = [...new Set(value.split(',').map((choice) => choice.trim()))].filter((choice) => choice !== '');
  if (choices.length >= 2) return choices;
  throw new ChatError({ kind: 'usage', what: `--choice ${JSON.stringify(value)} leaves no choice`, hint: 'yes,no' });
}

/** Which of the flags holds the answer to a format, and whether the others go with it. Part of the pipe path. */

import { ChatError } from '../core/error.ts';
import type { Flags } from './flags.ts';

const schemaFlags = ['schema', 'jsonSchema', 'outputSchema', 'schemaMulti'] as const;
const constraintFlags = [...schemaFlags, 'regex', 'choice', 'grammar'] as const;

export interface Constraint {
  readonly flag: (typeof constraintFlags)[number];
  readonly value: string;
}

/** @throws ChatError 'usage' for flags that exclude each other, or that need a schema when there is none */
export function constraintOf(flags: Flags): Constraint | undefined {
  const given = constraintFlags.flatMap((flag) => {
    const value = flags[flag];
    return value === undefined ? [] : [{ flag, value }];
  });
  const [first, second] = given;
  if (first !== undefined && second !== undefined) {
    throw new ChatError({ kind: 'usage', what: `${nameOf(first.flag)} and ${nameOf(second.flag)} exclude each other` });
  }
  checkCompany(flags, first);
  return first;
}

/** The schema is read from stdin, so the prompt is not. */
export function readsSchemaFromStdin(constraint: Constraint | undefined): boolean {
  return constraint !== undefined && isSchemaFlag(constraint.flag) && constraint.value === '-';
}

function isSchemaFlag(flag: Constraint['flag']): boolean {
  return schemaFlags.some((name) => name === flag);
}

function nameOf(flag: Constraint['flag']): string {
  return `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function checkCompany(flags: Flags, constraint: Constraint | undefined): void {
  const ofSchema: readonly (readonly [given: boolean, name: string])[] = [
    [['yaml', 'csv', 'tsv', 'table'].includes(flags.output), `-o ${flags.output}`],
    [flags.streamItems === true, '--stream-items'],
  ];
  const [, lacking] = ofSchema.find(([given]) => given) ?? [];
  if (lacking !== undefined && (constraint === undefined || !isSchemaFlag(constraint.flag))) {
    throw new ChatError({ kind: 'usage', what: `${lacking} needs a schema`, hint: "--schema 'name, age int'" });
  }
  if (flags.streamItems === true && flags.output !== 'text' && flags.output !== 'stream-json') {
    const what = `--stream-items writes lines of JSON, and -o ${flags.output} is one piece`;
    throw new ChatError({ kind: 'usage', what, hint: 'leave one out' });
  }
  if (constraint === undefined && flags.schemaMode !== 'auto') {
    throw new ChatError({ kind: 'usage', what: `--schema-mode ${flags.schemaMode} needs a schema` });
  }
}

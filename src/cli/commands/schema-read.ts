/** The schema a `banter schema` command was given, compiled. */

import { ChatError } from '../../core/error.ts';
import type { Validator } from '../../session/validate.ts';
import type { Paths } from '../../store/paths.ts';
import type { Host } from '../host.ts';
import { multiSchema } from '../schema-refs.ts';
import { parseSchemaSource, type SchemaSource } from '../schema-source.ts';
import { readStdin } from '../stdin.ts';

/** @throws ChatError 'usage' for what is no schema, and for a schema that cannot be used */
export async function readSchema(
  host: Host,
  given: string,
  isMulti: boolean,
): Promise<SchemaSource & { readonly validate: Validator }> {
  const found = await parseSchemaSource(given, placesOf(host));
  const schema = isMulti ? multiSchema(found.schema) : found.schema;
  const { compileSchema } = await import('../../session/validate.ts');
  return { ...found, schema, validate: compileSchema(schema) };
}

export function placesOf(host: Host): { readonly paths: Paths; readonly readStdin: () => Promise<string> } {
  return {
    paths: host.paths,
    readStdin() {
      if (host.hasStdin()) return readStdin(host.stdin, { signal: new AbortController().signal });
      throw new ChatError({ kind: 'usage', what: 'there is nothing on stdin', hint: 'it has to be a pipe or a file' });
    },
  };
}

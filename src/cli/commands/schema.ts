/** `banter schema`: schemas looked at, written in short, and kept under a name. No request. */

import { Command } from 'commander';
import { cutText } from '../../core/cut-text.ts';
import { ChatError, isChatError } from '../../core/error.ts';
import { isJsonObject, type JsonSchema } from '../../core/json.ts';
import { readSchemaDsl } from '../../session/structured/dsl.ts';
import { listSchemas, readSavedSchema, removeSchema, saveSchema, schemaFile } from '../../store/schemas.ts';
import { safeJson, safeJsonText } from '../../terminal/json.ts';
import { safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import type { Host } from '../host.ts';
import { parseSchemaDocument, placeOf } from '../schema-document.ts';
import { multiSchema } from '../schema-refs.ts';
import { printLine, printTable } from './print-line.ts';
import { checkCommand, sourceWords } from './schema-check.ts';
import { placesOf, readSchema } from './schema-read.ts';

export function createCommand(host: Host, setCode: (code: number) => void): Command {
  const command = new Command('schema').description('JSON Schemas for --schema: check, write in short, keep by name.');
  checkCommand(command, host, setCode);
  command
    .command('dsl')
    .description('the JSON Schema that a short form stands for')
    .argument('<fields>', "'name, age int, bio: one line', or - for stdin")
    .option('--multi', 'as --schema-multi would ask for it')
    .action((fields: string, flags: { readonly multi?: true }) => printDsl(host, fields, flags.multi === true));
  command
    .command('list', { isDefault: true })
    .description('saved schemas')
    .option('--json', 'as JSON')
    .action((flags: { readonly json?: true }) => list(host, flags.json === true));
  command
    .command('save')
    .description('keep a schema, for --schema @NAME')
    .argument('<name>')
    .argument('<source>', sourceWords)
    .action((name: string, source: string) => save(host, name, source));
  command
    .command('show')
    .description('a saved schema')
    .argument('<name>')
    .action((name: string) => printLine(host, safeJsonText(readSavedSchema(host.paths, name).trimEnd())));
  command
    .command('remove')
    .description('remove a saved schema')
    .argument('<name>')
    .action(async (name: string) => {
      removeSchema(host.paths, name);
      await printLine(host, safe`${sanitizeLine(name)} is removed`);
    });
  command
    .command('path')
    .description('the folder that holds them')
    .action(() => printLine(host, sanitizeLine(host.paths.schemasDir)));
  return command;
}

async function printDsl(host: Host, given: string, isMulti: boolean): Promise<void> {
  const text = given === '-' ? await placesOf(host).readStdin() : given;
  const read = readSchemaDsl(text);
  if (!read.ok) throw new ChatError({ kind: 'usage', what: `${placeOf(text, read.at)}: ${read.problem}` });
  await printLine(host, safeJson(isMulti ? multiSchema(read.schema) : read.schema, 2));
}

async function save(host: Host, name: string, source: string): Promise<void> {
  const { schema } = await readSchema(host, source, false);
  const isNew = !listSchemas(host.paths).includes(name);
  saveSchema(host.paths, name, schema);
  const shown = sanitizeLine(name);
  await printLine(host, safe`${shown} is ${isNew ? safe`saved` : safe`replaced`}; it is used with --schema @${shown}`);
}

async function list(host: Host, asJson: boolean): Promise<void> {
  const names = listSchemas(host.paths);
  if (asJson) return printLine(host, safeJson(names, 2));
  const rows = await Promise.all(names.map(async (name) => [`@${name}`, await summaryOf(host, name)]));
  await printTable(host, rows);
}

const maxSummary = 100;

/** A damaged file is named in its line: the others are still there. */
async function summaryOf(host: Host, name: string): Promise<string> {
  try {
    const text = summarize(await parseSchemaDocument(readSavedSchema(host.paths, name), schemaFile(host.paths, name)));
    return cutText(text, maxSummary);
  } catch (error) {
    if (isChatError(error)) return error.message;
    throw error;
  }
}

function summarize(schema: JsonSchema): string {
  if (!isJsonObject(schema)) return String(schema);
  const { title, properties } = schema;
  const names = isJsonObject(properties) ? Object.keys(properties).join(', ') : '';
  return [typeof title === 'string' ? title : '', names].filter((part) => part !== '').join(': ');
}

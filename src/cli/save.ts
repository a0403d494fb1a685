/** `/save FILE`: the last structured answer, or the conversation, in the form that the file's extension says. */

import { chmodSync, closeSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import type { ConversationLog } from '../core/conversation.ts';
import { ChatError } from '../core/error.ts';
import type { JsonSchema } from '../core/json.ts';
import { printJson, readJson } from '../core/json-node.ts';
import { plural } from '../core/plural.ts';
import { redactValues } from '../core/redact.ts';
import { type Conversation, type ConversationForm, formatConversation } from '../print/conversation.ts';
import { replaceFile, writeWhole } from '../store/private-file.ts';
import { redactMessage } from '../store/redact-message.ts';
import { hasCode, storageError } from '../store/storage-error.ts';
import { safeJsonText } from '../terminal/json.ts';
import type { SaveRequest } from '../ui/actions.ts';

export interface StructuredAnswer {
  /** JSON text. */
  readonly text: string;
  readonly schema: JsonSchema;
}

export interface SaveOptions extends SaveRequest {
  readonly log: ConversationLog;
  /** The last answer, if it was structured. */
  readonly answer: StructuredAnswer | undefined;
  /** Keys in use, which never reach the disk. */
  readonly secrets: readonly string[];
}

/**
 * @returns what was done, in a sentence
 * @throws ChatError 'usage' for an extension without a form, nothing to write, or a file that exists; 'storage'
 */
export async function saveAs(path: string, { replace, what, log, answer, secrets }: SaveOptions): Promise<string> {
  const extension = extname(path).slice(1).toLowerCase();
  const rowForm = rowForms.get(extension);
  if (rowForm !== undefined || (extension === 'json' && what === 'value')) {
    const { text, note } = await formatAnswer(withoutKeys(answer, secrets), rowForm ?? 'json');
    write(path, text, replace);
    return `Saved the last structured answer in ${path}${note}`;
  }
  if (what === 'value') throw usage(`unknown kind of file for a value: ${path}`, '.json, .csv, .tsv, .yaml');
  const form = conversationForms.get(extension);
  if (form === undefined) throw unknownForm(path);
  if (log.messages.length === 0) throw usage('there is no conversation to save yet');
  const conversation = redactConversation(log, secrets);
  write(path, form === 'html' ? await toPage(conversation) : formatConversation(conversation, form), replace);
  return `Saved the conversation in ${path}: ${plural(log.messages.length, 'message')}`;
}

/** In its strings only: a number with the digits of a key stays a number, and the text JSON. */
function withoutKeys(answer: StructuredAnswer | undefined, secrets: readonly string[]): StructuredAnswer | undefined {
  return (
    answer && { ...answer, text: answer.text.replace(/"(?:[^"\\]|\\.)*"/g, (string) => redactValues(string, secrets)) }
  );
}

function redactConversation({ id, title, messages }: ConversationLog, secrets: readonly string[]): Conversation {
  return {
    id,
    title: title === undefined ? undefined : redactValues(title, secrets),
    messages: messages.map((stored) => ({ ...stored, message: redactMessage(stored.message, secrets) })),
  };
}

type ValueForm = 'csv' | 'tsv' | 'yaml' | 'json';

async function toPage(conversation: Conversation): Promise<string> {
  const { formatPage } = await import('../print/html/page.ts');
  return formatPage(conversation);
}

/** Maps, since an object has a `constructor` too, and the extension is whatever a person types. */
const rowForms: ReadonlyMap<string, ValueForm> = new Map([
  ['csv', 'csv'],
  ['tsv', 'tsv'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
]);
const conversationForms: ReadonlyMap<string, ConversationForm | 'html'> = new Map<string, ConversationForm | 'html'>([
  ['md', 'md'],
  ['html', 'html'],
  ['htm', 'html'],
  ['json', 'json'],
  ['jsonl', 'jsonl'],
]);

interface FormattedAnswer {
  readonly text: string;
  /** What a person has to know of it, behind the name of the file. */
  readonly note: string;
}

async function formatAnswer(answer: StructuredAnswer | undefined, form: ValueForm): Promise<FormattedAnswer> {
  if (answer === undefined) {
    throw usage(`${form} needs a structured answer, and the last one is none`, '/schema makes answers structured');
  }
  const read = readJson(answer.text);
  if (!read.ok) throw new Error(`a checked value is no JSON: ${read.problem}`);
  // For a person, so on several lines.
  if (form === 'json') return { text: `${safeJsonText(printJson(read.node, 2))}\n`, note: '' };
  const { formatStructured } = await import('../print/structured-form.ts');
  let leftOut: readonly string[] = [];
  const onLeftOut = (keys: readonly string[]): void => {
    leftOut = keys;
  };
  const text = await formatStructured(read.node, form, { color: 0, schema: answer.schema, onLeftOut });
  if (text === '') throw usage('there is nothing in the last answer to put into rows', 'answer.json takes any value');
  return { text, note: leftOut.length === 0 ? '' : `; not in its rows: ${leftOut.join(', ')}` };
}

/** Nothing that exists is lost: a new file is created or refused, an old one replaced in one step. */
function write(path: string, text: string, replace: boolean): void {
  try {
    const old = replace ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (old === undefined) createFile(path, text);
    else {
      replaceFile(path, text);
      chmodSync(path, old.mode & 0o777);
    }
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw usage(`${path} exists already`, `/save! ${path} replaces it`);
    if (hasCode(error, 'ENOENT')) throw usage(`${path} could not be written: there is no folder ${dirname(path)}`);
    throw storageError(error, path, 'could not be written');
  }
}

function createFile(path: string, text: string): void {
  const file = openSync(path, 'wx');
  try {
    writeWhole(file, Buffer.from(text));
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

function unknownForm(path: string): ChatError {
  const forms = [...new Set([...conversationForms.keys(), ...rowForms.keys()])];
  return usage(`unknown kind of file: ${path}`, forms.map((form) => `.${form}`).join(', '));
}

function usage(what: string, hint?: string): ChatError {
  return new ChatError({ kind: 'usage', what, ...(hint === undefined ? {} : { hint }) });
}

/**
 * The program that runs one function of a user's module in a Node of its own (ask-module.ts starts it). Measured on
 * two cores: 30 ms until a module's answer is here, as long as in a worker thread; but a process cannot be taken
 * down by process.exit or native code, has its own environment and its own stdout, and can always be killed.
 *
 *     its stdin   {"url":"file:///…/weather.mjs","task":"describe"}\n
 *                 {"url":"…","task":"run","args":{…},"maxText":32768}\n
 *     its fd 3    {"description":{…}}\n
 *                 {"text":"…"}\n   {"head":"…","tail":"…","totalBytes":3000000}\n   {}\n for undefined
 *                 {"error":"…"}\n
 */

import type { JsonObject } from '../../core/json.ts';

export type ModuleTask =
  | { readonly task: 'describe'; readonly url: string }
  | { readonly task: 'run'; readonly url: string; readonly args: JsonObject; readonly maxText: number };

/**
 * `toText` says what `toResultText` of session/tool-result.ts says, and a test compares them: the value cannot leave
 * this process as it is. What is not awaited when the function's promise settles is not finished.
 */
export const moduleSource = String.raw`
import { readSync, writeSync } from 'node:fs';

const exit = process.exit.bind(process);
const stringify = JSON.stringify;

function reply(frame) {
  const bytes = Buffer.from(stringify(frame) + '\n');
  for (let at = 0; at < bytes.length; ) at += writeSync(3, bytes, at);
  exit(0);
}

function readTask() {
  const chunks = [];
  do {
    const chunk = Buffer.alloc(65536);
    chunks.push(chunk.subarray(0, readSync(0, chunk)));
  } while (chunks.at(-1).length > 0 && chunks.at(-1).at(-1) !== 10);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function toText(value) {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  const around = [];
  const text = stringify(value, function (key, afterToJson) {
    const original = typeof this === 'object' && this !== null ? this[key] : afterToJson;
    while (around.length > 0 && around.at(-1).written !== this) around.pop();
    const written = toWritable(original, afterToJson);
    if (typeof written !== 'object' || written === null) return written;
    if (around.some((outer) => outer.original === original)) return '[circular]';
    around.push({ original, written });
    return written;
  });
  if (text === undefined || typeof value === 'object') return text;
  const plain = JSON.parse(text);
  return typeof plain === 'string' ? plain : text;
}

function toWritable(original, afterToJson) {
  if (typeof original === 'bigint' || typeof original === 'symbol') return String(original);
  if (typeof original === 'function') return '[function ' + original.name + ']';
  if (typeof original === 'number') return Number.isFinite(original) ? original : String(original);
  if (typeof original !== 'object') return afterToJson;
  if (ArrayBuffer.isView(original) || original instanceof ArrayBuffer) {
    return '[' + original.byteLength + ' bytes of binary data]';
  }
  if (original instanceof Date) return Number.isNaN(original.getTime()) ? 'Invalid Date' : original.toISOString();
  if (original instanceof Map || original instanceof Set) return [...original];
  if (original instanceof Error) return { name: original.name, message: original.message };
  return afterToJson;
}

function describeError(error) {
  try {
    if (!(error instanceof Error)) return toText(error) ?? 'undefined was thrown';
    const message = String(error.message);
    return error.name === 'Error' && message !== '' ? message : error.name + ': ' + message;
  } catch {
    return 'it threw something that cannot be read';
  }
}

async function find(url) {
  const module = await import(url);
  const isObject = typeof module.default === 'object' && module.default !== null;
  const tool = isObject ? module.default : module;
  const run = isObject || typeof tool.run === 'function' ? tool.run : module.default;
  if (typeof run !== 'function') throw new Error('it exports no function: run, or a default one');
  return { tool, run };
}

function describe({ name, description, parameters, safe, env }) {
  return { description: { name, description, parameters, safe, env } };
}

async function call({ tool, run }, { args, maxText }) {
  const stop = new AbortController();
  process.on('SIGTERM', () => stop.abort());
  // Only what takes longer pays for the stream that notices the end of the chat.
  setTimeout(() => process.stdin.on('end', () => exit(1)).on('error', () => exit(1)).resume().unref(), 500).unref();
  const text = toText(await run.call(tool, args, { signal: stop.signal }));
  if (text === undefined || text.length <= 2 * maxText) return { text };
  const totalBytes = Buffer.byteLength(text);
  return { head: text.slice(0, maxText), tail: text.slice(-maxText), totalBytes };
}

const task = readTask();
try {
  const found = await find(task.url);
  reply(task.task === 'describe' ? describe(found.tool) : await call(found, task));
} catch (error) {
  reply({ error: describeError(error) });
}
`;

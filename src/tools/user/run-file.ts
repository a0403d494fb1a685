/** One call of a user's tool. */

import { pathToFileURL } from 'node:url';
import type { JsonObject } from '../../core/json.ts';
import { childEnvironment } from '../child-environment.ts';
import { type AskOptions, askModule } from './ask-module.ts';
import type { Children } from './children.ts';
import type { Description } from './description.ts';
import { type ToolFile, whyNotAsFound } from './find-tool-files.ts';
import type { Host } from './host.ts';
import { KeptOutput } from './kept-output.ts';
import { failureOf, ToolFailure } from './tool-failure.ts';

export interface RunFileOptions {
  readonly description: Description;
  readonly args: JsonObject;
  readonly signal: AbortSignal;
  readonly children: Children;
  readonly host: Host;
}

/**
 * @returns at most 32 KiB of text, cut in the middle with a note; undefined when there is none
 * @throws ToolFailure with what the tool said when it failed
 * @throws ChatError 'aborted'
 */
export async function runFile(file: ToolFile, options: RunFileOptions): Promise<string | undefined> {
  const { description, args, signal, children, host } = options;
  // What a person allowed is the file as it was found; an editor, or the model's own tools, may have changed it since.
  const problem = whyNotAsFound(file, host);
  if (problem !== undefined) throw new ToolFailure(`${file.path} was not run: ${problem}`);

  const environment = childEnvironment(host.environment, description.env);
  const around = { children, host, environment, signal, keptBytes };
  return file.kind === 'module' ? runModule(file, args, around) : runProgram(file, args, around);
}

/** As much as the model gets of any result; cut here, where the whole length is known. */
const keptBytes = 32 * 1024;

async function runProgram(
  file: ToolFile,
  args: JsonObject,
  { children, ...around }: AskOptions,
): Promise<string | undefined> {
  const result = await children.run({ ...around, command: file.path, args: [], input: JSON.stringify(args) });
  if (result.end.kind !== 'exited' || result.end.code !== 0) throw failureOf(result);
  const text = result.stdout.text().replace(/\r?\n$/, '');
  return text === '' ? undefined : text;
}

async function runModule(file: ToolFile, args: JsonObject, around: AskOptions): Promise<string | undefined> {
  const url = pathToFileURL(file.path).href;
  const reply = await askModule({ task: 'run', url, args, maxText: keptBytes }, around);
  if (typeof reply.text === 'string') return cut(reply.text);
  if (typeof reply.head !== 'string' || typeof reply.tail !== 'string') return undefined;
  return cut(reply.head, reply.tail, Number(reply.totalBytes));
}

/** @param totalBytes  of a text of which only these two parts are known */
function cut(head: string, tail = '', totalBytes?: number): string {
  const kept = new KeptOutput(keptBytes);
  const [start, end] = [Buffer.from(head), Buffer.from(tail)];
  kept.add(start);
  if (totalBytes !== undefined) kept.skip(totalBytes - start.length - end.length);
  kept.add(end);
  return kept.text();
}

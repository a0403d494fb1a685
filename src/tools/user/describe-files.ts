/** Asks files what they are: a module is imported and a program called with `--describe`, each in a process. */

import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cutText } from '../../core/cut-text.ts';
import { isChatError } from '../../core/error.ts';
import { type Json, type JsonSchema, parseJson } from '../../core/json.ts';
import { childEnvironment } from '../child-environment.ts';
import { type AskOptions, askModule } from './ask-module.ts';
import { startChildren } from './children.ts';
import { noTime, type ReadDescription, readDescription } from './description.ts';
import type { ToolFile } from './find-tool-files.ts';
import type { Host } from './host.ts';
import { failureOf, ToolFailure } from './tool-failure.ts';
import { systemWords } from './trust.ts';

export interface DescribeOptions {
  readonly host: Host;
  /** What is wrong with a schema. */
  readonly checkSchema: (schema: JsonSchema) => Promise<string | undefined>;
  /** Whether a file gets the 2 s of its own; the others have 1 s in all. */
  readonly isPatient: (file: ToolFile) => boolean;
}

/**
 * Four at a time; never rejects for what a file does. One that has not finished when the time for all is up gets
 * `noTime`, one that was not even begun has no entry.
 */
export async function describeFiles(
  files: readonly ToolFile[],
  { host, checkSchema, isPatient }: DescribeOptions,
): Promise<ReadonlyMap<ToolFile, ReadDescription>> {
  const children = startChildren(host);
  // Node 20 reads all these certificates at its start, which doubles it; a description needs no network.
  const { NODE_EXTRA_CA_CERTS: _certificates, ...environment } = childEnvironment(host.environment);
  const descriptions = new Map<ToolFile, ReadDescription>();
  const timeUp = AbortSignal.timeout(allMs);
  const queue = files.values();
  const work = async (): Promise<void> => {
    for (const file of queue) {
      const isHurried = !isPatient(file);
      if (isHurried && timeUp.aborted) continue;
      const signal = isHurried ? timeUp : AbortSignal.timeout(eachMs);
      const ask = { children, host, environment, keptBytes, folder: dirname(file.path), signal };
      descriptions.set(file, (await describeFile(file, ask, checkSchema)) ?? (isHurried ? noTime : tooSlow));
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    children.kill();
  }
  return descriptions;
}

const atOnce = 4;
const eachMs = 2000;
const allMs = 1000;
const tooSlow: ReadDescription = { problem: `it did not describe itself within ${eachMs / 1000} s` };
/** A description beyond this is none. */
const keptBytes = 256 * 1024;

/** Undefined when its signal ended it. */
async function describeFile(
  file: ToolFile,
  options: AskOptions,
  checkSchema: DescribeOptions['checkSchema'],
): Promise<ReadDescription | undefined> {
  try {
    const read = readDescription(await ask(file, options), file.name);
    if (read.problem !== undefined) return { problem: oneLine(read.problem) };
    const flaw = await checkSchema(read.description.parameters);
    return flaw === undefined ? read : { problem: oneLine(flaw) };
  } catch (error) {
    if (isChatError(error, 'aborted')) return undefined;
    if (error instanceof ToolFailure) return { problem: oneLine(error.message) };
    throw error;
  }
}

async function ask(file: ToolFile, options: AskOptions): Promise<Json | undefined> {
  if (file.kind === 'module') {
    const reply = await askModule({ task: 'describe', url: pathToFileURL(file.path).href }, options);
    return reply.description;
  }
  return file.describedBy === undefined ? askProgram(file, options) : readCompanion(file.describedBy);
}

async function askProgram(file: ToolFile, { children, ...around }: AskOptions): Promise<Json> {
  const result = await children.run({ ...around, command: file.path, args: ['--describe'], input: '' });
  if (result.end.kind !== 'exited' || result.end.code !== 0) {
    const failed = failureOf(result);
    throw failed instanceof ToolFailure ? new ToolFailure(`--describe: ${failed.message}`) : failed;
  }
  const text = result.stdout.text();
  const description = parseJson(text);
  if (description !== undefined) return description;
  throw new ToolFailure(`--describe printed no JSON${text.trim() === '' ? '' : `: ${text.slice(0, 200)}`}`);
}

function readCompanion(path: string): Json {
  try {
    const description = parseJson(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    if (description !== undefined) return description;
  } catch (error) {
    throw new ToolFailure(`${basename(path)}: ${systemWords(error)}`);
  }
  throw new ToolFailure(`${basename(path)} holds no JSON`);
}

function oneLine(text: string): string {
  return cutText(text.replace(/\s+/g, ' ').trim(), maxLine);
}

const maxLine = 300;

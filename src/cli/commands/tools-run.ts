/** `banter tools run`: one call, as a model would make it, but allowed because a person typed it. */

import type { Command } from 'commander';
import { ChatError } from '../../core/error.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { readJson, toJsonValue } from '../../core/json-node.ts';
import type { Tool } from '../../core/tool.ts';
import { execute } from '../../session/run-tool.ts';
import { compileSchema } from '../../session/validate.ts';
import { safe } from '../../terminal/safe.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { withTool } from '../all-tools.ts';
import { networkOf, toToolTimeoutMs } from '../compose.ts';
import { runUntilEnd } from '../ending.ts';
import { exitCodes } from '../exit-codes.ts';
import { seconds } from '../flag-values.ts';
import { addNetworkOptions, type NetworkOptions } from '../flags.ts';
import type { Host } from '../host.ts';
import { placeOf } from '../schema-document.ts';
import { readStdin } from '../stdin.ts';
import { printLine } from './print-line.ts';

interface RunFlags extends NetworkOptions {
  readonly toolTimeout: number;
}

export function runCommand(tools: Command, host: Host, setCode: (code: number) => void): void {
  const command = tools
    .command('run')
    .description('call a tool without any model, and print its result')
    .argument('<tool>', 'its name, or a file')
    .argument('[arguments]', 'a JSON object, or - for stdin', '{}')
    .option('--tool-timeout <seconds>', 'time limit of the call; 0 is none', seconds, 30);
  addNetworkOptions(command).action(async (word: string, given: string, flags: RunFlags) =>
    setCode(await runUntilEnd(host, undefined, ({ signal }) => run(host, { word, given, flags }, signal))),
  );
}

interface RunWords {
  readonly word: string;
  readonly given: string;
  readonly flags: RunFlags;
}

async function run(host: Host, { word, given, flags }: RunWords, signal: AbortSignal): Promise<number> {
  const text = given === '-' ? await readArguments(host, signal) : given;
  return withTool(host, word, { network: networkOf(host, flags), signal }, async ({ tool }) => {
    const args = toArguments(tool, text);
    const call = { id: '1', name: tool.name, arguments: text };
    const prepared = { ok: true, call, tool, args, text, repairs: [] } as const;
    const timeoutMs = toToolTimeoutMs(flags.toolTimeout);
    const { outcome, text: result } = await execute(prepared, { timeoutMs, signal, now: host.now });
    if (outcome === 'cancelled') throw new ChatError({ kind: 'aborted' });
    if (outcome === 'ok') {
      await printLine(host, sanitize(result.replace(/\n$/, '')));
      return exitCodes.done;
    }
    await host.err.write(safe`banter: ${sanitize(result)}\n`);
    return exitCodes.failed;
  });
}

function readArguments(host: Host, signal: AbortSignal): Promise<string> {
  if (host.hasStdin()) return readStdin(host.stdin, { signal });
  throw new ChatError({ kind: 'usage', what: 'there is nothing on stdin', hint: 'it has to be a pipe or a file' });
}

/** @throws ChatError 'usage' for what the tool does not take */
function toArguments(tool: Tool, text: string): JsonObject {
  const read = readJson(text);
  if (!read.ok) throw wrong(tool, `no JSON: ${placeOf(text, read.at)}: ${read.problem}`);
  const args = toJsonValue(read.node);
  if (!isJsonObject(args)) throw wrong(tool, 'no JSON object');
  const problems = compileSchema(tool.parameters)(args);
  if (problems.length > 0) throw wrong(tool, `not what it takes:\n${problems.join('\n')}`);
  return args;
}

function wrong({ name }: Tool, what: string): ChatError {
  return new ChatError({ kind: 'usage', what: `${name} was not run: its arguments are ${what}` });
}

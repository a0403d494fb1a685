/** Has a module do one task in a process of its own. */

import { isJsonObject, type JsonObject, parseJson } from '../../core/json.ts';
import type { ChildRequest, Children } from './children.ts';
import type { Host } from './host.ts';
import { type ModuleTask, moduleSource } from './module-source.ts';
import { failureOf, ToolFailure, withSaid } from './tool-failure.ts';

export interface AskOptions extends Pick<ChildRequest, 'folder' | 'environment' | 'signal' | 'keptBytes'> {
  readonly children: Children;
  readonly host: Host;
}

/**
 * @returns what `moduleSource` answers to the task
 * @throws ToolFailure with what the module said
 * @throws ChatError 'aborted'
 */
export async function askModule(task: ModuleTask, { children, host, ...around }: AskOptions): Promise<JsonObject> {
  const result = await children.run({
    ...around,
    command: host.nodePath,
    args: ['--no-warnings', '--input-type=module', '--eval', moduleSource],
    input: `${JSON.stringify(task)}\n`,
    replies: true,
  });
  if (result.end.kind === 'exited' && result.end.code === unsettledCode) {
    throw new ToolFailure(withSaid('its promise never settled', result));
  }
  if (result.end.kind !== 'replied') throw failureOf(result);
  const reply = parseJson(result.end.line);
  if (!isJsonObject(reply)) throw new ToolFailure('its answer did not arrive whole');
  if (typeof reply.error === 'string') throw new ToolFailure(withSaid(reply.error, result));
  return reply;
}

/** How Node ends when nothing is left to do and the module's own code still waits. */
const unsettledCode = 13;

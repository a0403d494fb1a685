/** A call as the model wrote it, made ready to run: the tool it means, and arguments that the tool takes. */

import { isChatError } from '../core/error.ts';
import type { JsonObject } from '../core/json.ts';
import type { ToolCall } from '../core/message.ts';
import type { Tool } from '../core/tool.ts';
import { findTool } from './find-tool.ts';
import { parseArguments } from './parse-arguments.ts';
import type { Validator } from './validate.ts';

export type PreparedCall = ReadyCall | WrongCall;

export interface ReadyCall {
  readonly ok: true;
  readonly call: ToolCall;
  readonly tool: Tool;
  readonly args: JsonObject;
  /** The arguments as JSON text: what is shown before the call runs, and what is compared. */
  readonly text: string;
  /** What was put right, in words for a person. */
  readonly repairs: readonly string[];
}

export interface WrongCall {
  readonly ok: false;
  readonly call: ToolCall;
  /** The result that tells the model. */
  readonly problem: string;
  readonly repairs: readonly string[];
  /** The tool whose arguments are wrong; absent when there is no such tool. */
  readonly tool?: string;
}

export interface PrepareCallOptions {
  /** Those on offer. */
  readonly tools: readonly Tool[];
  /** The token limit cut the answer: the arguments may be half, and nothing runs. */
  readonly cut: boolean;
}

export async function prepareCall(call: ToolCall, { tools, cut }: PrepareCallOptions): Promise<PreparedCall> {
  if (cut) {
    const problem = 'not run: the token limit cut the answer inside this call. Send the call again, with less text.';
    return { ok: false, call, problem, repairs: [] };
  }
  const found = findTool(call.name, tools);
  if (found.tool === undefined) return { ok: false, call, problem: found.problem, repairs: [] };
  const { tool } = found;
  const renamed = tool.name === call.name ? [] : [`read the tool name ${JSON.stringify(call.name)} as ${tool.name}`];

  const parsed = parseArguments(call.arguments);
  if (!parsed.ok) return wrong(call, tool, parsed.problem, renamed);
  const repairs = [...renamed, ...parsed.repairs];
  const problem = await checkArguments(tool, parsed.value);
  if (problem !== undefined) return wrong(call, tool, problem, repairs);
  return { ok: true, call, tool, args: parsed.value, text: JSON.stringify(parsed.value), repairs };
}

function wrong(call: ToolCall, { name }: Tool, problem: string, repairs: readonly string[]): WrongCall {
  return { ok: false, call, problem: `${name} was not run: ${problem}.`, repairs, tool: name };
}

const validators = new WeakMap<Tool, Validator>();

async function checkArguments(tool: Tool, args: JsonObject): Promise<string | undefined> {
  const { compileSchema } = await import('./validate.ts');
  try {
    const validate = validators.get(tool) ?? compileSchema(tool.parameters);
    validators.set(tool, validate);
    const problems = validate(args);
    if (problems.length === 0) return undefined;
    return `its arguments are wrong:\n${problems.join('\n')}\nSend the call again with these put right`;
  } catch (error) {
    if (!isChatError(error, 'usage')) throw error;
    return `it is broken: ${error.message}. Do not call it again`;
  }
}

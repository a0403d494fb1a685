/** The tool rung: the model has to call one function, whose arguments are the answer. */

import type { ChatRequest } from '../../core/provider.ts';
import type { ToolDefinition } from '../../core/tool.ts';
import { toSchemaObject } from '../schema-object.ts';

/** undefined where the answer comes as text. */
export function answerTool({ format, tools }: ChatRequest): ToolDefinition | undefined {
  if (format?.kind !== 'json-schema' || format.mode !== 'tool') return undefined;
  // The model may know of a tool by that name from earlier in the conversation.
  const isTaken = tools.some(({ name }) => name === format.name);
  return {
    name: isTaken ? 'answer' : format.name,
    description: 'Takes the answer to the last message. It has to be called once, with the whole answer.',
    parameters: toSchemaObject(format.schema),
  };
}

/** Decides what the demo answers. Pure: the same request, the same script. */

import type { JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import type { Message, ToolCall, ToolMessage } from '../../core/message.ts';
import type { ChatRequest } from '../../core/provider.ts';
import type { ResponseFormat } from '../../core/response-format.ts';
import type { ToolDefinition } from '../../core/tool.ts';
import { type Intent, readIntent } from './intent.ts';
import { languageOf, phrases } from './phrases.ts';
import { retell } from './retell.ts';
import { sampleValue } from './sample.ts';
import { sampleOfPattern } from './sample-pattern.ts';

export interface Script {
  readonly reasoning: string;
  readonly text: string;
  readonly calls: readonly ToolCall[];
}

/** Long enough to try Ctrl+C on, short enough to end. */
const maxCount = 10_000;

export function writeScript(request: ChatRequest): Script {
  const lastUser = request.messages.findLastIndex(({ role }) => role === 'user');
  const prompt = request.messages[lastUser]?.text ?? '';
  const results = request.messages.slice(lastUser + 1).filter((message) => message.role === 'tool');
  const intent = readIntent(prompt);
  const words = phrases[languageOf(prompt)];
  const reasoning = intent.thinks && results.length === 0 ? words.thought(prompt) : '';

  const calls = results.length > 0 ? [] : chooseCalls(request, intent);
  if (calls.length > 0) return { reasoning, text: '', calls };
  return { reasoning, text: writeText(request, intent, { prompt, results }), calls: [] };
}

function writeText(
  request: ChatRequest,
  intent: Intent,
  turn: { prompt: string; results: readonly ToolMessage[] },
): string {
  const language = languageOf(turn.prompt);
  const words = phrases[language];
  if (request.format !== undefined) return writeFormatted(request.format);
  if (turn.results.length > 0) return turn.results.map((result) => retell(result, language)).join('\n\n');
  if (intent.countTo !== undefined) return countTo(Math.max(1, Math.min(intent.countTo, maxCount)));
  if (intent.wantsMarkdown) return words.markdown;
  if (intent.wantsHelp) return words.help;
  if (intent.weather !== undefined && intent.weather.place === undefined && hasTool(request, 'get_weather')) {
    return words.whichCity;
  }
  if (intent.time !== undefined || intent.weather !== undefined) return words.toolsAreOff;
  return words.about;
}

/** By whichever rung it is asked for. A pattern too intricate for a sample gets a wrong answer, as from a model. */
function writeFormatted(format: ResponseFormat): string {
  switch (format.kind) {
    case 'json-schema':
      return JSON.stringify(sampleValue(format.schema));
    case 'regex':
      return sampleOfPattern(`^(?:${format.pattern})$`, 0) ?? 'sample';
    case 'choice':
      return format.choices[0] ?? 'sample';
    case 'grammar':
      return 'sample';
    default:
      return format satisfies never;
  }
}

/** What the prompt asks for, from the tools that are on; a tool that is forced is called either way. */
function chooseCalls(request: ChatRequest, intent: Intent): readonly ToolCall[] {
  const { toolChoice, tools } = request;
  if (toolChoice === 'none' || tools.length === 0) return [];
  const forced = typeof toolChoice === 'object' ? tools.filter(({ name }) => name === toolChoice.name) : tools;
  const wanted = forced.flatMap((tool) => {
    const args = argumentsFor(tool, intent);
    return args === undefined ? [] : [{ tool, args }];
  });
  const [first] = forced;
  const isForced = toolChoice !== 'auto' && first !== undefined;
  const chosen = wanted.length === 0 && isForced ? [{ tool: first, args: sampleArguments(first) }] : wanted;
  const round = countCalls(request.messages);
  return chosen.map(({ tool, args }, index) => ({
    id: `demo_${round + index + 1}`,
    name: tool.name,
    arguments: JSON.stringify(args),
  }));
}

function argumentsFor(tool: ToolDefinition, { time, weather }: Intent): JsonObject | undefined {
  if (tool.name === 'get_time' && time !== undefined) return time.place === undefined ? {} : { place: time.place };
  if (tool.name === 'get_weather' && weather?.place !== undefined) return { city: weather.place };
  return undefined;
}

/** Places that exist, so that a forced call of our own tools has an answer. */
function sampleArguments(tool: ToolDefinition): JsonObject {
  if (tool.name === 'get_time') return { place: 'Seoul' };
  if (tool.name === 'get_weather') return { city: 'Seoul' };
  const value = sampleValue(tool.parameters);
  return isJsonObject(value) ? value : {};
}

/** Ids go on through a conversation, so that none comes twice. */
function countCalls(messages: readonly Message[]): number {
  return messages.reduce((sum, message) => sum + (message.role === 'assistant' ? message.toolCalls.length : 0), 0);
}

function hasTool(request: ChatRequest, name: string): boolean {
  return request.toolChoice !== 'none' && request.tools.some((tool) => tool.name === name);
}

function countTo(last: number): string {
  return Array.from({ length: last }, (_, index) => index + 1).join(' ');
}

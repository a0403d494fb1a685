/** What is known about servers of this protocol: one row for each kind of server. */

import type { ServerName } from '../../core/profile.ts';
import type { Dialect } from './dialect.ts';
import {
  effort,
  effortOrDefault,
  enableThinking,
  openRouterReasoning,
  templateAndEffort,
  thinkingBudget,
  thinkingType,
  togetherReasoning,
  xinferenceSwitch,
} from './thinking.ts';

/** Servers by what they are; only what differs from the plain dialect. */
export const servers: Readonly<Record<ServerName, Partial<Dialect>>> = {
  // Reasoning models refuse max_tokens with 400 unsupported_parameter; the others take both.
  openai: { maxTokensField: 'max_completion_tokens', thinking: effort },
  'hf-router': { thinking: effort },
  tgi: {
    modelWhenNoneNamed: 'tgi', // any other name is taken for a LoRA adapter (router/src/lib.rs, try_into_generate)
    schemaForm: 'value',
    toolsBesideSchema: false, // 422 "Grammar and tools are mutually exclusive"
    topPBelowOne: true, // router/src/validation.rs
    textBesideCalls: false, // a string content makes it lose the calls (router/src/lib.rs, MessageBody)
    thinking: undefined,
  },
  xinference: {
    thinking: xinferenceSwitch,
    whenNoModels: 'no model is running: launch one, such as with `xinference launch`',
  },
  // Ignores tool_choice without a word (openai/openai.go, ChatCompletionRequest).
  ollama: {
    namedTool: 'offered-alone',
    thinking: effort,
    whenNoModels: 'it has no model yet: `ollama pull NAME` fetches one',
  },
  // A tool_choice that is an object counts as auto (seen on 0.5.0).
  'llama.cpp': { namedTool: 'offered-alone' },
  // Takes reasoning_content in messages under that name and as `reasoning` (chat_completion/protocol.py).
  vllm: { reasoningReplay: 'current-turn' },
  sglang: {},
  lmstudio: {},
  openrouter: { replayFields: ['reasoning_details'], thinking: openRouterReasoning },
  // V4 answers 400 when reasoning_content is missing after a tool call; see reasoningReplayOf for the older ones.
  deepseek: { reasoningReplay: 'all', schemaForm: 'any-object', thinking: thinkingType },
  groq: { thinking: effortOrDefault },
  together: { schemaForm: 'schema-on-top', thinking: togetherReasoning },
  fireworks: { thinking: effort },
  cerebras: { thinking: effort },
  // Ids of another shape are refused (400, code 3280).
  mistral: { anyToolWord: 'any', toolCallIds: 'nine-alphanumerics', seedField: 'random_seed', thinking: effort },
  xai: { thinking: effort },
  gemini: { replayFields: ['extra_content'], thinking: effort },
  // Ignores response_format without a word (docs: OpenAI SDK compatibility).
  anthropic: { schemaForm: 'in-words', thinking: thinkingBudget },
  litellm: { thinking: effort },
};

/** Hosted services that are no kind of server one could run; see also ../hosts.ts. */
export const services: Readonly<Record<string, Partial<Dialect>>> = {
  // 400 "thinking is enabled but reasoning_content is missing in assistant tool call message" (kimi-agent-sdk#169).
  'api.moonshot.ai': { reasoningReplay: 'all', thinking: thinkingType },
  'api.z.ai': { thinking: thinkingType },
  'dashscope.aliyuncs.com': { thinking: enableThinking },
  'dashscope-intl.aliyuncs.com': { thinking: enableThinking },
};

/** What is taken for granted of a server about which nothing is known. */
export const plain: Dialect = {
  maxTokensField: 'max_tokens',
  seedField: 'seed',
  topPBelowOne: false,
  anyToolWord: 'required',
  namedTool: 'by-name',
  toolCallIds: 'as-they-came',
  textBesideCalls: true,
  schemaForm: 'openai',
  toolsBesideSchema: true,
  reasoningReplay: 'none',
  replayFields: [],
  startsInThought: false,
  thinking: templateAndEffort,
};

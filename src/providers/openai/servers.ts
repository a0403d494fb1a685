/** What is known about servers of this protocol: one row for each kind of server. */

import type { ServerName } from '../../core/profile.ts';
import {
  fireworksGrammar,
  llamaCppGrammar,
  sglangChat,
  tgiResponseFormat,
  vllmOutputs,
  xinferenceGuided,
} from '../constraint.ts';
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
  openai: {
    maxTokensField: 'max_completion_tokens',
    // What is not strict is not enforced.
    nativeSchema: 'strict',
    toolsBesideFormat: true,
    thinking: effort,
  },
  'hf-router': { thinking: effort },
  tgi: {
    modelWhenNoneNamed: 'tgi', // any other name is taken for a LoRA adapter (router/src/lib.rs, try_into_generate)
    schemaModes: ['grammar', 'tool', 'prompt'], // a bare json_object is refused: no `value`
    constraint: tgiResponseFormat,
    topPBelowOne: true, // router/src/validation.rs
    textBesideCalls: false, // a string content makes it lose the calls (router/src/lib.rs, MessageBody)
    thinking: undefined,
  },
  xinference: {
    schemaModes: ['native', 'grammar', 'tool', 'json', 'prompt'],
    nativeSchema: 'any',
    constraint: xinferenceGuided,
    thinking: xinferenceSwitch,
    whenNoModels: 'no model is running: launch one, such as with `xinference launch`',
  },
  // Ignores tool_choice without a word (openai/openai.go, ChatCompletionRequest).
  ollama: {
    namedTool: 'offered-alone',
    schemaModes: ['native', 'json', 'prompt'],
    nativeSchema: 'any',
    thinking: effort,
    whenNoModels: 'it has no model yet: `ollama pull NAME` fetches one',
  },
  // A tool_choice that is an object counts as auto (seen on 0.5.0).
  'llama.cpp': {
    namedTool: 'offered-alone',
    schemaModes: ['native', 'grammar', 'tool', 'json', 'prompt'],
    nativeSchema: 'any',
    constraint: llamaCppGrammar,
    // Goes on by itself, and says the beginning once more. Where the model thinks: 400 "Assistant response prefill is
    // incompatible with enable_thinking" (llama.cpp#20861).
    continuing: {},
  },
  // Takes reasoning_content in messages under that name and as `reasoning` (chat_completion/protocol.py).
  vllm: {
    reasoningReplay: 'current-turn',
    schemaModes: ['native', 'grammar', 'tool', 'json', 'prompt'],
    nativeSchema: 'any',
    constraint: vllmOutputs,
    // Both true is a 400 (chat_completion/protocol.py, check_generation_prompt).
    continuing: { body: { continue_final_message: true, add_generation_prompt: false } },
  },
  sglang: {
    nativeSchema: 'any',
    constraint: sglangChat,
    continuing: { body: { continue_final_message: true } }, // entrypoints/openai/protocol.py
  },
  lmstudio: {
    namedTool: 'offered-alone', // 400 "Invalid tool_choice type: 'object'" (bug-tracker #670)
    schemaModes: ['native', 'tool', 'prompt'], // 400 for json_object (bug-tracker #189)
    nativeSchema: 'any',
  },
  openrouter: { replayFields: ['reasoning_details'], thinking: openRouterReasoning },
  // V4 answers 400 when reasoning_content is missing after a tool call; see reasoningReplayOf for the older ones.
  // No json_schema; and 400 "Thinking mode does not support this tool_choice", where V4 thinks unless told not to.
  deepseek: { reasoningReplay: 'all', schemaModes: ['json', 'prompt'], thinking: thinkingType },
  // "Streaming and tool use are not currently supported with Structured Outputs" (console.groq.com/docs).
  groq: { streamsFormats: false, thinking: effortOrDefault },
  together: { nativeShape: 'schema-on-top', nativeSchema: 'any', thinking: togetherReasoning },
  fireworks: { nativeSchema: 'any', constraint: fireworksGrammar, thinking: effort },
  cerebras: { thinking: effort },
  // Ids of another shape are refused (400, code 3280).
  mistral: {
    anyToolWord: 'any',
    toolCallIds: 'nine-alphanumerics',
    seedField: 'random_seed',
    thinking: effort,
    continuing: { message: { prefix: true } },
  },
  xai: { thinking: effort },
  gemini: { replayFields: ['extra_content'], thinking: effort },
  // Ignores response_format without a word (docs: OpenAI SDK compatibility). Newer models answer 400 to a message
  // of their own at the end; then they are asked in words.
  anthropic: { continuing: {}, schemaModes: ['tool', 'prompt'], thinking: thinkingBudget },
  litellm: { thinking: effort },
};

/** Hosted services that are no kind of server one could run; see also ../hosts.ts. */
export const services: Readonly<Record<string, Partial<Dialect>>> = {
  // 400 "thinking is enabled but reasoning_content is missing in assistant tool call message" (kimi-agent-sdk#169).
  'api.moonshot.ai': {
    reasoningReplay: 'all',
    thinking: thinkingType,
    continuing: { message: { partial: true } }, // platform.moonshot.cn/docs/api/partial
  },
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
  schemaModes: ['native', 'tool', 'json', 'prompt'],
  nativeSchema: 'strict-or-object',
  nativeShape: 'openai',
  constraint: undefined,
  // Most engines mask the answer from its first token on, and with it the calls; some services answer 400.
  toolsBesideFormat: false,
  streamsFormats: true,
  reasoningReplay: 'none',
  replayFields: [],
  startsInThought: false,
  thinking: templateAndEffort,
};

/** How servers are told whether and how hard to reason: the body fields of each level, as data. */

import type { JsonObject } from '../../core/json.ts';
import type { Thinking } from '../../core/provider.ts';

/** Where a server knows only on and off, the three levels are on. */
export type ThinkingFields = Readonly<Record<Thinking, JsonObject>>;

/** OpenAI's field, taken over by most hosted services and by Ollama. */
export const effort: ThinkingFields = levels(
  { off: { reasoning_effort: 'none' }, on: { reasoning_effort: 'medium' } },
  (level) => ({ reasoning_effort: level }),
);

/** Groq's Qwen models know only `none` and `default`; what they do by themselves needs no word. */
export const effortOrDefault: ThinkingFields = { ...effort, on: {} };

/**
 * Servers that render a chat template: hybrid models (Qwen3, DeepSeek V3.1, Granite) look at a variable of it, gpt-oss
 * at the effort. No `none`: vLLM before 2026 takes only low, medium and high.
 */
export const templateAndEffort: ThinkingFields = levels({ off: template(false), on: template(true) }, (level) => ({
  reasoning_effort: level,
  ...template(true),
}));

/** Turned into template variables by the server itself; older releases know only those (restful_api.py). */
export const xinferenceSwitch: ThinkingFields = onOff((on) => ({ enable_thinking: on, ...template(on) }));

/** https://openrouter.ai/docs/use-cases/reasoning-tokens */
export const openRouterReasoning: ThinkingFields = levels(
  { off: { reasoning: { enabled: false } }, on: { reasoning: { enabled: true } } },
  (level) => ({ reasoning: { effort: level } }),
);

/** https://docs.together.ai/docs/inference/chat/reasoning: a switch for hybrid models, an effort for gpt-oss. */
export const togetherReasoning: ThinkingFields = {
  ...effort,
  off: openRouterReasoning.off,
  on: openRouterReasoning.on,
};

/** DeepSeek V4 and Z.ai. */
export const thinkingType: ThinkingFields = onOff((on) => ({ thinking: { type: on ? 'enabled' : 'disabled' } }));

/** DashScope. */
export const enableThinking: ThinkingFields = onOff((on) => ({ enable_thinking: on }));

/** Anthropic ignores reasoning_effort here and wants a budget in tokens (docs: OpenAI SDK compatibility). */
export const thinkingBudget: ThinkingFields = {
  off: {},
  on: budget(4096),
  low: budget(1024),
  medium: budget(4096),
  high: budget(16_384),
};

type Level = 'low' | 'medium' | 'high';

function levels(ends: Pick<ThinkingFields, 'off' | 'on'>, of: (level: Level) => JsonObject): ThinkingFields {
  return { ...ends, low: of('low'), medium: of('medium'), high: of('high') };
}

function onOff(of: (on: boolean) => JsonObject): ThinkingFields {
  return levels({ off: of(false), on: of(true) }, () => of(true));
}

/** Which of the two names a template reads depends on the model; the other is ignored. */
function template(on: boolean): JsonObject {
  return { chat_template_kwargs: { enable_thinking: on, thinking: on } };
}

function budget(tokens: number): JsonObject {
  return { thinking: { type: 'enabled', budget_tokens: tokens } };
}

/**
 * Whether earlier reasoning has to go back with the conversation, learned from the server's own words:
 *
 *     The `reasoning_content` in the thinking mode must be passed back to the API.                 DeepSeek V4
 *     thinking is enabled but reasoning_content is missing in assistant tool call message at …     Moonshot
 *     'messages.2' : property 'reasoning_content' is unsupported                                   Groq
 *     reasoning_content … should not be included in the input messages                             DeepSeek R1
 */

import type { ServerFault } from '../../core/error.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';

export type ReplayRule = 'none' | 'current-turn' | 'all';

const wanted = /must be (?:passed|sent|provided|included)|is (?:missing|required)|missing field/i;
const unwanted =
  /unsupported|not supported|not permitted|not allowed|unknown|unrecogni[sz]ed|extra inputs|additional propert|(?:must|should|can) ?not|remove/i;

/** The rule to try instead, or undefined when the refusal is about something else or the rule is that already. */
export function readReplayRefusal(fault: ServerFault, body: JsonObject, rule: ReplayRule): ReplayRule | undefined {
  if ((fault.status !== 400 && fault.status !== 422) || !fault.said.includes('reasoning_content')) return undefined;
  if (wanted.test(fault.said)) return rule === 'all' ? undefined : 'all';
  return unwanted.test(fault.said) && hasReasoning(body) ? 'none' : undefined;
}

function hasReasoning({ messages }: JsonObject): boolean {
  return (
    Array.isArray(messages) &&
    messages.some((message) => isJsonObject(message) && message.reasoning_content !== undefined)
  );
}

/** Where in a raw answer the reasoning stands. */

import { isJsonObject, type Json, type JsonObject, parseJson } from '../../core/json.ts';
import type { Received } from '../../wire/index.ts';

/** Fields of a delta that carry reasoning, in use by one server or another. */
const reasoningFields = ['reasoning_content', 'reasoning', 'reasoning_text', 'reasoning_details', 'thinking'];

/** The name of the field, `think-tags` for marks in the text, or undefined. @throws ChatError of the source */
export async function findReasoningField(received: AsyncIterable<Received>): Promise<string | undefined> {
  let text = '';
  for await (const item of received) {
    const delta = deltaOf(item);
    const field = reasoningFields.find((name) => hasContent(delta[name]));
    if (field !== undefined) return field;
    if (typeof delta.content === 'string') text += delta.content;
  }
  return /<\/?think(?:ing)?>/.test(text) ? 'think-tags' : undefined;
}

/** `message` in an answer that came whole, though a stream was asked for. */
function deltaOf(item: Received): JsonObject {
  const text = item.type === 'event' ? item.data : item.type === 'body' ? item.text : '';
  const chunk = parseJson(text);
  const choice = isJsonObject(chunk) && Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
  if (!isJsonObject(choice)) return {};
  const delta = choice.delta ?? choice.message;
  return isJsonObject(delta) ? delta : {};
}

function hasContent(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : typeof value === 'string' && value !== '';
}

/** What an MCP tool returned, as text for the model. */

import { isJsonObject, type Json, type JsonObject, nonEmptyString } from '../../core/json.ts';

/**
 * Texts, one below the other; what is no text is named with its size. Without any content the structured value is
 * taken, which servers otherwise repeat as text.
 * @throws Error with that text, when the server says that the call failed
 */
export function toResultText(result: JsonObject): string {
  const content = Array.isArray(result.content) ? result.content : [];
  const parts = content.map((part: Json) => (isJsonObject(part) ? describePart(part) : JSON.stringify(part)));
  const { structuredContent } = result;
  if (parts.length === 0 && structuredContent !== undefined) parts.push(JSON.stringify(structuredContent));
  const text = parts.join('\n');
  if (result.isError === true) throw new Error(text === '' ? 'it gave no reason' : text);
  return text === '' ? '(no output)' : text;
}

function describePart(part: JsonObject): string {
  switch (part.type) {
    case 'text':
      return typeof part.text === 'string' ? part.text : '';
    case 'image':
    case 'audio':
      return leftOut(part.type, part, part.data);
    case 'resource':
      return isJsonObject(part.resource) ? describeResource(part.resource) : '[an empty resource]';
    case 'resource_link':
      return `[resource ${[part.name, part.uri, part.description].flatMap((word) => nonEmptyString(word) ?? []).join(', ')}]`;
    default:
      return `[content of the unknown type ${JSON.stringify(part.type)} left out]`;
  }
}

function describeResource(resource: JsonObject): string {
  const name = nonEmptyString(resource.uri) ?? 'resource';
  return typeof resource.text === 'string' ? `[${name}]\n${resource.text}` : leftOut(name, resource, resource.blob);
}

function leftOut(what: string, { mimeType }: JsonObject, base64: Json | undefined): string {
  const bytes = typeof base64 === 'string' ? Buffer.byteLength(base64, 'base64') : 0;
  return `[${[what, nonEmptyString(mimeType)].join(' ').trim()} ${Math.ceil(bytes / 1000)} kB left out]`;
}

/** `content`, which is a string, or (Mistral) a list of typed parts. */

import { isJsonObject, type Json } from '../../core/json.ts';

export interface Content {
  readonly text: string;
  readonly reasoning: string;
}

/** `[{type:"thinking",thinking:[{type:"text",text}]},{type:"text",text}]`; parts of other types are left out. */
export function readContent(content: Json | undefined): Content {
  if (typeof content === 'string') return { text: content, reasoning: '' };
  if (!Array.isArray(content)) return { text: '', reasoning: '' };
  const parts = (content as readonly Json[]).map(readPart);
  return { text: parts.map(({ text }) => text).join(''), reasoning: parts.map(({ reasoning }) => reasoning).join('') };
}

function readPart(part: Json): Content {
  if (typeof part === 'string') return { text: part, reasoning: '' };
  if (!isJsonObject(part)) return { text: '', reasoning: '' };
  if (part.type === 'thinking') return { text: '', reasoning: readContent(part.thinking).text };
  return { text: typeof part.text === 'string' ? part.text : '', reasoning: '' };
}

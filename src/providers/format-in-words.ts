import type { JsonSchema } from '../core/json.ts';
import type { ResponseFormat } from '../core/response-format.ts';
import { toSchemaObject } from './schema-object.ts';

/**
 * What the model has to be told of the format; undefined where the server sees to it alone. A regular expression and
 * a choice are told in any case: under a mask, a model that does not know of it is bent to an answer it did not mean.
 */
export function formatInWords(format: ResponseFormat): string | undefined {
  switch (format.kind) {
    case 'json-schema':
      return format.mode === 'json' || format.mode === 'prompt' ? schemaInWords(format.schema) : undefined;
    case 'regex':
      return `Answer with text that matches this regular expression from its first to its last character, and nothing else:\n${format.pattern}`;
    case 'choice':
      return `Answer with one of these, exactly as it stands here, and nothing else:\n${format.choices.join('\n')}`;
    case 'grammar':
      return undefined;
    default:
      return format satisfies never;
  }
}

/** With the word "JSON", which OpenAI and DeepSeek want to read beside json_object. */
function schemaInWords(schema: JsonSchema): string {
  const words = JSON.stringify(toSchemaObject(schema));
  return `Answer with one JSON value that satisfies this JSON Schema, and nothing else:\n${words}`;
}

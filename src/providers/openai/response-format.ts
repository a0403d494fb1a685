/**
 * The format of the answer, in the fields of the rung it is asked by. A schema of the server's own, in its shape:
 *
 *     openai         {"type":"json_schema","json_schema":{"name","schema","strict"}}
 *     schema-on-top  {"type":"json_schema","schema":SCHEMA}                              Together
 *     value          {"type":"json_object","value":SCHEMA}                               TGI
 */

import type { JsonObject } from '../../core/json.ts';
import type { ResponseFormat, SchemaFormat } from '../../core/response-format.ts';
import { constrain } from '../constraint.ts';
import { toSchemaObject } from '../schema-object.ts';
import type { Dialect } from './dialect.ts';

export type NativeShape = 'openai' | 'schema-on-top' | 'value';

/** Nothing for a rung that is no field: a forced call is among the tools, words are in the messages. */
export function toFormatFields(format: ResponseFormat, { nativeShape, constraint }: Dialect): JsonObject {
  const { mode } = format;
  switch (mode) {
    case 'native':
      return format.kind === 'json-schema' ? { response_format: toNative(format, nativeShape) } : {};
    case 'grammar':
      return constrain(format, constraint);
    case 'json':
      return { response_format: { type: 'json_object' } };
    case 'tool':
    case 'prompt':
      return {};
    default:
      return mode satisfies never;
  }
}

function toNative(format: SchemaFormat, shape: NativeShape): JsonObject {
  const schema = toSchemaObject(format.schema);
  switch (shape) {
    case 'openai':
      return {
        type: 'json_schema',
        json_schema: { name: format.name, schema, ...(format.strict && { strict: true }) },
      };
    case 'schema-on-top':
      return { type: 'json_schema', schema };
    case 'value':
      return { type: 'json_object', value: schema };
    default:
      return shape satisfies never;
  }
}

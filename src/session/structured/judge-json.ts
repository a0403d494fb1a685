/** Whether an answer is a value of the schema, and if not, whether anything in it shows that it was held to one. */

import { isJsonObject, type JsonObject, type JsonSchema } from '../../core/json.ts';
import { type JsonNode, toJsonNode } from '../../core/json-node.ts';
import type { Problem } from '../schema-problem.ts';
import { extractJson } from './extract.ts';
import { isSameNode } from './same-node.ts';

export type JsonVerdict =
  | { readonly ok: true; readonly node: JsonNode; readonly repairs: readonly string[] }
  | {
      readonly ok: false;
      readonly problems: readonly string[];
      /** `nothing` and `ambiguous`: no server that holds its answers to JSON gives such an answer. */
      readonly found: 'nothing' | 'cut' | 'invalid' | 'ambiguous' | 'echo';
      /** Of what is invalid, the value as the model wrote it. */
      readonly node?: JsonNode;
    };

export interface Standard {
  /** As it was asked for, and as it was sent where that is another: an answer may be an echo of either. */
  readonly schemas: readonly JsonSchema[];
  /** Problems of a value as the model wrote it. */
  readonly validate: (node: JsonNode) => readonly Problem[];
}

/** @param text  a whole answer, not one that was cut */
export function judgeJson(text: string, { schemas, validate }: Standard): JsonVerdict {
  const mirrors = schemas.filter(isJsonObject).map(toMirror);
  const isEchoOfAny = (node: JsonNode): boolean => mirrors.some((mirror) => isEcho(node, mirror));
  const problemsOf = (node: JsonNode): readonly string[] =>
    isEchoOfAny(node) ? [echoed] : validate(node).map((problem) => problem.text);
  const extracted = extractJson(text, problemsOf);
  if (extracted.ok) return { ok: true, node: extracted.node, repairs: extracted.repairs };
  const { problems, found, node } = extracted;
  if (node === undefined) return { ok: false, problems, found };
  return { ok: false, problems, found: isEchoOfAny(node) ? 'echo' : found, node };
}

const echoed = 'it is the schema itself, not an answer to it';

/**
 * Whether a value breaks what every server that enforces a schema enforces; limits and patterns are left out by many.
 * @param problems  of the value as the model wrote it, with the schema as it was sent
 */
export function breaksOpenly(problems: readonly Problem[]): boolean {
  return problems.some(({ keyword }) => enforced.has(keyword));
}

const enforced = new Set([
  ...['additionalProperties', 'const', 'enum', 'false schema', 'required', 'type', 'unevaluatedProperties'],
]);

/** A schema as far as an echo of it would show. */
interface Mirror {
  readonly whole: JsonNode;
  /** What stands under keywords that are no property which an answer may have. */
  readonly parts: ReadonlyMap<string, JsonNode>;
}

function toMirror(schema: JsonObject): Mirror {
  const parts = ['properties', 'items'].flatMap((keyword): [string, JsonNode][] => {
    const part = schema[keyword];
    const isProperty = isJsonObject(schema.properties) && Object.hasOwn(schema.properties, keyword);
    return isProperty || !isJsonObject(part) || Object.keys(part).length === 0 ? [] : [[keyword, toJsonNode(part)]];
  });
  return { whole: toJsonNode(schema), parts: new Map(parts) };
}

/** Small models give back the schema, whole or without its outer keywords (smactorio#165). */
function isEcho(node: JsonNode, { whole, parts }: Mirror): boolean {
  if (node.kind !== 'object') return false;
  const echoesPart = ([keyword, part]: [string, JsonNode]): boolean => {
    const given = node.members.get(keyword);
    return given !== undefined && isSameNode(given, part);
  };
  return isSameNode(node, whole) || [...parts].some(echoesPart);
}

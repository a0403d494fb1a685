/** `-o yaml`: the value as YAML that readers of both YAML 1.2 and 1.1 (PyYAML, Go) understand the same way. */

import { Document, type ScalarTag } from 'yaml';
import { type JsonNode, printJson } from '../core/json-node.ts';
import { safeJsonText } from '../terminal/json.ts';
import type { SafeText } from '../terminal/safe.ts';

/** Lossless: numbers keep their digits, what cannot be seen is escaped, what looks like something else is quoted. */
export function toYaml(node: JsonNode): SafeText {
  const document = new Document(toValue(node, 0), {
    customTags: (tags) => [literalTag, ...tags],
    // 1.1 reads yes, 0o17, 12:30 and dates as no strings.
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
  });
  // All that is unseen has been escaped already, where it may be.
  return safeJsonText(document.toString({ lineWidth: 0, blockQuote: 'literal' }));
}

/** Text that goes into the document as it is. */
class Literal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const literalTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:json',
  default: true,
  identify: (value) => value instanceof Literal,
  resolve: (text) => new Literal(text),
  // Only what `identify` accepts arrives here.
  stringify: ({ value }) => (value as Literal).text,
};

/** From there on as JSON, which is YAML, too: indentation would only grow, and the library recurses. */
const maxDepth = 60;

function toValue(node: JsonNode, depth: number): unknown {
  switch (node.kind) {
    case 'object': {
      if (depth >= maxDepth) return new Literal(escaped(printJson(node)));
      const members = [...node.members].map(([key, member]) => [toScalar(key), toValue(member, depth + 1)] as const);
      return new Map(members);
    }
    case 'array':
      if (depth >= maxDepth) return new Literal(escaped(printJson(node)));
      return node.items.map((item) => toValue(item, depth + 1));
    case 'string':
      // A block at the root has no indentation to tell its lines by.
      return toScalar(node.value, depth === 0 && node.value.includes('\n'));
    case 'number':
      return new Literal(toNumber(node.text));
    case 'boolean':
      return node.value;
    case 'null':
      return null;
    default:
      return node satisfies never;
  }
}

function toScalar(text: string, quoted = false): unknown {
  return quoted || delicate.test(text) || safeJsonText(text) !== text
    ? new Literal(escaped(JSON.stringify(text)))
    : text;
}

/**
 * Where readers of YAML differ: spaces at the beginning or end of a block or of its lines, tabs, characters that are
 * none, and a lone "=", for which YAML 1.1 has a type.
 */
const delicate = /^=$|^\s|[^\S\n](?:\n|$)|[\t\uFFFE\uFFFF]/;

/** JSON's escapes are YAML's, but for characters beyond U+FFFF, which YAML writes as one. */
function escaped(json: string): string {
  return safeJsonText(json)
    .replace(/\\\\|\\u(d[89ab]..)\\u(d[c-f]..)/g, (found, high: string, low: string) =>
      found === '\\\\' ? found : `\\U${codePoint(high, low).toString(16).padStart(8, '0')}`,
    )
    .replace(/[\uFFFE\uFFFF]/g, (found) => `\\u${found.charCodeAt(0).toString(16)}`);
}

function codePoint(high: string, low: string): number {
  return ((Number.parseInt(high, 16) & 0x3ff) << 10) + (Number.parseInt(low, 16) & 0x3ff) + 0x10000;
}

/** 1.1 knows an exponent only behind a point and with a sign: the same number, with both. */
function toNumber(text: string): string {
  const [, mantissa = '', sign = '', exponent = ''] = /^([^eE]+)[eE]([+-]?)(\d+)$/.exec(text) ?? [];
  if (mantissa === '') return text;
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}e${sign === '' ? '+' : sign}${exponent}`;
}

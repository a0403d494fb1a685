/** A second opinion on the strict subset, written from its description and not from the code under test. */

import assert from 'node:assert/strict';

interface Node {
  readonly [keyword: string]: unknown;
}

const words = ['title', 'description'];
const number = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'enum', 'const'];
const beside: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems'],
  string: ['enum', 'const', 'pattern', 'format'],
  number,
  integer: number,
  boolean: ['enum', 'const'],
  null: ['enum', 'const'],
};

export function assertStrict(schema: unknown): void {
  const root = asNode(schema, '');
  assert.equal(root.type, 'object', 'the root is an object');
  const { $defs = {}, ...rest } = root;
  const definitions = asNode($defs, '/$defs');
  let properties = 0;

  visit(rest, '', 1);
  for (const [name, definition] of Object.entries(definitions)) visit(definition, `/$defs/${name}`, 1);
  assert.ok(properties <= 5000, `${properties} properties`);

  function visit(value: unknown, at: string, level: number): void {
    const node = asNode(value, at);
    assert.ok(level <= 10, `${at} is ${level} levels deep`);
    const keywords = Object.keys(node).filter((keyword) => !words.includes(keyword));
    if ('$ref' in node) {
      assert.deepEqual(Object.keys(node), ['$ref'], at);
      const name = /^#\/\$defs\/(.+)$/.exec(String(node.$ref))?.[1];
      assert.ok(node.$ref === '#' || (name !== undefined && name in definitions), `${at}: ${node.$ref}`);
    } else if ('anyOf' in node) {
      assert.deepEqual(keywords, ['anyOf'], at);
      assert.ok(Array.isArray(node.anyOf) && node.anyOf.length > 0, at);
      node.anyOf.forEach((branch, index) => {
        visit(branch, `${at}/anyOf/${index}`, level);
      });
    } else {
      visitTyped(node, keywords, at, level);
    }
  }

  function visitTyped(node: Node, keywords: readonly string[], at: string, level: number): void {
    const [type, orNull, ...more] = [node.type].flat();
    assert.ok(
      more.length === 0 && (orNull === undefined || (orNull === 'null' && type !== 'null')),
      `${at}: ${node.type}`,
    );
    const allowed = beside[String(type)];
    assert.ok(allowed !== undefined, `${at}: type ${String(type)}`);
    for (const keyword of keywords) assert.ok(keyword === 'type' || allowed.includes(keyword), `${at}: ${keyword}`);
    if (type === 'array') visit(node.items, `${at}/items`, level + 1);
    if (type !== 'object') return;
    assert.equal(node.additionalProperties, false, at);
    const members = asNode(node.properties, at);
    properties += Object.keys(members).length;
    assert.deepEqual(Object.keys(members).toSorted(), (node.required as string[]).toSorted(), at);
    for (const [name, member] of Object.entries(members)) visit(member, `${at}/properties/${name}`, level + 1);
  }
}

function asNode(value: unknown, at: string): Node {
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value), `${at} is no schema`);
  return value as Node;
}

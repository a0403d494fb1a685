import type { JsonNode } from './json-node.ts';

/**
 * The JSON text of a node, on one line as JSON.stringify writes it, or indented by so many spaces a level.
 * Numbers are their text; half a surrogate pair is escaped, so the result is well-formed. Any depth goes.
 */
export function printJson(node: JsonNode, indent = 0): string {
  const colon = indent > 0 ? ': ' : ':';
  const open: Container[] = [];
  let out = '';
  begin(node);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (top.kind === 'array') {
      const { value: item, done } = top.items.next();
      if (done) {
        end(']', top.isEmpty);
      } else {
        separate(top);
        begin(item);
      }
    } else {
      const { value: member, done } = top.members.next();
      if (done) {
        end('}', top.isEmpty);
      } else {
        separate(top);
        out += JSON.stringify(member[0]) + colon;
        begin(member[1]);
      }
    }
  }
  return out;

  function begin(value: JsonNode): void {
    switch (value.kind) {
      case 'object':
        out += '{';
        open.push({ kind: value.kind, members: value.members.entries(), isEmpty: true });
        return;
      case 'array':
        out += '[';
        open.push({ kind: value.kind, items: value.items.values(), isEmpty: true });
        return;
      case 'string':
        out += JSON.stringify(value.value);
        return;
      case 'number':
        out += value.text;
        return;
      case 'boolean':
        out += value.value ? 'true' : 'false';
        return;
      case 'null':
        out += 'null';
        return;
      default:
        value satisfies never;
    }
  }

  function separate(container: Container): void {
    if (!container.isEmpty) out += ',';
    container.isEmpty = false;
    breakLine();
  }

  function end(bracket: string, isEmpty: boolean): void {
    open.pop();
    if (!isEmpty) breakLine();
    out += bracket;
  }

  function breakLine(): void {
    if (indent > 0) out += `\n${' '.repeat(open.length * indent)}`;
  }
}

type Container =
  | { readonly kind: 'object'; readonly members: Iterator<[string, JsonNode], undefined>; isEmpty: boolean }
  | { readonly kind: 'array'; readonly items: Iterator<JsonNode, undefined>; isEmpty: boolean };

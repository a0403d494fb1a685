/**
 * For each opening bracket of a text that is closed, the offset after its closing one. Brackets in double quotes
 * count for nothing, as long as the quotes close on their line; a closing bracket also closes what is open inside
 * of its pair. Linear.
 */
export function pairBrackets(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: Record<'{' | '[', number[]> = { '{': [], '[': [] };
  const mark = /[[\]{}"]/g;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    const [character] = found;
    if (character === '{' || character === '[') {
      open[character].push(found.index);
    } else if (character === '"') {
      const isInside = open['{'].length + open['['].length > 0;
      if (isInside) mark.lastIndex = endOfQuote(text, mark.lastIndex);
    } else {
      const [own, other] = character === '}' ? [open['{'], open['[']] : [open['['], open['{']];
      const start = own.pop();
      if (start === undefined) continue;
      ends.set(start, mark.lastIndex);
      while ((other.at(-1) ?? -1) > start) other.pop();
    }
  }
  return ends;
}

/** The offset after the closing quote, or else that of the end of the line. */
function endOfQuote(text: string, from: number): number {
  const special = /["\\\n]/g;
  special.lastIndex = from;
  for (let found = special.exec(text); found !== null; found = special.exec(text)) {
    if (found[0] === '"') return special.lastIndex;
    if (found[0] === '\n') return found.index;
    special.lastIndex += 1;
  }
  return text.length;
}

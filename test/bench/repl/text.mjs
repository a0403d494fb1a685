/** Markdown as models write it, endless and the same each time, in deltas of about five letters. */

const words = `the answer depends on how often a page is read and how often it is written because every copy has to be
found again when the original changes and **nobody** likes to wait for a \`lookup\` that could have been avoided`.split(
  /\s+/,
);

/** @returns exactly `count` deltas */
export function markdownDeltas(count) {
  const deltas = [];
  for (let section = 1; deltas.length < count; section++) deltas.push(...sectionOf(section).match(/\s*\S{1,7}|\s+$/g));
  return deltas.slice(0, count);
}

/** `count` short lines of a list, a delta each. */
export function lineDeltas(count) {
  return Array.from({ length: count }, (_, index) => `- line ${index} of a long list\n`);
}

function sectionOf(number) {
  const sentence = (from, length) =>
    Array.from({ length }, (_, index) => words[(from + index) % words.length]).join(' ');
  return `## Part ${number}

${sentence(number, 55)}.

${sentence(number + 7, 40)}.

- ${sentence(number + 3, 12)}
- ${sentence(number + 11, 18)}
- ${sentence(number + 5, 9)}

\`\`\`js
export function find(cache, key) {
  const entry = cache.get(key); // ${sentence(number, 4)}
  return entry === undefined ? load(key) : entry.value;
}
\`\`\`

| name | reads | writes |
|---|---|---|
| first | ${number * 17} | ${number * 3} |
| second | ${number * 29} | ${number * 5} |

`;
}

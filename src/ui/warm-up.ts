/**
 * Draws a page of markdown that nobody sees, while the person is still reading the prompt. What a first answer needs
 * and a prompt does not is made then: the patterns of the lexer, the tables of characters. That takes 20 to 40 ms,
 * which the first words of an answer would else wait for.
 */

import { createBlockSplitter } from '../terminal/blocks.ts';
import { renderBlock } from '../terminal/markdown.ts';
import { safe } from '../terminal/safe.ts';
import type { Look } from './look.ts';

/** After the prompt is on the screen; keys that were typed ahead go first. */
const delayMs = 50;

/** A regular expression is interpreted when it is used for the first time and compiled at the second. */
const passes = 2;

export function warmUpSoon(look: Look): void {
  setTimeout(() => void drawSample(look), delayMs).unref();
}

/** Block by block: a key that comes meanwhile waits for one of them and not for all. */
async function drawSample(look: Look): Promise<void> {
  const splitter = createBlockSplitter();
  const blocks = [...splitter.push(sample), ...splitter.end()];
  for (let pass = 0; pass < passes; pass++) {
    for (const block of blocks) {
      renderBlock(block, look);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const sample = safe`# Heading

A paragraph with *emphasis*, **weight**, \`code\`, a [link](https://example.com), 한국어, 中文 and 👋🏽.

- an item

1. another

> a quote

| a | b |
|---|---|
| 1 | 2 |

\`\`\`text
code
\`\`\`

---

<b>HTML</b>
`;

/** How the page looks: on a light and on a dark background, in the colours of the terminal, and on paper. */

import { codeRoles } from '../../terminal/code/roles.ts';
import { type Background, palettes } from '../../terminal/palette.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { syntaxColours } from '../../terminal/theme.ts';
import { type Html, html } from './markup.ts';

export function style(): Html {
  const roles = codeRoles.map((role) => html`.${sanitize(role)} { color: var(--${sanitize(syntaxColours[role])}) }\n`);
  return html`<style>
:root { color-scheme: light dark; --back: #fff; --text: #1a1a1a; --box: #f5f5f5; --line: #d0d0d0; ${colours('light')} }
@media (prefers-color-scheme: dark) {
:root { --back: #121212; --text: #e4e4e4; --box: #1c1c1c; --line: #444; ${colours('dark')} }
}
@media print {
:root { color-scheme: light; --back: #fff; --text: #000; --box: #fff; --line: #999; ${colours('light')} }
h1, h2, h3, h4, h5, summary { break-after: avoid } tr { break-inside: avoid }
}
body { max-width: 46rem; margin: 0 auto; padding: 1rem; background: var(--back); color: var(--text);
  font: 1rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.4rem; line-height: 1.3 } h2 { font-size: 1rem; margin: 0 0 .25rem }
h3 { font-size: 1.2rem } h4 { font-size: 1.1rem } h5 { font-size: 1rem }
article { border-top: 1px solid var(--line); padding: 1rem 0 }
time, small, summary, .note { color: var(--grey); font-size: .85rem; font-weight: normal }
a { color: var(--blue) } summary { cursor: pointer }
.written { white-space: pre-wrap } .user .written { font-weight: 600 }
pre, code { font-family: ui-monospace, monospace; font-size: .9rem; background: var(--box) }
pre { padding: .75rem; border: 1px solid var(--line); white-space: pre-wrap; tab-size: 4; margin: .25rem 0 1rem }
p { white-space: pre-line } hr { border: 0; border-top: 1px solid var(--line) }
blockquote { margin: 0 0 1rem; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line) }
.wide { overflow-x: auto } table { border-collapse: collapse; overflow-wrap: normal; margin-bottom: 1rem }
th, td { border: 1px solid var(--line); padding: .25rem .6rem; text-align: start }
${roles}</style>`;
}

function colours(background: Background): readonly Html[] {
  return Object.entries(palettes[background]).map(
    ([name, number]) => html`--${sanitize(name)}: ${sanitize(toHex(number))}; `,
  );
}

/** Of the colours 16 to 255: a cube of six steps a channel, and greys. */
function toHex(number: number): string {
  const steps = [0, 95, 135, 175, 215, 255];
  const cube = number - 16;
  const grey = 8 + 10 * (number - 232);
  const channels =
    number >= 232 ? [grey, grey, grey] : [cube / 36, (cube / 6) % 6, cube % 6].map((at) => steps[Math.floor(at)] ?? 0);
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

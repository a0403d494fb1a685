import { languageOf, readLines } from '../../terminal/code/highlighter.ts';
import { wholeCharacters } from '../../terminal/code/paint.ts';
import type { CodeToken } from '../../terminal/code/token.ts';
import type { SafeText } from '../../terminal/safe.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { type Html, html, nothing } from './markup.ts';

/** Coloured once the grammars are loaded, where the language is known. @param info  what stands behind the fence */
export function renderCode(source: SafeText, info: SafeText): Html {
  const whole = source === '' || source.endsWith('\n') ? source : sanitize(`${source}\n`);
  const lines = readLines(whole, { language: languageOf(info), open: '' });
  const code = lines?.map((tokens) => html`${wholeCharacters(tokens).map(renderToken)}\n`) ?? whole;
  const label = info === '' ? nothing : html`<small class="info" dir="auto">${info}</small>`;
  return html`${label}<pre dir="ltr"><code>${code}</code></pre>\n`;
}

function renderToken({ text, role }: CodeToken): Html {
  const shown = sanitize(text);
  // A role is one of our own words.
  return role === undefined ? html`${shown}` : html`<span class="${sanitize(role)}">${shown}</span>`;
}

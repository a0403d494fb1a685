/** A conversation as one page that needs nothing else: no script, no image, nothing that is fetched. */

import type { ConversationLog, StoredMessage } from '../../core/conversation.ts';
import type { AssistantMessage, Ending, Message } from '../../core/message.ts';
import { writtenPart } from '../../core/written-part.ts';
import { loadLanguages } from '../../terminal/code/load-languages.ts';
import { sanitize, sanitizeLine } from '../../terminal/sanitize.ts';
import { speaker } from '../conversation.ts';
import { languageIn } from './language-in.ts';
import { renderMarkdown } from './markdown.ts';
import { type Html, html, nothing } from './markup.ts';
import { style } from './style.ts';

export async function formatPage({
  id,
  title,
  messages,
}: Pick<ConversationLog, 'id' | 'title' | 'messages'>): Promise<string> {
  await loadLanguages();
  const name = sanitizeLine(title ?? id);
  // The policy stands guard behind the escaping: a browser that heeds it runs and fetches nothing at all.
  return `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${name}</title>
${style()}
</head>
<body>
<h1 dir="auto" lang="${languageIn(name)}">${name}</h1>
<main>
${messages.map(toArticle)}</main>
</body>
</html>
`}`;
}

function toArticle({ message, at }: StoredMessage): Html {
  const head = html`<h2 dir="auto">${sanitizeLine(speaker(message))} ${timeOf(at)}</h2>\n`;
  const text = sanitize(message.role === 'assistant' ? `${message.text}${message.reasoning ?? ''}` : message.text);
  return html`<article class="${sanitize(message.role)}" lang="${languageIn(text)}">
${head}${bodyOf(message)}</article>
`;
}

/** Nothing for a time that is none. */
function timeOf(at: string): Html {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return nothing;
  const iso = time.toISOString();
  return html`<time datetime="${sanitize(iso)}">${sanitize(iso.slice(0, 16).replace('T', ' '))} UTC</time>`;
}

function bodyOf(message: Message): Html {
  switch (message.role) {
    case 'system':
      return written(message.text);
    case 'user': {
      const own = writtenPart(message.text);
      const attached = message.text.slice(own.length).trim();
      return html`${written(own)}${attached === '' ? nothing : folded('files sent along', attached)}`;
    }
    case 'tool':
      return folded(`result of ${message.name}`, message.text);
    case 'assistant':
      return answerOf(message);
    default:
      return message satisfies never;
  }
}

function answerOf({ text, reasoning = '', toolCalls, ending }: AssistantMessage): Html {
  const thought = reasoning.trim() === '' ? nothing : folded('reasoning', reasoning);
  const calls = toolCalls.map((call) => folded(`calls ${call.name}`, call.arguments));
  const note = endings[ending];
  const end = note === undefined ? nothing : html`<p class="note">[${sanitize(note)}]</p>\n`;
  return html`${thought}${renderMarkdown(sanitize(text))}${calls}${end}`;
}

const endings: Readonly<Partial<Record<Ending, string>>> = {
  aborted: 'stopped',
  cut: 'broken off',
  length: 'cut by the token limit',
  'content-filter': 'stopped by a content filter',
  refusal: 'refused',
};

function written(text: string): Html {
  return html`<div class="written" dir="auto">${sanitize(text.trim())}</div>\n`;
}

function folded(summary: string, text: string): Html {
  return html`<details><summary>${sanitizeLine(summary)}</summary><pre dir="auto">${sanitize(text.trim())}</pre></details>\n`;
}

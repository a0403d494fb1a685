import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredMessage } from '../../../src/core/conversation.ts';
import type { Message } from '../../../src/core/message.ts';
import { formatPage } from '../../../src/print/html/page.ts';

function pageOf(title: string, ...messages: readonly Message[]): Promise<string> {
  const stored = messages.map(
    (message, index): StoredMessage => ({
      id: `m${index}`,
      parentId: null,
      at: '2026-11-21T00:30:00.000Z',
      message,
    }),
  );
  return formatPage({ id: 'c1', title, messages: stored });
}

function answer(text: string): Message {
  return { role: 'assistant', text, toolCalls: [], ending: 'stop' };
}

const elements = new Set([
  ...['html', 'head', 'meta', 'title', 'style', 'body', 'main', 'article', 'h1', 'h2', 'h3', 'h4', 'h5', 'time', 'p'],
  ...['div', 'details', 'summary', 'pre', 'code', 'span', 'small', 'a', 'strong', 'em', 'del', 'br', 'hr', 'ul', 'ol'],
  ...['li', 'blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
]);
const attributes: Readonly<Record<string, RegExp>> = {
  class:
    /^(?:system|user|assistant|tool|written|note|info|wide|keyword|type|name|string|number|comment|meta|added|removed)$/,
  dir: /^(?:auto|ltr)$/,
  lang: /^(?:|en|ko|ja|zh)$/,
  href: /^(?:https?:\/\/|mailto:)/,
  rel: /^noopener noreferrer nofollow$/,
  datetime: /^[\dTZ:.-]+$/,
  start: /^\d+$/,
};

/** Reads the page as strictly as it is written: whatever begins with `<` is a tag of ours, whole, or this throws. */
function check(page: string): string {
  const head = page.slice(0, page.indexOf('<title>'));
  assert.match(head, /^<!doctype html>\n<html lang="en">\n<head>\n(?:<meta [^<>]*>\n){4}$/);
  const rest = page.slice(head.length);
  const text = rest.replace(/<(\/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"<>]*")*)>/g, (_, slash, name, list: string) => {
    assert.ok(elements.has(name), name);
    for (const [, key = '', value = ''] of list.matchAll(/ ([a-z]+)="([^"]*)"/g)) {
      assert.match(value, attributes[key] ?? /(?!)/, `${name} ${key}="${value}"`);
      assert.equal(slash, '');
    }
    return '';
  });
  assert.doesNotMatch(text, /[<>"']/);
  const open = ['html', 'head'];
  for (const [, slash, name = ''] of rest.matchAll(/<(\/?)([a-z][a-z0-9]*)/g)) {
    if (['br', 'hr'].includes(name)) continue;
    if (slash === '') open.push(name);
    else assert.equal(open.pop(), name);
  }
  assert.deepEqual(open, []);
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

const attacks = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '</title></style></pre></code></details><iframe src=javascript:alert(1)>',
  '<!-- --><style>*{display:none}</style>',
  '<a href="javascript:alert(1)" onclick=alert(1)>x</a>',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;',
  '\u0000<\u0000script>\u202e\u001b[2J\ud800',
  '" onmouseover="alert(1)" x="',
];

test('whatever stands wherever in a conversation, the page has no element and no attribute that is not ours', async () => {
  for (const attack of attacks) {
    const line = attack.replaceAll('\n', ' ');
    const markdown = [
      `# ${line}`,
      `[${line}](https://a.example/${line.replace(/[\s<>]/g, '')}) [x](<${line}>) ![${line}](https://b.example/i.png "${line}")`,
      `- ${line}\n  - [ ] ${line}\n\n1. ${line}`,
      `> ${line}`,
      `| ${line} | b |\n|---|---|\n| \`${line}\` | **${line}** |`,
      `\`\`\`js ${line}\nlet a = '${line}';\n\`\`\``,
      `\`\`\`${line}\n${line}\n\`\`\``,
      `    ${line}`,
      attack,
    ].join('\n\n');
    const page = await pageOf(
      attack,
      { role: 'system', text: attack },
      { role: 'user', text: markdown },
      {
        role: 'assistant',
        text: markdown,
        reasoning: attack,
        toolCalls: [{ id: attack, name: attack, arguments: attack }],
        ending: 'tool-calls',
        model: attack,
      },
      { role: 'tool', callId: attack, name: attack, outcome: 'ok', text: attack },
      answer(attack),
    );
    const text = check(page);
    assert.ok(text.includes('alert(1)') || attack.startsWith('<!--') || attack.startsWith('\u0000'), attack);
    assert.doesNotMatch(page, /[\0\x1b\u202e\ud800]/);
  }
});

test('a time that is none is left out', async () => {
  const message: Message = { role: 'user', text: 'x' };
  check(await formatPage({ id: 'c', title: undefined, messages: [{ id: 'm', parentId: null, at: '"><b>', message }] }));
});

test('links go to the web and to mail, say their host, and all others are text; images are links', async () => {
  const page = await pageOf(
    't',
    answer(
      [
        '[bank](https://evil.example/a?b=1&c="2") <https://plain.example/> [서울](https://ko.example/위키/서울)',
        '![a cat](https://img.example/cat.png) ![](http://img.example/x)',
        '[a](javascript:alert) [b](&#106;avascript:alert) [c](JaVaScRiPt:x) [d](data:text/html,hi) [e](/here) [f](file:///etc/x)',
        '![g](data:image/png;base64,AAAA) [mail](mailto:a@b.example)',
      ].join('\n\n'),
    ),
  );
  const text = check(page);
  assert.deepEqual(
    [...page.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href),
    [
      'https://evil.example/a?b=1&#38;c=%222%22',
      'https://plain.example/',
      'https://ko.example/%EC%9C%84%ED%82%A4/%EC%84%9C%EC%9A%B8',
      'https://img.example/cat.png',
      'http://img.example/x',
      'mailto:a@b.example',
    ],
  );
  assert.match(text, /bank \(evil\.example\) https:\/\/plain\.example\/ 서울 \(ko\.example\)/);
  assert.match(text, /\[image: a cat\] \(img\.example\)/);
  assert.match(text, /a \(javascript:alert\) b \(javascript:alert\)/);
});

test('markdown becomes elements: one list of its items, tables, code in colours, and raw HTML as text', async () => {
  const page = await pageOf(
    '나들이',
    answer(
      '1. one\n2. two\n   - three\n\n| a | b |\n|---|---|\n| 1 | **2** |\n\n```js\nconst x = "y"; // z 👨‍👩‍👧\n```\n\n<b>raw</b>',
    ),
  );
  check(page);
  assert.match(page, /<ol start="1"><li dir="auto">one<\/li>\n<li dir="auto">two<ul><li dir="auto">three<\/li>/);
  assert.match(page, /<td dir="auto"><strong>2<\/strong><\/td>/);
  assert.match(page, /<span class="keyword">const<\/span> x = <span class="string">&#34;y&#34;<\/span>/);
  assert.match(page, /z 👨‍👩‍👧<\/span>/);
  assert.match(page, /&#60;b&#62;raw&#60;\/b&#62;/);
});

test('reasoning, calls, results and attached files are folded, and how an answer ended is said', async () => {
  const page = await pageOf(
    't',
    { role: 'user', text: 'read @a.txt\n\n<file path="a.txt">\ninside\n</file>' },
    {
      role: 'assistant',
      text: '',
      reasoning: 'hm',
      toolCalls: [{ id: '1', name: 'clock', arguments: '{"city":"서울"}' }],
      ending: 'aborted',
    },
    { role: 'tool', callId: '1', name: 'clock', outcome: 'ok', text: '09:30' },
  );
  check(page);
  assert.deepEqual(
    [...page.matchAll(/<details><summary>(.*?)<\/summary><pre dir="auto">([^<]*)</g)].map(([, name]) => name),
    ['files sent along', 'reasoning', 'calls clock', 'result of clock'],
  );
  assert.match(page, /<div class="written" dir="auto">read @a\.txt<\/div>/);
  assert.match(page, /<p class="note">\[stopped\]<\/p>/);
});

test('the language of each message is said by its letters', async () => {
  const page = await pageOf(
    '서울 날씨',
    answer('漢字だけでなくかなも'),
    answer('北京天气很好'),
    answer('Seoul is 서울'),
  );
  assert.deepEqual(
    [...page.matchAll(/<(?:h1|article)[^>]* lang="([^"]*)"/g)].map(([, lang]) => lang),
    ['ko', 'ja', 'zh', ''],
  );
});

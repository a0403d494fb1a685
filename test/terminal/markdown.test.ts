import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sanitize } from '../../src/terminal/sanitize.ts';
import { type ColorLevel, createTheme } from '../../src/terminal/theme.ts';
import { displayWidth } from '../../src/terminal/width.ts';
import { renderMarkdown } from '../support/render-markdown.ts';
import { documents } from './documents.ts';

interface Look {
  readonly columns?: number;
  readonly color?: ColorLevel;
  readonly hyperlinks?: boolean;
}

function render(source: string, { columns = 80, color = 0, hyperlinks = false }: Look = {}): readonly string[] {
  return renderMarkdown(sanitize(source), { columns, theme: createTheme({ color }), hyperlinks });
}

test('no line is wider than the screen, at 80, 40 and 20 columns', () => {
  for (const source of documents) {
    for (const columns of [80, 40, 20]) {
      for (const color of [0, 1] as const) {
        for (const line of render(source, { columns, color, hyperlinks: true })) {
          assert.ok(displayWidth(line) <= columns, `${JSON.stringify(line)} at ${columns}`);
        }
      }
    }
  }
});

test('headings, emphasis and code are styled, or keep their marks where there are no styles', () => {
  const source = '## Title\n\n**b** *i* ~~s~~ `c`';
  assert.deepEqual(render(source), ['## Title', '', '**b** *i* ~~s~~ `c`']);
  assert.deepEqual(render(source, { color: 1 }), [
    '\x1b[1mTitle\x1b[22m',
    '',
    '\x1b[1mb\x1b[22m \x1b[3mi\x1b[23m \x1b[9ms\x1b[29m \x1b[36mc\x1b[39m',
  ]);
});

test('lists nest, keep their numbers and show their tasks', () => {
  assert.deepEqual(render('3. three\n4. four\n   - a\n     - b\n\n- [ ] open\n- [x] done'), [
    '3. three',
    '4. four',
    '   - a',
    '     - b',
    '',
    '- [ ] open',
    '- [x] done',
  ]);
});

test('a long item hangs under its own text', () => {
  assert.deepEqual(render('10. 한국어 문장이 길면\n- 中文也是一样的', { columns: 14 }), [
    '10. 한국어',
    '    문장이',
    '    길면',
    '- 中文也是一样',
    '  的',
  ]);
});

test('code stands alone, as it is, so that it can be copied', () => {
  const source = 'Run:\n```sh\n  echo "**not bold**"\n\n\tindented\n```\nDone';
  assert.deepEqual(render(source, { color: 1 }), [
    'Run:',
    '',
    '\x1b[36m  echo "**not bold**"\x1b[39m',
    '',
    '\x1b[36m    indented\x1b[39m',
    '',
    'Done',
  ]);
  assert.deepEqual(render(source).slice(2, 7), ['```sh', '  echo "**not bold**"', '', '    indented', '```']);
});

const fruit =
  '| 이름 | 수량 | 설명 |\n|:--|--:|:-:|\n| 사과 | 3 | 빨갛고 맛있는 과일 |\n| 👨‍👩‍👧 바나나 | 12 | long and yellow |';

test('table columns line up by display width and follow their alignment', () => {
  assert.deepEqual(render(fruit), [
    '이름       수량         설명',
    '---------  ----  ------------------',
    '사과          3  빨갛고 맛있는 과일',
    '👨‍👩‍👧 바나나    12   long and yellow',
  ]);
});

test('a table too wide for 30 columns wraps its cells', () => {
  assert.deepEqual(render(fruit, { columns: 30 }), [
    '이름       수량      설명',
    '---------  ----  -------------',
    '사과          3  빨갛고 맛있는',
    '                     과일',
    '',
    '👨‍👩‍👧 바나나    12    long and',
    '                    yellow',
  ]);
});

test('a table too wide for 20 columns becomes a list of its rows', () => {
  assert.deepEqual(render(fruit, { columns: 20 }), [
    '이름: 사과',
    '수량: 3',
    '설명: 빨갛고 맛있는',
    '과일',
    '',
    '이름: 👨‍👩‍👧 바나나',
    '수량: 12',
    '설명: long and',
    'yellow',
  ]);
});

test('quotes are marked, HTML is text, line ends stay', () => {
  assert.deepEqual(render('> a\n> b\n>\n> - c\n\none\ntwo<br>three <b>x</b>\n\n<div>\n&amp;\n</div>'), [
    '| a',
    '| b',
    '|',
    '| - c',
    '',
    'one',
    'two',
    'three <b>x</b>',
    '',
    '<div>',
    '&amp;',
    '</div>',
  ]);
});

test('character references are resolved outside code, and cannot spell a control', () => {
  assert.deepEqual(render('a &lt;b&gt; &amp; &quot;c&quot; &nope; `&lt;`'), ['a <b> & "c" &nope; `&lt;`']);
  assert.deepEqual(render('x&#27;[2J&#x9b;31my&#8238;z&#x202e;'), ['xyz']);
});

test('T96 the host is visible where the label is not the address', () => {
  const source =
    '[https://bank.com](https://evil.example/login) [docs](https://a.example/x) https://b.example www.c.example';
  assert.deepEqual(render(source, { columns: 200 }), [
    'https://bank.com (https://evil.example/login) docs (https://a.example/x) https://b.example www.c.example',
  ]);
  const [line = ''] = render(source, { columns: 200, hyperlinks: true });
  assert.equal(
    line.replace(/\x1b\]8;;[^\x1b]*\x1b\\/g, ''),
    'https://bank.com (evil.example) docs (a.example) https://b.example www.c.example',
  );
  assert.ok(line.startsWith('\x1b]8;;https://evil.example/login\x1b\\https://bank.com'));
});

test('T96 user names and foreign letters in an address do not pass for its host', () => {
  const hosts = (source: string) =>
    render(source, { hyperlinks: true })
      .join('')
      .replace(/\x1b\]8;;[^\x1b]*\x1b\\/g, '');
  assert.equal(hosts('[pay](https://bank.com@evil.example/)'), 'pay (evil.example)');
  assert.equal(hosts('[pay](https://bаnk.com/)'), 'pay (https://bаnk.com/)');
});

test('T97 only http, https and mailto become hyperlinks', () => {
  for (const target of [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'vscode://x',
    './a.md',
    '//x.example',
  ]) {
    assert.deepEqual(render(`[x](${target})`, { hyperlinks: true }), [`x (${target})`]);
  }
  assert.deepEqual(render('[x](mailto:a@b.example)', { hyperlinks: true }), [
    '\x1b]8;;mailto:a@b.example\x1b\\x (a@b.example)\x1b]8;;\x1b\\',
  ]);
});

test('T98 an image is words and its address', () => {
  assert.deepEqual(render('![a *b*](https://evil.example/?q=SECRET)', { hyperlinks: true }), [
    '[image: a *b*] (https://evil.example/?q=SECRET)',
  ]);
});

test('T99 an address too long or with characters out of place is plain text', () => {
  const shown = (length: number) =>
    render(`[x](https://a.example/${'y'.repeat(length)})`, { columns: 40, hyperlinks: true }).join('');
  assert.equal(shown(3000).replaceAll(' ', ''), `x(https://a.example/${'y'.repeat(3000)})`);
  assert.equal(shown(10_000).match(/y/g)?.length, 10_000);
  assert.ok(!shown(10_000).includes('\x1b'));
  for (const target of ['https://a.example/한글', '<https://a.example/b c>', 'https://a.example/&#8238;']) {
    assert.ok(!render(`[x](${target})`, { hyperlinks: true }).join('').includes('\x1b'), target);
  }
});

test('a definition stands where it is written, with its address, and a reference carries its label', () => {
  const source =
    'See [the *docs*][r], ![a map][m] and [Guide][].\n\n[r]: https://a.example/x "Docs"\n[m]: <https://b.example>';
  assert.deepEqual(render(source), [
    'See the *docs* [r], [image: a map] [m] and [Guide].',
    '',
    '[r] https://a.example/x "Docs"',
    '[m] https://b.example',
  ]);
  const [, , line = ''] = render('a\n\n[r]: https://a.example/x', { hyperlinks: true, color: 1 });
  assert.equal(line, '[r] \x1b]8;;https://a.example/x\x1b\\\x1b[4mhttps://a.example/x\x1b[24m\x1b]8;;\x1b\\');
});

test('brackets that are no reference stay', () => {
  for (const source of [
    'rows[i][j] and m[0][12]',
    'the element [i][j]',
    '[1][2]',
    '`[text][r]`',
    '[a] [b]',
    'f(x)[y][z]',
  ]) {
    assert.deepEqual(render(source), [source]);
  }
  assert.deepEqual(render('[Note]: warning'), ['[Note]: warning']);
});

test('footnotes are their numbers, and a class of characters is none', () => {
  const source = 'One[^1] and [^name], not [^a-z].\n\n[^1]: A *note*\n    that goes on\n[^name]: other';
  assert.deepEqual(render(source), [
    'One[1] and [^name], not [^a-z].',
    '',
    '[1] A *note*',
    'that goes on',
    '[^name] other',
  ]);
});

test('a range with a tilde is no strike-out; two tildes are', () => {
  const range = '회의는 1~2시간 또는 3~4시간, 10~15도, a~b~c';
  assert.deepEqual(render(range, { color: 1 }), [range]);
  assert.deepEqual(render('~~no~~ ~yes~', { color: 1 }), ['\x1b[9mno\x1b[29m ~yes~']);
});

test('formulas stay as they are written, in a line and in lines of their own', () => {
  for (const source of [
    'so \\(x_1 * y\\) and \\(z * w_2\\)',
    '\\[c_1 * d_2\\] and $a_1 * b_2$ and $$x*y*z \\\\ w$$',
    '*a* $x*y$ b*',
    'Text:\n$$\na\n- b\n= c \\\\\n# d\n$$\nafter',
    '\\[\n1. x\n+ y\n\\]',
  ]) {
    assert.deepEqual(render(source), source.split('\n'), source);
  }
  assert.deepEqual(render('$5 and *it* costs $10, \\*a\\*', { color: 1 }), ['$5 and \x1b[3mit\x1b[23m costs $10, *a*']);
  assert.deepEqual(render('$$ never *closed*\n\n- a', { color: 1 }), [
    '$$ never \x1b[3mclosed\x1b[23m',
    '',
    '\x1b[36m- \x1b[39ma',
  ]);
});

test('code between two amounts of money is code', () => {
  assert.deepEqual(render('$5 `a*b$` c', { color: 1 }), ['$5 \x1b[36ma*b$\x1b[39m c']);
});

test('levels of headings differ without colours', () => {
  const levels = [1, 2, 3, 4].map((depth) => render(`${'#'.repeat(depth)} x`, { color: 1 })[0]);
  assert.equal(new Set(levels).size, 4);
  assert.ok(levels.every((line) => !/\x1b\[3\dm/.test(line ?? '')));
});

test('a line break begins a line, an image without words is one, and what is nested in a task stands under its text', () => {
  assert.deepEqual(render('a<br> b<br/>\nc'), ['a', 'b', 'c']);
  assert.deepEqual(render('![](https://a.example/x.png)'), ['[image] (https://a.example/x.png)']);
  assert.deepEqual(render('- [ ] a\n    - [x] b c\n\n    more'), ['- [ ] a', '  - [x] b c', '', '    more']);
  assert.deepEqual(render('- [x] one two three', { columns: 17 }), ['- [x] one two', '      three']);
});

test('an alert is a quote with its kind', () => {
  assert.deepEqual(render('> [!NOTE]\n> text', { color: 1 }), [
    '\x1b[2m| \x1b[22m\x1b[1mNote\x1b[22m',
    '\x1b[2m| \x1b[22mtext',
  ]);
});

test('a long line of code is one where the terminal wraps it, and in its pieces where rows are counted', () => {
  const theme = createTheme({ color: 0 });
  const code = `\`\`\`\n\t${'x'.repeat(50)}\n\`\`\`\n\n${'word '.repeat(10).trim()}`;
  const whole = renderMarkdown(sanitize(code), { columns: 30, theme, hyperlinks: false, verbatim: 'whole' });
  assert.deepEqual(whole.slice(0, 3), ['```', `    ${'x'.repeat(50)}`, '```']);
  assert.ok(whole.slice(3).every((line) => displayWidth(line) <= 30));
  assert.equal(render(code, { columns: 30 })[1], `    ${'x'.repeat(26)}`);
});

test('stars and underscores inside of products, powers and names are no emphasis', () => {
  const written = [
    '5*6=30 and 7*8=56',
    '2*3*4',
    '2**3**2',
    'a*b*c and a***b***c',
    '__init__, __main__.py and cls.__my_name2__',
    '__init__은 x*y*z이다',
    '[2*3*4]',
  ];
  for (const source of written) assert.deepEqual(render(source, { color: 1 }), [source]);
  assert.deepEqual(render('*about 5*6=30* **`a`: 2**3 in __init__**', { color: 1 }), [
    '\x1b[3mabout 5*6=30\x1b[23m \x1b[1m\x1b[36ma\x1b[39m: 2**3 in __init__\x1b[22m',
  ]);
});

test('Korean and Chinese have emphasis inside of words, and two underscores around words are bold', () => {
  const sources = [
    '이것은**강조**입니다',
    '**강조**는',
    '这是**重点**内容',
    '__very important__',
    '**S**pecific and **M**easurable',
    '__중요__ 1**강조**2',
  ];
  assert.deepEqual(
    sources.map((source) => render(source, { color: 1 })[0]),
    [
      '이것은\x1b[1m강조\x1b[22m입니다',
      '\x1b[1m강조\x1b[22m는',
      '这是\x1b[1m重点\x1b[22m内容',
      '\x1b[1mvery important\x1b[22m',
      '\x1b[1mS\x1b[22mpecific and \x1b[1mM\x1b[22measurable',
      '\x1b[1m중요\x1b[22m 1\x1b[1m강조\x1b[22m2',
    ],
  );
});

test('text made to exhaust the parser is shown as text, soon', () => {
  const size = 8000;
  const repeated = [
    '*',
    '_',
    '=',
    '`',
    '&',
    ' ',
    '[',
    '![',
    '*a_',
    'a*',
    '__a',
    '__a__ ',
    '**a*',
    '>',
    '> > ',
    '- ',
    '1. ',
    '<a ',
    '`a``',
    '~a~~',
    '\\',
    '&#65;',
    '|a',
    '[a](',
    '$a ',
    '$a*',
    '\\(a',
    '\\[',
    '[abc][',
    '[abc][d]',
    'a[b][',
    'a[',
    'a[ ',
    ']',
    '[^1]',
    '[a]: /',
    '<br>',
  ];
  const nested = `${'['.repeat(2000)}a${'](b)'.repeat(2000)}`;
  const started = performance.now();
  for (const source of [...repeated.map((part) => part.repeat(size / part.length)), nested]) {
    const lines = render(source, { color: 0, hyperlinks: true });
    assert.ok(lines.length > 0 || source.trim() === '');
    for (const line of lines) assert.ok(displayWidth(line) <= 80);
  }
  assert.ok(performance.now() - started < 20_000, 'a guard against hanging, not a measurement');
});

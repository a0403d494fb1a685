import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlToText, titleOf } from '../../../src/tools/fetch-url/to-text.ts';

const base = new URL('https://news.example/today/index.html');

test('headings, paragraphs, lists and code stay recognisable', () => {
  const html = `<body><h1>Big <em>news</em></h1><p>First
    line.</p><ul><li>one<li>two</ul><h2>Code</h2><pre>if (x)\n  y();</pre></body>`;
  assert.equal(htmlToText(html, base), '# Big news\n\nFirst line.\n\n- one\n- two\n\n## Code\n\nif (x)\n  y();');
});

test('links have their host, and what is no address of a page is only its text', () => {
  const html = `<a href="/a?b=1&amp;c">root</a> <a href="more">near</a> <a href="//other.example/">other</a>
    <a href="javascript:steal()">click</a> <a href="data:text/html,x">data</a> <a href="#top">top</a>
    <a href="https://x.example/">https://x.example/</a> <a href="https://[">broken</a>`;
  assert.equal(
    htmlToText(html, base),
    [
      'root (https://news.example/a?b=1&c) near (https://news.example/today/more) other (https://other.example/)',
      'click data top https://x.example/ broken',
    ].join(' '),
  );
});

test('pictures, programs, styles, comments and forms are left out', () => {
  const html = `<style>p{}</style><script>if (a<b) alert("<p>x")</script><!-- <p>no --><img src=x alt=cat>
    <button>Buy</button><svg><text>s</text></svg><noscript>n</noscript><p>yes</p><script>never ended <p>y`;
  assert.equal(htmlToText(html, base), 'yes');
});

test('a wide table is a line a row', () => {
  const html = `<table><tr><th>City</th><th>Temperature</th></tr>
    <tr><td>Seoul</td><td>${'very long '.repeat(30).trim()}</td></tr></table>`;
  assert.equal(htmlToText(html, base), `City | Temperature |\nSeoul | ${'very long '.repeat(30).trim()} |`);
});

test('a page nested a hundred thousand deep loses its markup and not its words, nor our time', () => {
  const html = `${'<div>'.repeat(100_000)}first &amp; last${'</div>'.repeat(100_000)}<script>x</script>`;
  assert.equal(htmlToText(html, base), 'first & last');
  assert.equal(htmlToText(`${'<li><p>'.repeat(50_000)}end`, base), 'end');
  assert.equal(htmlToText(`${'<b>'.repeat(100_000)}${'</i>'.repeat(100_000)}end`, base), 'end');
});

test('many items without an end tag are a list all the same', () => {
  const text = htmlToText(`<ul>${'<li>item'.repeat(3_000)}</ul>`, base);
  assert.equal(text.split('\n').length, 3_000);
});

test('the title is text', () => {
  assert.equal(titleOf('<head><title lang=en>\n A &amp; B\t</title>'), 'A & B');
  assert.equal(titleOf('<title></title>'), undefined);
  assert.equal(titleOf('<title'.repeat(100_000)), undefined);
});

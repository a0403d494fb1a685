/**
 * How long the pipe path takes, beside a bare Node script that sends the same request with node:http.
 *
 *     npm run build && node test/bench/pipe-path.mjs [runs]
 *
 * Two figures, each as median and as ratio of pairs measured in turn:
 *   request  process start to the request complete at a server on this machine
 *   delta    a delta written by the server to the same delta read from the program's stdout
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const runs = Number(process.argv[2] ?? 20);
const deltasPerRun = 50;
const program = fileURLToPath(new URL('../../bin/banter.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'banter-bench-'));

const bare = join(home, 'bare.mjs');
writeFileSync(
  bare,
  `import http from 'node:http';
const body = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'hi' }] });
const request = http.request(process.env.OPENAI_BASE_URL + '/chat/completions', {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
}, (response) => {
  response.setEncoding('utf8');
  let rest = '';
  response.on('data', (text) => {
    const lines = (rest + text).split('\\n');
    rest = lines.pop();
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue;
      const content = JSON.parse(line.slice(6)).choices[0]?.delta?.content;
      if (content) process.stdout.write(content);
    }
  });
});
request.end(body);
`,
);

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => current?.onRequest(response));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const baseUrl = `http://127.0.0.1:${server.address().port}/v1`;
let current;

const candidates = {
  bare: [bare],
  banter: [program, '-m', 'm', 'hi'],
};
const figures = { bare: { request: [], delta: [] }, banter: { request: [], delta: [] } };

for (let run = -2; run < runs; run++) {
  for (const [name, args] of Object.entries(candidates)) {
    const { requestMs, deltaMs } = await measure(args);
    if (run < 0) continue; // the disk cache is warm after these
    figures[name].request.push(requestMs);
    figures[name].delta.push(...deltaMs);
  }
}
server.close();
rmSync(home, { recursive: true, force: true });

console.log(`Node ${process.version}, ${runs} runs each, in turn`);
const ratios = figures.banter.request.map((value, index) => value / figures.bare.request[index]);
row('start to request, bare node', figures.bare.request);
row('start to request, banter', figures.banter.request);
console.log(`  ratio banter/bare, pair by pair: median ${median(ratios).toFixed(2)}`);
row('delta to stdout, bare node', figures.bare.delta);
row('delta to stdout, banter', figures.banter.delta);

function measure(args) {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const deltaMs = [];
    let requestMs = 0;
    let sentMs = 0;
    let send = () => {};
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env.PATH, HOME: home, BANTER_HOME: home, OPENAI_BASE_URL: baseUrl },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    current = {
      onRequest(response) {
        requestMs = performance.now() - startMs;
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        send = () => {
          if (deltaMs.length === deltasPerRun) {
            response.end(`data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`);
            return;
          }
          setTimeout(() => {
            sentMs = performance.now();
            response.write('data: {"choices":[{"index":0,"delta":{"content":"word "},"finish_reason":null}]}\n\n');
          }, 2);
        };
        send();
      },
    };
    child.stdout.on('data', (chunk) => {
      if (String(chunk).trim() === '') return;
      deltaMs.push(performance.now() - sentMs);
      send();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) reject(new Error(`${args.join(' ')} ended with ${code}`));
      else resolve({ requestMs, deltaMs });
    });
  });
}

function row(label, values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(2);
  console.log(`  ${label.padEnd(30)} median ${at(0.5)} ms, 95 % ${at(0.95)} ms`);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

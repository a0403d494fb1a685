/**
 * What a schema adds to a one-shot run, beside the same run without one.
 *
 *     npm run build && node test/bench/schema.mjs [runs]
 *
 *   request  process start to the request complete at a server on this machine
 *   run      process start to its end; the server answers at once
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const runs = Number(process.argv[2] ?? 20);
const program = fileURLToPath(new URL('../../bin/banter.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'banter-bench-'));
const schema = JSON.stringify({
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 }, tags: { type: 'array' } },
  required: ['name', 'age'],
});

let arrivedMs = 0;
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    arrivedMs = performance.now();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const choice = (delta, reason) =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
    response.end(`${choice({ content: '{"name":"Ada","age":36}' }, null)}${choice({}, 'stop')}data: [DONE]\n\n`);
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const baseUrl = `http://127.0.0.1:${server.address().port}/v1`;

const candidates = {
  plain: [program, '-m', 'm', 'hi'],
  schema: [program, '-m', 'm', '--schema', schema, 'hi'],
};
const figures = { plain: { request: [], run: [] }, schema: { request: [], run: [] } };
for (let run = -2; run < runs; run++) {
  for (const [name, args] of Object.entries(candidates)) {
    const { requestMs, runMs } = await measure(args);
    if (run < 0) continue; // the disk cache is warm after these
    figures[name].request.push(requestMs);
    figures[name].run.push(runMs);
  }
}
server.close();
rmSync(home, { recursive: true, force: true });

console.log(`Node ${process.version}, ${runs} runs each, in turn`);
for (const what of ['request', 'run']) {
  const added = figures.schema[what].map((value, index) => value - figures.plain[what][index]);
  console.log(
    `${what}: without ${median(figures.plain[what]).toFixed(1)} ms, with ${median(figures.schema[what]).toFixed(1)} ms, added pair by pair ${median(added).toFixed(1)} ms`,
  );
}

function measure(args) {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env.PATH, HOME: home, BANTER_HOME: home, OPENAI_BASE_URL: baseUrl },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`exit code ${code}`));
      resolve({ requestMs: arrivedMs - startMs, runMs: performance.now() - startMs });
    });
  });
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * What tools of the user's own cost a run that calls none of them.
 *
 *     npm run build && node test/bench/tools.mjs [runs]
 *
 * From the start of the process to the request complete at a server on this machine, each as median, in turn, and
 * the difference to a home without tools pair by pair:
 *   none      no tool but those built in
 *   known     50 files in the tools folder, described in an earlier run and offered
 *   left out  the same 50, of which `-T get_time` needs none
 * and once: the first run with all 50 files still unknown.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const runs = Number(process.argv[2] ?? 20);
const program = fileURLToPath(new URL('../../bin/banter.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'banter-bench-'));

const empty = join(folder, 'empty');
const full = join(folder, 'full');
mkdirSync(empty);
mkdirSync(join(full, 'tools'), { recursive: true });
for (let index = 0; index < 50; index++) {
  const description = { type: 'object', properties: { place: { type: 'string', description: 'Where.' } } };
  writeFileSync(
    join(full, 'tools', `tool-${index}.mjs`),
    `export default { name: 'tool_${index}', description: 'The tool number ${index}, which nobody calls.',
  parameters: ${JSON.stringify(description)}, run: () => ${index} };\n`,
  );
}

let tools = 0;
let onRequest = () => {};
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    onRequest();
    tools = JSON.parse(Buffer.concat(chunks).toString()).tools.length;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end('data: {"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const first = await measure(full, []);
// What there was no time for in the first run.
await new Promise((resolve) => spawnBanter(full, ['tools', 'list']).on('close', resolve));

const candidates = {
  none: { home: empty, args: [], tools: 2 },
  known: { home: full, args: [], tools: 52 },
  'left out': { home: full, args: ['-T', 'get_time'], tools: 1 },
};
const figures = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
for (let run = -2; run < runs; run++) {
  for (const [name, candidate] of Object.entries(candidates)) {
    const ms = await measure(candidate.home, candidate.args);
    if (tools !== candidate.tools) throw new Error(`${name}: ${tools} tools were offered`);
    if (run >= 0) figures[name].push(ms); // the disk cache is warm after the first two
  }
}
server.close();
rmSync(folder, { recursive: true, force: true });

console.log(`Node ${process.version}, ${runs} runs each, in turn`);
for (const [name, values] of Object.entries(figures)) {
  const differences = values.map((value, index) => value - figures.none[index]);
  const more = name === 'none' ? '' : `, ${median(differences).toFixed(1)} ms more than none`;
  console.log(`  ${name.padEnd(8)} ${median(values).toFixed(1)} ms${more}`);
}
console.log(`  all 50 unknown, once: ${first.toFixed(0)} ms`);

function spawnBanter(home, args) {
  return spawn(process.execPath, [program, ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: home,
      BANTER_HOME: home,
      OPENAI_BASE_URL: `http://127.0.0.1:${server.address().port}/v1`,
    },
    stdio: 'ignore',
  });
}

function measure(home, args) {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    let requestMs = 0;
    onRequest = () => {
      requestMs = performance.now() - startMs;
    };
    const child = spawnBanter(home, ['-m', 'm', ...args, 'hi']);
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(requestMs) : reject(new Error(`it ended with ${code}`))));
  });
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

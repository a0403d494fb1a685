/** A program on a pty of 120x40, watched from outside: what it writes, its processor time and its memory. Linux only. */

import { readdirSync, readFileSync } from 'node:fs';
import { spawn } from '@lydell/node-pty';

/** @param options.env  the whole environment, besides PATH and TERM */
export function openScreen(file, args, { env = {} } = {}) {
  const startMs = performance.now();
  const pty = spawn(file, args, {
    name: 'xterm-256color',
    cols: 120,
    rows: 40,
    env: { PATH: process.env.PATH, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
  });
  let recent = '';
  let bytes = 0;
  let check = () => {};
  pty.onData((text) => {
    bytes += Buffer.byteLength(text);
    recent = (recent + text).slice(-100_000);
    check();
  });
  const exit = new Promise((resolve) => pty.onExit(resolve));

  return {
    type: (text) => pty.write(text),
    /** Resolves with the time the marker came, in milliseconds of `performance.now`; looks at what is written from now on. */
    written(marker, timeoutMs = 60_000) {
      recent = '';
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${marker} came; last: ${recent.slice(-2000)}`)), timeoutMs);
        check = () => {
          if (!marker.test(recent)) return;
          const at = performance.now();
          clearTimeout(timer);
          check = () => {};
          resolve(at);
        };
      });
    },
    get bytes() {
      return bytes;
    },
    startMs,
    cpuMs: () => cpuMs(pty.pid),
    memoryMiB: () => memoryMiB(pty.pid),
    async close() {
      pty.kill('SIGKILL');
      await exit;
    },
  };
}

/** Of all threads. The first field of schedstat is nanoseconds; the ticks in stat are 10 ms each. */
function cpuMs(pid) {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const times = tasks.map((task) => Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]));
  return times.reduce((sum, time) => sum + time, 0) / 1e6;
}

function memoryMiB(pid) {
  return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

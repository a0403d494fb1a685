/** Starts the processes of tools, reads what they write, and sees to it that none outlives its call. */

import { type ChildProcess, spawn } from 'node:child_process';
import type { Host } from './host.ts';
import { KeptOutput } from './kept-output.ts';
import { ProcessGroup } from './process-group.ts';

export interface ChildRequest {
  readonly command: string;
  readonly args: readonly string[];
  /** Without it, where banter was started. */
  readonly folder?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Written to its stdin. */
  readonly input: string;
  /** Aborting ends the process and its group: SIGTERM, and after a second SIGKILL. */
  readonly signal: AbortSignal;
  /** Of stdout and of stderr that are kept, half from the start and half from the end. */
  readonly keptBytes: number;
  /**
   * The process answers with one line on its file descriptor 3 and may write what it likes to stdout. Its stdin
   * stays open after the input, so that it can notice the end of this process.
   */
  readonly replies?: true;
}

export interface ChildResult {
  readonly end: ChildEnd;
  readonly stdout: KeptOutput;
  readonly stderr: KeptOutput;
}

export type ChildEnd =
  | { readonly kind: 'exited'; readonly code: number }
  /** The line of a request with `replies`; the process need not have ended yet. */
  | { readonly kind: 'replied'; readonly line: string }
  | { readonly kind: 'killed'; readonly by: string }
  /** It wrote more than 64 MiB. */
  | { readonly kind: 'flooded' }
  /** In words that go on after a name: `could not be started: …`. */
  | { readonly kind: 'unstartable'; readonly why: string }
  /** The signal was aborted. */
  | { readonly kind: 'stopped' };

export interface Children {
  /** Never rejects. On abort it ends at once; the process follows within a second, its pipes still read. */
  run(request: ChildRequest): Promise<ChildResult>;
  /** Ends every group that is left as an abort does, and waits for it. Never rejects. */
  close(): Promise<void>;
  /** SIGKILL for all of them, at once. */
  kill(): void;
}

export function startChildren(host: Host): Children {
  const groups = new Set<ProcessGroup>();
  return {
    run: (request) => runChild(request, host, groups),
    async close() {
      const left = [...groups];
      for (const group of left) group.end();
      await Promise.all(left.map(({ gone }) => gone));
    },
    kill() {
      for (const group of groups) group.kill();
    },
  };
}

const maxBytes = 64 * 1024 * 1024;
const maxReplyBytes = 4 * 1024 * 1024;
/** After the exit, for output that is still on its way while a grandchild holds the pipe open. */
const drainMs = 200;

function runChild(request: ChildRequest, host: Host, groups: Set<ProcessGroup>): Promise<ChildResult> {
  const stdout = new KeptOutput(request.keptBytes);
  const stderr = new KeptOutput(request.keptBytes);
  const settle = (end: ChildEnd): ChildResult => ({ end, stdout, stderr });
  if (request.signal.aborted) return Promise.resolve(settle({ kind: 'stopped' }));

  const child = start(request, host);
  if ('kind' in child) return Promise.resolve(settle(child));
  const group = new ProcessGroup(child, host, groups);

  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const finish = (end: ChildEnd): void => {
      isOver = true;
      clearTimeout(timer);
      request.signal.removeEventListener('abort', onAbort);
      // What is being stopped may print before it cleans up: a pipe without a reader would end it there.
      if (end.kind === 'stopped') child.once('exit', closePipes);
      else closePipes();
      resolve(settle(end));
    };
    const closePipes = (): void => {
      for (const pipe of child.stdio ?? []) pipe?.destroy();
    };
    const onAbort = (): void => {
      group.end();
      finish({ kind: 'stopped' });
    };
    request.signal.addEventListener('abort', onAbort, { once: true });

    const onFlood = (): void => {
      group.kill();
      finish({ kind: 'flooded' });
    };
    // A process may close a pipe that is still being written, stdin above all: its exit code tells how it went.
    for (const pipe of child.stdio ?? []) pipe?.on('error', () => pipe.destroy());
    keep(child.stdout, stdout, onFlood);
    keep(child.stderr, stderr, onFlood);
    if (request.replies) {
      readLine(child.stdio?.[3], (line) => {
        if (isOver) return;
        group.endUnlessItExits();
        finish({ kind: 'replied', line });
      });
    }

    child.on('error', (error) => finish({ kind: 'unstartable', why: whyUnstartable(error) }));
    child.once('exit', (code, by) => {
      if (isOver) return;
      clearTimeout(timer);
      timer = setTimeout(() => finish(howItEnded(code, by)), drainMs);
    });
    child.once('close', (code, by) => finish(howItEnded(code, by)));
    send(child, request);
  });
}

function start(request: ChildRequest, host: Host): ChildProcess | Extract<ChildEnd, { kind: 'unstartable' }> {
  try {
    return spawn(request.command, request.args, {
      ...(request.folder === undefined ? {} : { cwd: request.folder }),
      env: request.environment,
      stdio: request.replies ? ['pipe', 'pipe', 'pipe', 'pipe'] : ['pipe', 'pipe', 'pipe'],
      // A session of its own: signals reach all it starts, and it cannot ask anything on the terminal.
      detached: host.platform !== 'win32',
      windowsHide: true,
    });
  } catch (error) {
    // Most failures come as an event; these come here: no #! line, a file that is being written.
    return { kind: 'unstartable', why: whyUnstartable(error) };
  }
}

function send({ stdin }: ChildProcess, { input, replies }: ChildRequest): void {
  if (replies) stdin?.write(input);
  else stdin?.end(input);
}

function keep(pipe: ChildProcess['stdout'], output: KeptOutput, onFlood: () => void): void {
  pipe?.on('data', (chunk: Uint8Array) => {
    output.add(chunk);
    if (output.totalBytes > maxBytes) onFlood();
  });
}

function readLine(pipe: ChildProcess['stdio'][3], onLine: (line: string) => void): void {
  // Typed as either, since stdin is among the pipes; the fourth is both.
  if (pipe === null || pipe === undefined || !('on' in pipe)) return;
  const chunks: Buffer[] = [];
  let bytes = 0;
  pipe.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (chunk.at(-1) === newline || bytes > maxReplyBytes) onLine(Buffer.concat(chunks).toString('utf8'));
  });
}

const newline = 0x0a;

function howItEnded(code: number | null, by: string | null): ChildEnd {
  return code === null ? { kind: 'killed', by: by ?? 'a signal' } : { kind: 'exited', code };
}

function whyUnstartable(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  switch (error.code) {
    case 'ENOENT':
      return 'could not be started: what its #! line names was not found, or the working directory is gone';
    case 'ENOEXEC':
    case 'UNKNOWN':
      return 'could not be started: it is no program for this system (a script needs a #! line)';
    case 'EACCES':
      return 'could not be started: permission denied';
    default:
      return `could not be started: ${String(error.code)}`;
  }
}

import type { ChildProcess } from 'node:child_process';
import type { Host } from './host.ts';

/** A process and all it started. */
export class ProcessGroup {
  readonly #child: ChildProcess;
  readonly #host: Host;
  readonly #groups: Set<ProcessGroup>;
  #timer: NodeJS.Timeout | undefined;
  #look: NodeJS.Timeout | undefined;
  #isEnding = false;
  #onGone = (): void => {};
  /** Resolves when there is nothing left to end. */
  readonly gone = new Promise<void>((resolve) => {
    this.#onGone = resolve;
  });

  /** @param groups  this one is among them while there is something to end */
  constructor(child: ChildProcess, host: Host, groups: Set<ProcessGroup>) {
    this.#child = child;
    this.#host = host;
    this.#groups = groups;
    groups.add(this);
    child.once('exit', () => {
      // What a finished tool left running on purpose goes on; what was ended is ended whole.
      if (this.#isEnding) this.#forgetOnceGone();
      else this.#forget();
    });
    child.once('error', () => this.#forget());
  }

  /** SIGTERM, and after a second SIGKILL for what is left. Not again for one that is ending. */
  end(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    clearTimeout(this.#timer);
    if (this.#signal('SIGTERM')) this.#timer = setTimeout(() => this.kill(), graceMs);
    else this.#forget();
  }

  /** SIGKILL after a second for a process that is expected to exit by itself. */
  endUnlessItExits(): void {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#timer = setTimeout(() => this.kill(), graceMs);
  }

  kill(): void {
    this.#signal('SIGKILL');
    this.#forget();
  }

  /** Nobody tells when the last grandchild ends. */
  #forgetOnceGone(): void {
    if (this.#isThere()) this.#look = setTimeout(() => this.#forgetOnceGone(), lookMs);
    else this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#look);
    this.#groups.delete(this);
    this.#onGone();
  }

  #isThere(): boolean {
    return this.#host.platform !== 'win32' && this.#signal(0);
  }

  #signal(signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
    const { pid } = this.#child;
    if (pid === undefined) return false;
    // Windows has no groups: only the process itself is ended.
    if (this.#host.platform === 'win32') return this.#child.kill(signal);
    try {
      this.#host.kill(-pid, signal);
      return true;
    } catch (error) {
      // Gone already; macOS says EPERM for a group of processes that have ended and were not waited for yet.
      if (error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM')) return false;
      throw error;
    }
  }
}

/** Between SIGTERM and SIGKILL. */
const graceMs = 1000;
const lookMs = 20;

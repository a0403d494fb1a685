/** The machine, as far as tools need it. */
export interface Host {
  readonly platform: string;
  /** Of this process; undefined where files have no owner (Windows). */
  readonly userId: number | undefined;
  /** The binary that runs modules, and its version: `20.19.0`. */
  readonly nodePath: string;
  readonly nodeVersion: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * Sends a signal to a process or, with a negative id, to its group; 0 only asks whether it is there.
   * @throws what the system throws, ESRCH for one that is gone
   */
  readonly kill: (processId: number, signal: 'SIGTERM' | 'SIGKILL' | 0) => void;
}

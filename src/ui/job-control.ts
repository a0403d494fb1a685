/** How the shell stops the program and lets it go on; implemented where the process is. */

export interface JobControl {
  /** Stops the program; resolves when it goes on, soon when it could not be stopped. */
  stop(): Promise<void>;
  /** Calls the listener whenever the program goes on after having been stopped, by whomever. Returns how to end that. */
  onContinue(listener: () => void): () => void;
}

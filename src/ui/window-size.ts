/** The size of the terminal, beyond what `stdout` tells: how `cli/` knows it. */

export interface WindowSize {
  /** Asks the terminal at once; `stdout` then tells of a size that is new. */
  refresh(): void;
  /** Calls back at each signal, also when the size has come back to what it was; returns what ends that. */
  onSignal(listener: () => void): () => void;
}

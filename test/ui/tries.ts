/**
 * Runs a test of resizing again when it fails, at most `tries` times. A frame that is on its way while the size changes
 * is wrapped by the terminal: that may leave a row of it behind, and what can be asserted is that it need not.
 */
export async function within(tries: number, run: () => Promise<void>): Promise<void> {
  for (let attempt = 1; attempt < tries; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'AssertionError') throw error;
    }
  }
  return run();
}

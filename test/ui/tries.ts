/**
 * Runs a test of resizing again when it fails, at most `tries` times. A size that changes while a frame is under way
 * is drawn for the old one, and the busier the machine, the more often: what has to hold is that it can come out right.
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

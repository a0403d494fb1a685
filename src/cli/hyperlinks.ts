/** Whether a terminal is known to understand links in its text (OSC 8). */

/** Loads its library: not for the path of a pipe. Without colours there are no links either. */
export async function showsHyperlinks(stdout: NodeJS.WriteStream): Promise<boolean> {
  const { createSupportsHyperlinks } = await import('supports-hyperlinks');
  return createSupportsHyperlinks(stdout);
}

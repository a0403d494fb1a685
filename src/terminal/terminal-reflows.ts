/** xterm and the Linux console cut long rows instead; GNU screen does too. tmux, which says `screen` as well, wraps. */
export function terminalReflows(environment: Readonly<Record<string, string | undefined>>): boolean {
  const { TERM = '', XTERM_VERSION, TMUX } = environment;
  if (XTERM_VERSION !== undefined || TERM === 'linux') return false;
  return !TERM.startsWith('screen') || TMUX !== undefined;
}

/**
 * Whether the row of the cursor is certain to be wrapped with the others: tmux does it; xterm.js, in many programs under
 * many names, leaves that row as it is.
 */
export function terminalReflowsCursorRow({ TMUX }: Readonly<Record<string, string | undefined>>): boolean {
  return TMUX !== undefined;
}

/** xterm and the Linux console cut long rows instead; GNU screen does too. tmux, which says `screen` as well, wraps. */
export function terminalReflows(environment: Readonly<Record<string, string | undefined>>): boolean {
  const { TERM = '', XTERM_VERSION, TMUX } = environment;
  if (XTERM_VERSION !== undefined || TERM === 'linux') return false;
  return !TERM.startsWith('screen') || TMUX !== undefined;
}

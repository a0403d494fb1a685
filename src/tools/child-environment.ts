/** What a tool's process or server sees of the environment: where things are and in which language, and no key. */

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param wanted  names that the description of the tool asks for besides
 * Proxies are left out as well: their URLs may hold a password. NODE_OPTIONS would change what runs.
 */
export function childEnvironment(environment: Environment, wanted: readonly string[] = []): Record<string, string> {
  const chosen: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) continue;
    // Windows writes Path and SystemRoot as it likes; elsewhere nothing is named like these but for the case.
    const isPlain = plainNames.has(name.toUpperCase()) || /^LC_[A-Z]+$/.test(name);
    if (isPlain || wanted.includes(name)) chosen[name] = value;
  }
  return chosen;
}

const plainNames: ReadonlySet<string> = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'TZ', 'TERM', 'NO_COLOR'],
  ...['TMPDIR', 'TMP', 'TEMP', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME'],
  ...['XDG_RUNTIME_DIR', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'],
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'USERPROFILE', 'USERNAME', 'HOMEDRIVE', 'HOMEPATH'],
  ...['APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'PROGRAMFILES'],
]);

import { ChatError } from '../../core/error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Fills in `${VAR}`, `${env:VAR}` and `${VAR:-default}`; an empty variable counts as unset.
 * @param secrets  gets the values of variables whose names speak of a secret
 * @throws ChatError 'config' for a variable that is not set, and for any other `${…}`
 */
export function expandVariables(text: string, environment: Environment, secrets: string[]): string {
  return text.replaceAll(/\$\{([^}]*)\}/g, (whole, inside: string) => {
    const parts = /^(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s.exec(inside);
    if (parts === null) throw new ChatError({ kind: 'config', what: `${whole} is nothing that can be filled in` });
    const [, variable = '', standard] = parts;
    const own = Object.hasOwn(environment, variable) ? environment[variable] : undefined;
    const value = own || standard;
    if (value === undefined) {
      throw new ChatError({ kind: 'config', what: `the environment variable ${variable} is not set` });
    }
    if (namesSecret(variable)) secrets.push(value);
    return value;
  });
}

/** Whether what goes by this name, a variable or a header, is to be kept off the screen. */
export function namesSecret(name: string): boolean {
  return /key|token|secret|passw|auth|credential|cookie/i.test(name);
}

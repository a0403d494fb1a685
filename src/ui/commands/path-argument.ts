/** What was meant: quotes that a shell would have taken away may stand around it. */
export function pathArgument(argument: string): string {
  return argument.replace(/^(['"])(.*)\1$/s, '$2');
}

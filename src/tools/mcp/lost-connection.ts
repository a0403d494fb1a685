/** The connection to a server is of no further use. */
export class LostConnection extends Error {
  override readonly name = 'LostConnection';
  /** The server has not looked at the request: it may be sent again. */
  readonly notRun: boolean;

  constructor(
    message: string,
    { notRun = false, cause }: { readonly notRun?: boolean | undefined; readonly cause: unknown },
  ) {
    super(message, { cause });
    this.notRun = notRun;
  }
}

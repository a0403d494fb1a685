/** What a machine-readable report says about the run besides its events. */
export interface RunFacts {
  readonly conversation: string;
  readonly profile: string;
  readonly model: string | undefined;
}

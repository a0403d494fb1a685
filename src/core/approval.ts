/** Whether a call may run: the question to a person, and the answer. */

/** A call as it will run if it is allowed. */
export interface ProposedCall {
  readonly id: string;
  readonly tool: string;
  /** JSON text of the arguments after all repairs: what is shown is what runs. */
  readonly arguments: string;
}

export type Decision =
  | { readonly kind: 'run' }
  /** This call, and this tool without asking for the rest of the conversation. */
  | { readonly kind: 'run-always' }
  /** The model is told, with the reason if there is one. */
  | { readonly kind: 'deny'; readonly reason?: string };

export interface ApprovalQuestion {
  /** All calls of one answer that need a person, in order; at least one. */
  readonly calls: readonly ProposedCall[];
  /** Called once, with the decision for each call by its id; a call without one is denied. */
  answer(decisions: ReadonlyMap<string, Decision>): void;
}

/**
 * What runs without a question, from the strictest:
 *
 *     never  only what a rule allows
 *     safe   safe tools and what a rule allows; everything else is denied
 *     ask    the same, and a person is asked about everything else
 *     all    everything but what a rule denies
 */
export type ApprovalPolicy = 'never' | 'safe' | 'ask' | 'all';

/** A line of the settings: `allow` or `deny`. `*` stands for any run of characters, in names and in patterns. */
export interface ApprovalRule {
  readonly effect: 'allow' | 'deny';
  readonly tool: string;
  /**
   * Patterns by the name of the argument, for its text, or its JSON where it is no text. A rule that denies holds for
   * a call in which every one of them matches some argument; one that allows, only for a call that has the named
   * arguments and no argument which none of them matches.
   */
  readonly arguments?: Readonly<Record<string, string>>;
}

/** Something a person should know that is neither the answer nor its failure. */
export interface Notice {
  readonly level: 'info' | 'warning';
  /** Kebab-case, stable: for machines and tests. */
  readonly code: NoticeCode;
  /** One sentence for people; may quote text from outside. */
  readonly text: string;
}

export type NoticeCode =
  | 'retrying'
  | 'repaired-call'
  | 'bad-chunk'
  | 'tools-refused'
  | 'parameter-dropped'
  | 'model-chosen'
  | 'unanswered'
  | 'schema-retry'
  | 'schema-rung'
  | 'repaired-answer'
  | 'invalid-item'
  | 'rounds-exhausted'
  | 'tool-loop'
  | 'not-approved'
  | 'tool-problem'
  | 'not-saved'
  | 'written-elsewhere'
  | 'history-damaged'
  | 'settings-damaged'
  | 'settings-newer'
  | 'permissions-tightened'
  | 'tls-unchecked'
  | 'local-server'
  | 'demo';

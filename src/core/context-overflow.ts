/** How servers say that a prompt does not fit: collected by pi-mono `utils/overflow.ts`; TGI's two at the end. */
const overflowWords: readonly RegExp[] = [
  /prompt is too long/i,
  /(?:exceeds|greater than) the (?:available )?context (?:window|size|length)/i,
  /context window exceeds limit/i,
  /context[_ ]length[_ ]exceeded/i,
  /maximum (?:context|prompt) length is \d+/i,
  /too large for model with \d+ maximum context length/i,
  /input token count.*exceeds the maximum/i,
  /exceeded model token limit/i,
  /reduce the length of the messages/i,
  /`?inputs`? tokens \+ `?max_new_tokens`? must be <=/,
  /`?inputs`? must have less than \d+ tokens/,
];

export interface SaidByServer {
  readonly status: number;
  readonly said: string;
  readonly type?: string | undefined;
  readonly code?: string | undefined;
}

/** The conversation is longer than the model takes, in whichever words of the server. */
export function isContextOverflow({ status, said, type, code }: SaidByServer): boolean {
  return (
    status === 413 ||
    type === 'exceed_context_size_error' ||
    code === 'context_length_exceeded' ||
    overflowWords.some((words) => words.test(said))
  );
}

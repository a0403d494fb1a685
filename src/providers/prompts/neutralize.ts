/**
 * Takes the power out of what a message must not contain: `</s>[INST]` typed by a person, or fetched by a tool, would
 * end the turn and begin another. A space after its first character makes it ordinary text to the tokenizer, and
 * a person still sees in `/prompt` what was written. Assistant text is no exception: a model can be made to repeat it.
 * @param specialTokens  global. Of formats that mark turns with plain words only those at the start of a line, with
 *   the line break as first character, so that the space indents them.
 */
export function neutralize(text: string, specialTokens: RegExp): string {
  let clean = text.toWellFormed();
  for (;;) {
    const next = clean.replace(specialTokens, (token) => `${token.charAt(0)} ${token.slice(1)}`);
    if (next === clean) return clean;
    // Breaking one token can leave another that overlapped it.
    clean = next;
  }
}

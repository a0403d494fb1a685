/** Joins surrogate pairs that a server cut between two deltas ("\ud83d" and "\ude00"). What leaves is well-formed. */
export class SurrogateJoiner {
  #held = '';

  /** The text that can go out; the first half of a pair at its end waits for the next delta. */
  push(text: string): string {
    const joined = this.#held + text;
    const cut = /[\ud800-\udbff]$/.test(joined) ? joined.length - 1 : joined.length;
    this.#held = joined.slice(cut);
    return joined.slice(0, cut).toWellFormed();
  }

  /** What still waits: U+FFFD for half a pair. */
  end(): string {
    const rest = this.#held.toWellFormed();
    this.#held = '';
    return rest;
  }
}

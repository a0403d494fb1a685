/** Finds where the JSON object or array at the beginning of a text ends, while the text grows: each character once. */
export class ValueEnd {
  #length = 0;
  #depth = 0;
  #inString = false;
  #isEscaped = false;

  /**
   * @param text  what was given before, and what came since
   * @returns the index after the closing bracket, or undefined while there is none
   */
  find(text: string): number | undefined {
    const before = this.#length;
    const end = this.push(text.slice(before));
    return end === undefined ? undefined : before + end;
  }

  /**
   * @param piece  what came since
   * @returns the index in it after the closing bracket, or undefined while there is none
   */
  push(piece: string): number | undefined {
    for (let at = 0; at < piece.length; at++) {
      const character = piece[at];
      if (this.#isEscaped) this.#isEscaped = false;
      else if (this.#inString) {
        if (character === '\\') this.#isEscaped = true;
        else if (character === '"') this.#inString = false;
      } else if (character === '"') this.#inString = true;
      else if (character === '{' || character === '[') this.#depth++;
      else if ((character === '}' || character === ']') && --this.#depth <= 0) {
        this.#length += at + 1;
        return at + 1;
      }
    }
    this.#length += piece.length;
    return undefined;
  }
}

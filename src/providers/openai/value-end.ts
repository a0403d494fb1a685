/** Finds where the JSON object or array at the beginning of a text ends, while the text grows: each character once. */
export class ValueEnd {
  #at = 0;
  #depth = 0;
  #inString = false;

  /**
   * @param text  what was given before, and what came since
   * @returns the index after the closing bracket, or undefined while there is none
   */
  find(text: string): number | undefined {
    for (; this.#at < text.length; this.#at++) {
      const character = text[this.#at];
      if (this.#inString) {
        if (character === '\\') this.#at++;
        else if (character === '"') this.#inString = false;
      } else if (character === '"') this.#inString = true;
      else if (character === '{' || character === '[') this.#depth++;
      else if ((character === '}' || character === ']') && --this.#depth <= 0) return this.#at + 1;
    }
    return undefined;
  }
}

/** Whether Markdown that arrives piece by piece is inside code: where it stands, a marker is shown, not meant. */
export class CodeState {
  #lineStart = '';
  #last = '';
  #inFence = false;

  /** The text so far ends within a fence, or with a backtick. */
  get isInCode(): boolean {
    return this.#inFence || this.#last === '`';
  }

  push(text: string): void {
    if (text === '') return;
    const [rest = '', ...lines] = (this.#lineStart + text).split('\n').reverse();
    for (const line of lines.reverse()) if (isFence(line)) this.#inFence = !this.#inFence;
    // A fence shows within the first few characters of its line.
    this.#lineStart = rest.slice(0, 8);
    this.#last = text.at(-1) ?? '';
  }
}

function isFence(line: string): boolean {
  return /^ {0,3}(?:```|~~~)/.test(line);
}

/**
 * Stands in for `Intl.Segmenter`, in the bundle also for the packages that use it (src/build/quick-start.mjs). Ink
 * segments every row of every frame, and almost all are ASCII, where each character is a grapheme of its own but for
 * CR LF: that needs no ICU, whose rules take 10 ms to load. Other texts, words and sentences go to ICU.
 */

const asciiWithoutReturn = /^[^\r\u0080-\uffff]*$/;

export class QuickSegmenter {
  readonly #locales: string | string[] | undefined;
  readonly #options: Intl.SegmenterOptions;
  #segmenter: Intl.Segmenter | undefined;

  constructor(locales?: string | string[], options: Intl.SegmenterOptions = {}) {
    this.#locales = locales;
    this.#options = options;
  }

  segment(text: string): Intl.Segments {
    const { granularity = 'grapheme' } = this.#options;
    if (granularity === 'grapheme' && asciiWithoutReturn.test(text)) return new AsciiSegments(text);
    return this.#real().segment(text);
  }

  resolvedOptions(): Intl.ResolvedSegmenterOptions {
    return this.#real().resolvedOptions();
  }

  #real(): Intl.Segmenter {
    this.#segmenter ??= new Intl.Segmenter(this.#locales, this.#options);
    return this.#segmenter;
  }
}

class AsciiSegments implements Intl.Segments {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  containing(index = 0): Intl.SegmentData | undefined {
    const at = Math.trunc(index);
    return at >= 0 && at < this.#text.length ? this.#at(at) : undefined;
  }

  *[Symbol.iterator](): ReturnType<Intl.Segments[typeof Symbol.iterator]> {
    for (let index = 0; index < this.#text.length; index++) yield this.#at(index);
  }

  #at(index: number): Intl.SegmentData {
    return { segment: this.#text.charAt(index), index, input: this.#text };
  }
}

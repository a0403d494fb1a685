/**
 * The grammar of JSON (RFC 8259), once, for text that may arrive in pieces cut anywhere.
 *
 *     const scanner = new JsonScanner(sink);
 *     scanner.push('{"a": [1, tr');     // sink: open object, key, open array, scalar number
 *     scanner.push('ue]}');             // sink: scalar true, close, close
 *     scanner.end();
 *
 * Accepts exactly what JSON.parse accepts. Holds no text and never reads a character twice;
 * offsets are UTF-16 units from the beginning of the first piece.
 */

import { beginNumber, continueNumber, isDigit, isWholeNumber, type NumberPart } from './json-number.ts';
import { endWhere, misplaced, nameCharacter } from './json-problem.ts';

export type ScalarKind = 'string' | 'number' | 'true' | 'false' | 'null';

/** What a scanner reports, in the order of the text. `to` is the offset behind the last character. */
export interface JsonSink {
  open(kind: 'object' | 'array', at: number): void;
  /** `at` is the offset of the closing bracket. */
  close(at: number): void;
  /** `from` and `to` include the quotes. */
  key(from: number, to: number): void;
  scalar(kind: ScalarKind, from: number, to: number): void;
}

/** Where the text stops being JSON, and why, in words a model can act on. */
export interface JsonProblem {
  readonly at: number;
  readonly problem: string;
}

/** What may come next outside a token. */
export type Expected =
  | 'root'
  | 'first-item'
  | 'item'
  | 'first-key'
  | 'key'
  | 'colon'
  | 'member'
  | 'next-item'
  | 'next-key'
  | 'end';

type Word = 'true' | 'false' | 'null';

/** The token the text has come to the middle of. */
type Inside = 'nothing' | 'string' | 'escape' | 'hex' | 'number' | Word;

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

export class JsonScanner {
  /** The first thing wrong; nothing is read or reported after it. */
  problem: JsonProblem | undefined;
  /** The token that has begun and not ended; its first character is at `tokenFrom`. */
  inside: Inside = 'nothing';
  tokenFrom = 0;
  /** Offset of the backslash, while `inside` is `escape` or `hex`. */
  escapeFrom = 0;
  /** Whether the string being read is a key. */
  inKey = false;

  readonly #sink: JsonSink;
  /** The open containers, outermost first: true for an object. */
  readonly #open: boolean[] = [];
  #expected: Expected = 'root';
  #offset = 0;
  #hexLeft = 0;
  #wordRead = 0;
  #number: NumberPart = 'minus';

  constructor(sink: JsonSink) {
    this.#sink = sink;
  }

  push(chunk: string): void {
    let index = 0;
    while (index < chunk.length && this.problem === undefined) {
      index = this.inside === 'nothing' ? this.#begin(chunk, index) : this.#goOn(chunk, index);
    }
    this.#offset += chunk.length;
  }

  /** Tells that the text is over: a value that is not whole is a problem now. */
  end(): void {
    if (this.problem !== undefined) return;
    if (this.inside === 'number' && isWholeNumber(this.#number)) this.#endScalar('number', this.#offset);
    if (this.inside !== 'nothing' || this.#expected !== 'end') {
      this.#fail(this.#offset, endWhere(this.inside, this.#expected));
    }
  }

  /** Reads one bracket, comma or colon, or begins a token; gives the index to go on at. */
  #begin(chunk: string, start: number): number {
    const index = skipWhiteSpace(chunk, start);
    if (index === chunk.length) return index;
    const code = chunk.charCodeAt(index);
    switch (this.#expected) {
      case 'first-item':
        return code === closeBracket ? this.#close(index) : this.#beginValue(chunk, index, code);
      case 'root':
      case 'item':
      case 'member':
        return this.#beginValue(chunk, index, code);
      case 'next-item':
        if (code === closeBracket) return this.#close(index);
        return code === comma ? this.#pass('item', index) : this.#misplaced(chunk, index);
      case 'first-key':
        return code === closeBrace ? this.#close(index) : this.#beginKey(chunk, index, code);
      case 'key':
        return this.#beginKey(chunk, index, code);
      case 'colon':
        return code === colon ? this.#pass('member', index) : this.#misplaced(chunk, index);
      case 'next-key':
        if (code === closeBrace) return this.#close(index);
        return code === comma ? this.#pass('key', index) : this.#misplaced(chunk, index);
      case 'end':
        return this.#misplaced(chunk, index);
      default:
        return this.#expected satisfies never;
    }
  }

  #pass(expected: Expected, index: number): number {
    this.#expected = expected;
    return index + 1;
  }

  #beginKey(chunk: string, index: number, code: number): number {
    if (code !== quote) return this.#misplaced(chunk, index);
    this.inKey = true;
    this.#beginToken('string', index);
    return this.#string(chunk, index + 1);
  }

  #beginValue(chunk: string, index: number, code: number): number {
    switch (code) {
      case quote:
        this.inKey = false;
        this.#beginToken('string', index);
        return this.#string(chunk, index + 1);
      case openBrace:
        return this.#openContainer('object', index);
      case openBracket:
        return this.#openContainer('array', index);
      case 0x74:
        return this.#beginToken('true', index);
      case 0x66:
        return this.#beginToken('false', index);
      case 0x6e:
        return this.#beginToken('null', index);
    }
    const number = beginNumber(code);
    if (number === undefined) return this.#misplaced(chunk, index);
    this.#number = number;
    return this.#beginToken('number', index);
  }

  #beginToken(token: 'string' | 'number' | Word, index: number): number {
    this.inside = token;
    this.tokenFrom = this.#offset + index;
    this.#wordRead = 1;
    return index + 1;
  }

  #openContainer(kind: 'object' | 'array', index: number): number {
    this.#open.push(kind === 'object');
    this.#expected = kind === 'object' ? 'first-key' : 'first-item';
    this.#sink.open(kind, this.#offset + index);
    return index + 1;
  }

  #goOn(chunk: string, index: number): number {
    switch (this.inside) {
      case 'nothing':
        return index;
      case 'string':
        return this.#string(chunk, index);
      case 'escape':
        return this.#escape(chunk, index);
      case 'hex':
        return this.#hex(chunk, index);
      case 'number':
        return this.#digits(chunk, index);
      case 'true':
      case 'false':
      case 'null':
        return this.#word(this.inside, chunk, index);
      default:
        return this.inside satisfies never;
    }
  }

  #string(chunk: string, start: number): number {
    for (let index = start; index < chunk.length; index++) {
      const code = chunk.charCodeAt(index);
      if (code === quote) {
        const to = this.#offset + index + 1;
        if (!this.inKey) {
          this.#endScalar('string', to);
        } else {
          this.inside = 'nothing';
          this.#expected = 'colon';
          this.#sink.key(this.tokenFrom, to);
        }
        return index + 1;
      }
      if (code === backslash) {
        this.inside = 'escape';
        this.escapeFrom = this.#offset + index;
        return index + 1;
      }
      if (code < 0x20) {
        return this.#fail(this.#offset + index, `a string holds ${nameCharacter(chunk, index)}, which must be escaped`);
      }
    }
    return chunk.length;
  }

  #escape(chunk: string, index: number): number {
    const letter = chunk.charAt(index);
    if (letter === 'u') {
      this.inside = 'hex';
      this.#hexLeft = 4;
    } else if ('"\\/bfnrt'.includes(letter)) {
      this.inside = 'string';
    } else {
      const found = nameCharacter(chunk, index);
      return this.#fail(this.#offset + index, `a backslash in a string is followed by ${found}, which is no escape`);
    }
    return index + 1;
  }

  #hex(chunk: string, index: number): number {
    if (!/[0-9a-fA-F]/.test(chunk.charAt(index))) {
      const found = nameCharacter(chunk, index);
      return this.#fail(this.#offset + index, `${found} stands among the four hexadecimal digits of \\u`);
    }
    this.#hexLeft--;
    if (this.#hexLeft === 0) this.inside = 'string';
    return index + 1;
  }

  #digits(chunk: string, start: number): number {
    for (let index = start; index < chunk.length; index++) {
      const code = chunk.charCodeAt(index);
      const next = continueNumber(this.#number, code);
      if (next !== undefined) {
        this.#number = next;
        continue;
      }
      const leadingZero = this.#number === 'zero' && isDigit(code);
      if (leadingZero || !isWholeNumber(this.#number)) {
        const found = nameCharacter(chunk, index);
        const problem = leadingZero
          ? `a number begins with 0 and goes on with ${found}`
          : `${found} cuts a number short`;
        return this.#fail(this.#offset + index, problem);
      }
      this.#endScalar('number', this.#offset + index);
      return index;
    }
    return chunk.length;
  }

  #word(word: Word, chunk: string, index: number): number {
    if (chunk.charAt(index) !== word[this.#wordRead]) {
      return this.#fail(this.#offset + index, `${nameCharacter(chunk, index)} stands inside the word ${word}`);
    }
    this.#wordRead++;
    if (this.#wordRead === word.length) this.#endScalar(word, this.#offset + index + 1);
    return index + 1;
  }

  #endScalar(kind: ScalarKind, to: number): void {
    this.inside = 'nothing';
    this.#valueEnded();
    this.#sink.scalar(kind, this.tokenFrom, to);
  }

  #close(index: number): number {
    this.#open.pop();
    this.#valueEnded();
    this.#sink.close(this.#offset + index);
    return index + 1;
  }

  #valueEnded(): void {
    const depth = this.#open.length;
    this.#expected = depth === 0 ? 'end' : this.#open[depth - 1] ? 'next-key' : 'next-item';
  }

  #misplaced(chunk: string, index: number): number {
    return this.#fail(this.#offset + index, misplaced(this.#expected, nameCharacter(chunk, index)));
  }

  #fail(at: number, problem: string): number {
    this.problem = { at, problem };
    return 0;
  }
}

function skipWhiteSpace(text: string, start: number): number {
  let index = start;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
    index++;
  }
  return index;
}

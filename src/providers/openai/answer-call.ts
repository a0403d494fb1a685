/**
 * An answer that comes as the arguments of a forced call. They are text like any other and go on as they arrive, so
 * that what they hold can be read before the call is whole. What the model writes beside the call was no answer;
 * what it writes instead of the call is one.
 */

import type { Json } from '../../core/json.ts';
import type { Piece } from '../reasoning.ts';
import { SurrogateJoiner } from '../surrogates.ts';
import { mendArguments, specialTokens } from './call-arguments.ts';
import type { PrintedCall } from './printed-calls.ts';
import { type Fragment, readFragments } from './tool-calls.ts';
import { ValueEnd } from './value-end.ts';

export class AnswerCall {
  readonly #tool: string;
  readonly #end = new ValueEnd();
  readonly #joiner = new SurrogateJoiner();
  #call: { index: number | undefined; id: string; name: string } | undefined;
  /** Text that is the answer if no call comes. */
  #text = '';
  /** The beginning of the arguments, until it shows that they are not the `{}` that some servers send first. */
  #start = '';
  #hasAnswer = false;
  #isWhole = false;
  /** Other calls, and what follows the end of the first one's arguments. */
  #rest = '';

  /** @param tool  the name of the one tool there is */
  constructor(tool: string) {
    this.#tool = tool;
  }

  get hasBegun(): boolean {
    return this.#call !== undefined;
  }

  /** @returns undefined when there is no fragment of a call in it */
  push(toolCalls: Json | undefined): readonly Piece[] | undefined {
    const fragments = readFragments(toolCalls);
    return fragments.length === 0 ? undefined : fragments.flatMap((fragment) => this.#read(fragment));
  }

  /** A whole call that was found in the text. */
  pushPrinted({ name, arguments: text }: PrintedCall): readonly Piece[] {
    return this.#read({ index: undefined, id: '', name, arguments: text, replay: undefined });
  }

  pushText(text: string): readonly Piece[] {
    if (this.hasBegun) return pieces('reasoning-delta', text);
    this.#text += text;
    return [];
  }

  /** @param isWhole  the server said that it had come to its end */
  end(isWhole: boolean): readonly Piece[] {
    const said = this.hasBegun ? '' : this.#text;
    const [first = '', ...others] = this.#hasAnswer || !this.hasBegun ? [] : this.#held(isWhole);
    const rest = [...others, this.#rest.replace(specialTokens, '')].join('').trim();
    this.#text = '';
    this.#rest = '';
    this.#hasAnswer = true;
    return [
      ...pieces('text-delta', said + this.#joiner.push(first) + this.#joiner.end()),
      ...pieces('reasoning-delta', rest),
    ];
  }

  /** Of arguments that were nothing yet, or belong to a call whose name may be among them. */
  #held(isWhole: boolean): readonly string[] {
    const name = this.#call?.name ?? '';
    return isWhole ? mendArguments({ name, arguments: this.#start }, [this.#tool]).arguments : [this.#start];
  }

  #read(fragment: Fragment): readonly Piece[] {
    const isOther = this.#isOther(fragment);
    if (isOther && (this.#hasAnswer || /[^\s{}]/.test(this.#start))) {
      this.#rest += fragment.arguments;
      return [];
    }
    if (this.#call === undefined || isOther) {
      const { index, id, name } = fragment;
      this.#call = { index, id, name };
      this.#start = '';
    }
    if (this.#call.id === '') this.#call.id = fragment.id;
    if (this.#call.name === '') this.#call.name = fragment.name;
    const beside = pieces('reasoning-delta', this.#text);
    this.#text = '';
    return [...beside, ...this.#readArguments(fragment.arguments)];
  }

  /** By the marks there are; some servers give all calls one index, others give none and repeat the name. */
  #isOther({ index, id, name }: Fragment): boolean {
    if (this.#call === undefined) return false;
    const isElsewhere = index !== undefined && this.#call.index !== undefined && index !== this.#call.index;
    const isNamedOtherwise = id !== '' && this.#call.id !== '' && id !== this.#call.id;
    return isElsewhere || isNamedOtherwise || (this.#isWhole && name !== '');
  }

  #readArguments(text: string): readonly Piece[] {
    if (this.#hasAnswer) return this.#give(text);
    this.#start += text;
    // TGI 3.1 puts the name among the arguments, 1.4 calls every tool "tools"; see call-arguments.ts.
    if (this.#call?.name === '' || this.#call?.name === 'tools') return [];
    const filled = this.#start.trimStart().replace(/^(?:\{\s*\}\s*)+/, '');
    if (/^(?:\{\s*)?$/.test(filled)) return [];
    this.#hasAnswer = true;
    return this.#give(filled);
  }

  #give(text: string): readonly Piece[] {
    const end = this.#isWhole ? 0 : this.#end.push(text);
    if (end === undefined) return pieces('text-delta', this.#joiner.push(text));
    this.#isWhole = true;
    this.#rest += text.slice(end);
    return pieces('text-delta', this.#joiner.push(text.slice(0, end)));
  }
}

function pieces(type: Piece['type'], text: string): readonly Piece[] {
  return text === '' ? [] : [{ type, text }];
}

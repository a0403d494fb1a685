/** One answer of a text-completion server while it arrives. What differs between protocols is how a frame is read. */

import { ChatError, type Fault } from '../core/error.ts';
import { type Json, type JsonObject, parseJson } from '../core/json.ts';
import type { Usage } from '../core/message.ts';
import { optional } from '../core/optional.ts';
import { redact } from '../core/redact.ts';
import type { FinishEvent, StreamEvent } from '../core/stream-event.ts';
import { excerpt, type Received } from '../wire/index.ts';
import { isBrokenEnd, isErrorFrame } from './fault.ts';
import { isFailureWord, saysMore, toFinishReason } from './finish.ts';
import { type Piece, ThinkSplitter } from './reasoning.ts';
import { StopMatcher } from './stop-strings.ts';
import { SurrogateJoiner } from './surrogates.ts';

/** What one frame says. */
export interface TextFrame {
  readonly text: string;
  /** The whole text once more; it counts when nothing of it came before. */
  readonly whole?: string;
  /** The server's word for why it stopped. */
  readonly finishWord?: string;
  readonly usage?: Usage;
  readonly model?: string;
  /** Nothing follows. */
  readonly isLast: boolean;
}

export interface TextReader {
  /** undefined: this is no frame of the protocol. */
  readonly readEvent: (frame: JsonObject | readonly Json[]) => TextFrame | undefined;
  /** The one body of an answer that was not streamed. */
  readonly readBody: (
    body: JsonObject | readonly Json[],
    headers: Readonly<Record<string, string>>,
  ) => TextFrame | undefined;
  readonly toError: (frame: Json, target: string, secrets: readonly string[]) => ChatError;
}

export interface TextAnswerOptions {
  /** End the answer, whether the server heeds them or not. */
  readonly stop?: readonly string[];
  /** See PromptFormat. */
  readonly keepsSpace?: boolean | undefined;
  /** Values that must not be repeated in errors and notices. */
  readonly secrets?: readonly string[];
}

/**
 * Reads one answer, streamed or whole. Stops reading when nothing more can belong to it.
 * @throws ChatError kind 'stream' when the answer is not proven complete; what `reader.toError` makes of a failure the
 *   server reported; and what `received` throws
 */
export async function* readTextAnswer(
  received: AsyncIterable<Received>,
  target: string,
  reader: TextReader,
  options: TextAnswerOptions = {},
): AsyncGenerator<StreamEvent> {
  const answer = new TextAnswer(target, reader, options);
  let headers: Readonly<Record<string, string>> = {};
  try {
    for await (const item of received) {
      if (item.type === 'notice') yield item;
      else if (item.type === 'headers') headers = item.headers;
      else if (item.type === 'event') yield* answer.readEvent(item.name, item.data);
      else yield* answer.readBody(item.text, headers);
      if (answer.isOver) break;
    }
  } catch (error) {
    if (!answer.isProven || !isBrokenEnd(error)) {
      yield* answer.flush();
      throw error;
    }
    // The answer was complete; only the goodbye is missing.
  }
  yield* answer.finish();
}

class TextAnswer {
  readonly #target: string;
  readonly #reader: TextReader;
  readonly #secrets: readonly string[];
  readonly #keepsSpace: boolean;
  readonly #surrogates = new SurrogateJoiner();
  readonly #stop: StopMatcher;
  readonly #splitter = new ThinkSplitter();
  #usage: Usage | undefined;
  #model: string | undefined;
  #finishWord: string | undefined;
  #isAnswered = false;
  #isLast = false;
  #hasText = false;
  #hasStarted = false;
  #isDamaged = false;
  #hasWarned = false;

  constructor(target: string, reader: TextReader, { stop = [], keepsSpace = false, secrets = [] }: TextAnswerOptions) {
    this.#target = target;
    this.#reader = reader;
    this.#stop = new StopMatcher(stop);
    this.#keepsSpace = keepsSpace;
    this.#secrets = secrets;
  }

  get isProven(): boolean {
    return this.#isLast || this.#finishWord !== undefined || this.#stop.isStopped;
  }

  /** A server that did not heed a stop string would go on for ever; one that did still has its counts to tell. */
  get isOver(): boolean {
    return this.#isLast || (this.#stop.isStopped && this.#finishWord === undefined);
  }

  /** The data of one server-sent event. @throws ChatError when it reports a failure */
  *readEvent(name: string | undefined, data: string): Generator<StreamEvent> {
    const text = data.trim();
    if (text === '') return;
    if (text === '[DONE]') {
      this.#isLast = true;
      return;
    }
    const json = parseJson(text);
    if (json === undefined && name === 'error') throw this.#reader.toError(text, this.#target, this.#secrets);
    if (json !== undefined && isErrorFrame(json, name)) throw this.#reader.toError(json, this.#target, this.#secrets);
    const frame = typeof json === 'object' && json !== null ? this.#reader.readEvent(json) : undefined;
    if (frame === undefined) yield* this.#readJunk(text, json);
    else yield* this.#readFrame(frame);
  }

  /** It is whole by being JSON. @throws ChatError */
  *readBody(body: string, headers: Readonly<Record<string, string>>): Generator<StreamEvent> {
    const json = parseJson(body);
    if (json !== undefined && isErrorFrame(json, undefined)) {
      throw this.#reader.toError(json, this.#target, this.#secrets);
    }
    const frame = typeof json === 'object' && json !== null ? this.#reader.readBody(json, headers) : undefined;
    if (frame === undefined) {
      throw this.#fault('malformed', { said: `no completed text but ${excerpt(body, 80)}` });
    }
    yield* this.#readFrame(frame);
    this.#isLast = true;
  }

  /** The last pieces of text; also when the answer broke off, since they did arrive. */
  *flush(): Generator<StreamEvent> {
    yield* this.#readText(this.#stop.push(this.#surrogates.end()) + this.#stop.end());
    yield* this.#splitter.end(false);
  }

  /** @throws ChatError kind 'stream' when the answer is not proven complete */
  *finish(): Generator<StreamEvent> {
    yield* this.flush();
    if (!this.#isAnswered) throw this.#fault('empty');
    if (!this.isProven) throw this.#fault('cut');
    if (isFailureWord(this.#finishWord)) {
      throw this.#fault('reported', { said: `it stopped with finish_reason "${this.#finishWord}"` });
    }
    if (this.#isDamaged) {
      throw this.#fault('malformed', { said: 'a piece of the answer is no JSON and is missing from it' });
    }
    yield this.#finishEvent();
  }

  #finishEvent(): FinishEvent {
    const raw = this.#finishWord;
    const reason = this.#stop.isStopped ? 'stop' : toFinishReason({ raw, hasCalls: false, hasRefusal: false });
    return {
      type: 'finish',
      reason,
      ...optional('rawReason', raw !== undefined && saysMore(raw, reason) ? raw : undefined),
      ...optional('usage', this.#usage),
      ...optional('model', this.#model),
    };
  }

  *#readFrame(frame: TextFrame): Generator<StreamEvent> {
    this.#isAnswered = true;
    this.#usage = frame.usage ?? this.#usage;
    this.#model = frame.model ?? this.#model;
    this.#finishWord ??= frame.finishWord;
    const text = frame.text === '' && !this.#hasText ? (frame.whole ?? '') : frame.text;
    if (text !== '') this.#hasText = true;
    yield* this.#readText(this.#stop.push(this.#surrogates.push(text)));
    if (frame.isLast) this.#isLast = true;
  }

  /** The space after `ASSISTANT:` is the format's, not the answer's, whichever of the two wrote it. */
  *#readText(text: string): Generator<Piece> {
    const said = this.#hasStarted || this.#keepsSpace ? text : text.trimStart();
    if (said === '') return;
    this.#hasStarted = true;
    yield* this.#splitter.push(said);
  }

  /** Words such as "ping" cost nothing; broken JSON may have held a piece of the answer, unless it was complete. */
  *#readJunk(text: string, json: Json | undefined): Generator<StreamEvent> {
    if (json === undefined && /^[{[]/.test(text) && !this.isProven) this.#isDamaged = true;
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const words = `${this.#target} sent a frame that is no piece of an answer: ${excerpt(redact(text, this.#secrets), 80)}`;
    yield { type: 'notice', notice: { level: 'warning', code: 'bad-chunk', text: words } };
  }

  #fault(reason: Extract<Fault, { kind: 'stream' }>['reason'], more: { said?: string } = {}): ChatError {
    return new ChatError({ kind: 'stream', target: this.#target, reason, ...more }, { secrets: this.#secrets });
  }
}

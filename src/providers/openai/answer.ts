/** One answer while it arrives: what has been seen so far, and whether that proves it complete. */

import { ChatError } from '../../core/error.ts';
import { isJsonObject, type Json, type JsonObject, nonEmptyString, parseJson } from '../../core/json.ts';
import type { Usage } from '../../core/message.ts';
import { optional } from '../../core/optional.ts';
import { redact } from '../../core/redact.ts';
import type { FinishEvent, StreamEvent } from '../../core/stream-event.ts';
import { excerpt } from '../../wire/index.ts';
import { isErrorFrame, toChatError } from '../fault.ts';
import { type Heard, isFailureWord, isFinishWord, saysMore, toFinishReason } from '../finish.ts';
import { type Piece, reasoningOf, ThinkSplitter } from '../reasoning.ts';
import { SurrogateJoiner } from '../surrogates.ts';
import { usageOf } from '../usage.ts';
import { AnswerCall } from './answer-call.ts';
import { readContent } from './content.ts';
import { PrintedCallReader, type PrintedPiece } from './printed-calls.ts';
import { ReplayCollector } from './replay.ts';
import { type AssemblerOptions, ToolCallAssembler } from './tool-calls.ts';

export interface AnswerOptions extends AssemblerOptions {
  /** See ThinkSplitter. */
  readonly startsInThought?: boolean;
  /** The name of the tool that has to be called with the answer: its arguments are the text. */
  readonly answeredBy?: string;
  /** Values that must not be repeated in errors and notices. */
  readonly secrets?: readonly string[];
}

export class Answer {
  readonly #target: string;
  readonly #secrets: readonly string[];
  readonly #calls: ToolCallAssembler;
  readonly #answerCall: AnswerCall | undefined;
  readonly #splitter: ThinkSplitter;
  readonly #printed: PrintedCallReader;
  readonly #replay = new ReplayCollector();
  readonly #text = new SurrogateJoiner();
  readonly #reasoning = new SurrogateJoiner();
  #usage: Usage | undefined;
  #model: string | undefined;
  /** The server's first word for why it stopped; OpenRouter sends it twice. */
  #finishWord: string | undefined;
  #isAnswered = false;
  #isDone = false;
  #endedWithUsage = false;
  #isDamaged = false;
  #hasWarned = false;
  #hasDelta = false;
  #hasRefusal = false;

  constructor(target: string, options: AnswerOptions) {
    this.#target = target;
    this.#secrets = options.secrets ?? [];
    this.#calls = new ToolCallAssembler(options);
    this.#splitter = new ThinkSplitter(options.startsInThought);
    const { answeredBy, tools } = options;
    this.#answerCall = answeredBy === undefined ? undefined : new AnswerCall(answeredBy);
    this.#printed = new PrintedCallReader(answeredBy === undefined ? tools : [answeredBy]);
  }

  /** `[DONE]` was read: what follows is not part of the answer. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** By a finish_reason, `[DONE]`, or the chunk with nothing but usage that comes after everything else. */
  get isProven(): boolean {
    return this.#isDone || this.#finishWord !== undefined || this.#endedWithUsage;
  }

  /** The data of one server-sent event. @throws ChatError when it reports a failure */
  *readEvent(name: string | undefined, data: string): Generator<StreamEvent> {
    const text = data.trim();
    if (text === '') return;
    if (text === '[DONE]') {
      this.#isDone = true;
      return;
    }
    const json = parseJson(text);
    if (json === undefined && name === 'error') throw toChatError(text, this.#target, this.#secrets);
    if (json !== undefined && isErrorFrame(json, name)) throw toChatError(json, this.#target, this.#secrets);
    if (isJsonObject(json)) yield* this.#readChunk(json);
    else yield* this.#readJunk(text);
  }

  /** The one body of an answer that was not streamed. It is whole by being JSON. @throws ChatError */
  *readBody(body: string): Generator<StreamEvent> {
    const text = body.trim();
    if (text === '') return;
    const json = parseJson(text);
    if (json !== undefined && isErrorFrame(json, undefined)) throw toChatError(json, this.#target, this.#secrets);
    if (!isJsonObject(json) || !Array.isArray(json.choices)) {
      const said = `no chat completion but ${excerpt(text, 80)}`;
      throw this.#fault('malformed', { said, hint: 'does the base URL end in /v1?' });
    }
    yield* this.#readChunk(json);
    this.#isDone = true;
  }

  /** The last pieces of text; also when the answer broke off, since they did arrive. */
  *flush(): Generator<StreamEvent> {
    yield* nonEmpty('reasoning-delta', this.#reasoning.end());
    yield* this.#readPieces(this.#splitter.push(this.#text.end()));
    yield* this.#readPieces(this.#splitter.end(this.isProven && toFinishReason(this.#heard()) === 'stop'));
    yield* this.#readPrinted(this.#printed.end());
    yield* this.#answerCall?.end(this.isProven) ?? [];
  }

  /** The calls and `finish`. @throws ChatError kind 'stream' when the answer is not proven complete */
  *finish(): Generator<StreamEvent> {
    yield* this.flush();
    if (!this.#isAnswered && !this.isProven) throw this.#fault('empty');
    if (!this.isProven) throw this.#fault('cut');
    if (!this.#isAnswered && this.#finishWord === undefined) throw this.#fault('empty');
    if (isFailureWord(this.#finishWord)) {
      throw this.#fault('reported', { said: `it stopped with finish_reason "${this.#finishWord}"` });
    }
    if (this.#isDamaged)
      throw this.#fault('malformed', { said: 'a piece of the answer is no JSON and is missing from it' });

    const { calls, notices } = this.#calls.finish();
    for (const notice of notices) yield { type: 'notice', notice };
    for (const call of calls) yield { type: 'tool-call', call };
    yield this.#finishEvent();
  }

  *#readChunk(chunk: JsonObject): Generator<StreamEvent> {
    const choices: readonly Json[] = Array.isArray(chunk.choices) ? chunk.choices : [];
    // Several prompts or n > 1 interleave their choices; only the first was asked for.
    const choice = choices
      .filter(isJsonObject)
      .find(({ index }) => index === undefined || index === null || index === 0);
    const usage = usageOf(chunk, choice);
    this.#usage = usage ?? this.#usage;
    this.#model = nonEmptyString(chunk.model) ?? this.#model; // '' on Azure's first chunk
    if (choice !== undefined) yield* this.#readChoice(choice);
    else if (choices.length === 0 && usage !== undefined) this.#endedWithUsage = this.#isAnswered;
  }

  *#readChoice(choice: JsonObject): Generator<StreamEvent> {
    if (isJsonObject(choice.delta)) this.#hasDelta = true;
    // Some repeat the whole message at the end of a stream (Perplexity).
    const whole = this.#hasDelta ? undefined : choice.message;
    // Text-completion chunks, from servers that answer so on the chat route too, have nothing but `text`.
    const bare = this.#hasDelta || typeof choice.text !== 'string' ? undefined : { content: choice.text };
    const delta = [choice.delta, whole, bare].find(isJsonObject);
    const word = isFinishWord(choice.finish_reason) ? choice.finish_reason : undefined;
    this.#finishWord ??= word;
    if (delta !== undefined) yield* this.#readDelta(delta, word);
  }

  *#readDelta(delta: JsonObject, word: string | undefined): Generator<StreamEvent> {
    yield* this.#readCalls(delta.tool_calls);
    this.#replay.push(delta);
    const content = readContent(delta.content);
    const refusal = nonEmptyString(delta.refusal) ?? '';
    if (refusal !== '') this.#hasRefusal = true;
    // TGI 2 sends the end token itself as the last piece of content.
    const text = content.text === '</s>' && word === 'eos_token' ? '' : content.text;
    yield* this.#readReasoning(reasoningOf(delta) || content.reasoning);
    yield* this.#readText(text + refusal);
  }

  *#readCalls(toolCalls: Json | undefined): Generator<StreamEvent> {
    const pieces = this.#answerCall?.push(toolCalls);
    if (pieces !== undefined || (this.#answerCall === undefined && this.#calls.push(toolCalls))) this.#noteContent();
    yield* pieces ?? [];
  }

  *#readReasoning(text: string): Generator<StreamEvent> {
    if (text === '') return;
    this.#noteContent();
    this.#splitter.trustFields();
    yield* nonEmpty('reasoning-delta', this.#reasoning.push(text));
  }

  *#readText(text: string): Generator<StreamEvent> {
    if (text === '') return;
    this.#noteContent();
    yield* this.#readPieces(this.#splitter.push(this.#text.push(text)));
  }

  *#readPieces(pieces: readonly Piece[]): Generator<StreamEvent> {
    for (const piece of pieces) {
      if (piece.type === 'reasoning-delta') yield piece;
      else yield* this.#readPrinted(this.#printed.push(piece.text));
    }
  }

  *#readPrinted(pieces: readonly PrintedPiece[]): Generator<StreamEvent> {
    for (const piece of pieces) {
      if (this.#answerCall !== undefined) {
        yield* piece.type === 'call' ? this.#answerCall.pushPrinted(piece.call) : this.#answerCall.pushText(piece.text);
      } else if (piece.type === 'call') this.#calls.pushPrinted(piece.call);
      else yield { type: 'text-delta', text: piece.text };
    }
  }

  /** What comes after usage shows that the usage was not the end. */
  #noteContent(): void {
    this.#isAnswered = true;
    this.#endedWithUsage = false;
  }

  /**
   * A frame that is no chunk. Words such as "ping" cost nothing; broken JSON may have held a piece of the answer,
   * unless the answer was complete before it.
   */
  *#readJunk(text: string): Generator<StreamEvent> {
    if (/^[{[]/.test(text) && !this.isProven) this.#isDamaged = true;
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const words = `${this.#target} sent a frame that is no JSON: ${excerpt(redact(text, this.#secrets), 80)}`;
    yield { type: 'notice', notice: { level: 'warning', code: 'bad-chunk', text: words } };
  }

  #finishEvent(): FinishEvent {
    const heard = toFinishReason(this.#heard());
    const reason = this.#answerCall !== undefined && heard === 'tool-calls' ? 'stop' : heard;
    const raw = this.#finishWord;
    const replay = this.#replay.finish();
    return {
      type: 'finish',
      reason,
      ...optional('rawReason', raw !== undefined && saysMore(raw, reason) ? raw : undefined),
      ...optional('usage', this.#usage),
      ...optional('model', this.#model),
      ...optional('replay', replay),
    };
  }

  #heard(): Heard {
    const hasCalls = this.#answerCall?.hasBegun ?? !this.#calls.isEmpty;
    return { raw: this.#finishWord, hasCalls, hasRefusal: this.#hasRefusal };
  }

  #fault(reason: 'cut' | 'empty' | 'reported' | 'malformed', more: { said?: string; hint?: string } = {}): ChatError {
    return new ChatError({ kind: 'stream', target: this.#target, reason, ...more }, { secrets: this.#secrets });
  }
}

function* nonEmpty(type: Piece['type'], text: string): Generator<StreamEvent> {
  if (text !== '') yield { type, text };
}

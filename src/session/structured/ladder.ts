/**
 * The ladder of one turn: by which of the server's means the answer is held to its format, what came of it, and
 * what to do next. A means that the server refuses or visibly ignores is left for the next weaker one, and that is
 * remembered; an answer that is wrong is asked for again with what is wrong.
 */

import { ChatError, type Fault } from '../../core/error.ts';
import { type JsonNode, printJson } from '../../core/json-node.ts';
import type { Notice } from '../../core/notice.ts';
import type { Provider } from '../../core/provider.ts';
import type { FormatAttempt, FormatReport, ResponseFormat, SchemaMode } from '../../core/response-format.ts';
import type { StructuredResult, TurnOutcome } from '../../core/turn-event.ts';
import type { Answer } from '../ask.ts';
import { Descent, type Standing, toFormat } from './descent.ts';
import type { StructuredOutput, Wanted, WantedItems } from './index.ts';
import { ItemStream } from './item-stream.ts';
import { type AnswerVerdict, judgeAnswer } from './judge-answer.ts';
import { asksAgain, impossible, nounOf, repaired, rungIgnored, rungRefused } from './ladder-words.ts';
import { correction, demand } from './words.ts';

/** What the next request has to look like. */
export interface Step {
  /** Absent while tools come first: the server takes no format beside them. */
  readonly format?: ResponseFormat;
  readonly withTools: boolean;
  /** For elements that are given out while the answer arrives. */
  readonly items?: ItemStream;
}

export type Next =
  | {
      readonly kind: 'satisfied';
      readonly result: StructuredResult;
      readonly notices: readonly Notice[];
      /** Elements that were asked for and not given out while the answer arrived: JSON texts. */
      readonly items: readonly string[];
    }
  /** Ask again; with a message to the model, or afresh as if that answer had not been. */
  | { readonly kind: 'again'; readonly notices: readonly Notice[]; readonly say?: string }
  | { readonly kind: 'failed'; readonly error: ChatError };

export interface LadderOptions {
  readonly structured: StructuredOutput;
  readonly provider: Provider;
  readonly model: string | undefined;
  /** Tools are on offer in this turn. */
  readonly hasTools: boolean;
}

export class Ladder {
  readonly #structured: StructuredOutput;
  readonly #provider: Provider;
  readonly #model: string | undefined;
  readonly #descent: Descent;
  readonly #attempts: FormatAttempt[] = [];
  /** Refused by the server: to be remembered when a lower rung turns out to be accepted. */
  #refused: SchemaMode[] = [];
  #standing: Standing;
  #wrongAnswers = 0;
  /** Tools come before the format, in requests of their own. */
  #gathers: boolean;
  #items: ItemStream | undefined;

  /** @throws ChatError kind 'usage' when no rung of the server, or not the one asked for, can be taken */
  constructor({ structured, provider, model, hasTools }: LadderOptions) {
    this.#structured = structured;
    this.#provider = provider;
    this.#model = model;
    this.#descent = new Descent(structured, provider, model);
    const first = this.#descent.next();
    if (first === undefined) {
      const has = provider.rungs(structured.wanted.kind, model).map(({ mode }) => mode);
      throw impossible(structured, { target: provider.target, has, reasons: this.#descent.notPossible });
    }
    this.#standing = first;
    this.#gathers = hasTools && !first.rung.besideTools;
  }

  get report(): FormatReport {
    const { kind } = this.#structured.wanted;
    const attempts = this.#attempts;
    if (this.#gathers) return { kind, mode: 'free', changes: [], attempts };
    const { rung, adapted } = this.#standing;
    return { kind, mode: rung.mode, changes: [...this.#descent.notPossible, ...(adapted?.changes ?? [])], attempts };
  }

  /** @param toolsAllowed  false when the rounds with tools are used up */
  step(toolsAllowed: boolean): Step {
    if (this.#gathers && toolsAllowed) return { withTools: true };
    this.#gathers = false;
    const { rung } = this.#standing;
    this.#items = this.#openItems();
    return {
      format: toFormat(this.#structured.wanted, this.#standing),
      withTools: toolsAllowed && rung.besideTools,
      ...(this.#items !== undefined && { items: this.#items }),
    };
  }

  /** Of a request that failed: the notice with which to go on one rung lower; undefined when the failure stands. */
  refused(outcome: TurnOutcome): Notice | undefined {
    if (this.#gathers || outcome.kind !== 'failed' || outcome.partial) return undefined;
    const { fault } = outcome.error;
    if (!isAboutFormat(fault)) return undefined;
    const { mode } = this.#standing.rung;
    this.#attempts.push({ mode, result: 'refused', problems: [fault.said] });
    const lower = this.#descent.next();
    if (lower === undefined) return undefined;
    if (!isAboutThisFormat(fault)) this.#refused.push(mode);
    this.#standing = lower;
    return rungRefused(this.#provider.target, mode, lower.rung.mode);
  }

  /** The server took the request: what it refused before was the format, and is not tried again. */
  accepted(): void {
    for (const mode of this.#refused) this.#provider.leaveRung(this.#structured.wanted.kind, this.#model, mode);
    this.#refused = [];
  }

  /** @param answer  a whole one, neither cut nor refused by the model */
  async next({ text, calls }: Pick<Answer, 'text' | 'calls'>): Promise<Next> {
    const { wanted } = this.#structured;
    const { adapted, rung } = this.#standing;
    const restore = adapted?.restore ?? ((node: JsonNode) => node);
    const hasGivenOut = this.#items?.hasGivenOut === true;
    const itemProblems = hasGivenOut ? this.#items?.problems(restore) : undefined;
    if (itemProblems !== undefined) return this.#nextAfterItems(itemProblems);
    const verdict = calls.length > 0 ? uncalled : await judgeAnswer(text, wanted, adapted);
    const mode = this.#gathers ? 'free' : rung.mode;
    if (verdict.ok) {
      this.#attempts.push({ mode, result: 'valid', problems: [] });
      const notices = verdict.repairs.map(repaired);
      const path = hasGivenOut ? undefined : itemsOf(wanted)?.path;
      const items = verdict.node === undefined ? [] : elementsOf(verdict.node, path);
      return { kind: 'satisfied', result: this.#result(verdict.text), notices, items };
    }
    if (hasGivenOut) return this.#nextAfterItems(verdict.problems);
    if (this.#gathers) {
      this.#gathers = false;
      return { kind: 'again', notices: [], say: demand(wanted) };
    }
    const lower = this.#isIgnored(verdict.ignores) ? this.#stepPast(verdict.problems) : undefined;
    if (lower !== undefined) return lower;
    this.#attempts.push({ mode, result: 'invalid', problems: verdict.problems });
    this.#wrongAnswers++;
    if (this.#wrongAnswers > this.#structured.retries) return this.#failed(verdict.problems, text);
    const { problems } = verdict;
    const retry = asksAgain(wanted, problems, `${this.#wrongAnswers} of ${this.#structured.retries}`);
    return { kind: 'again', notices: [retry], say: correction(wanted, problems) };
  }

  /**
   * A server that enforces the schema lets nothing through that breaks it. One that is only asked to call a tool, or
   * was not asked to be strict, shows that it did not heed the format when there is no JSON at all.
   */
  #isIgnored(ignores: 'format' | 'schema' | undefined): boolean {
    const { rung, adapted } = this.#standing;
    if (!holdsTheModel(rung.mode) || ignores === undefined) return false;
    if (ignores === 'format') return true;
    return rung.mode !== 'tool' && (rung.schema === 'any' || adapted?.strict === true);
  }

  /** Elements cannot be taken back: such an answer is right or the run has failed. */
  #nextAfterItems(problems: readonly string[]): Next {
    const { mode } = this.#standing.rung;
    this.#attempts.push({ mode, result: problems.length === 0 ? 'valid' : 'invalid', problems });
    if (problems.length > 0) return this.#failed(problems, '');
    return { kind: 'satisfied', result: this.#result(undefined), notices: [], items: [] };
  }

  /** What the server visibly ignored is left at once: the next answer is asked for as if this one had not been. */
  #stepPast(problems: readonly string[]): Next | undefined {
    const { mode } = this.#standing.rung;
    const lower = this.#descent.next();
    if (lower === undefined) return undefined;
    this.#attempts.push({ mode, result: 'ignored', problems });
    this.#provider.leaveRung(this.#structured.wanted.kind, this.#model, mode);
    this.#standing = lower;
    const notice = rungIgnored({ target: this.#provider.target, problems, mode, lower: lower.rung.mode });
    return { kind: 'again', notices: [notice] };
  }

  #openItems(): ItemStream | undefined {
    const items = itemsOf(this.#structured.wanted);
    const place = items === undefined ? undefined : this.#standing.adapted?.itemsIn(items.path);
    return items === undefined || place === undefined ? undefined : new ItemStream(items, place);
  }

  #result(text: string | undefined): StructuredResult {
    const { kind } = this.#structured.wanted;
    return { kind, report: this.report, ...(text !== undefined && { text }) };
  }

  #failed(problems: readonly string[], raw: string): Next {
    const wanted = nounOf(this.#structured.wanted);
    // A request that was refused brought no answer.
    const attempts = this.#attempts.filter(({ result }) => result !== 'refused').length;
    return { kind: 'failed', error: new ChatError({ kind: 'schema', wanted, problems, attempts, raw }) };
  }
}

const uncalled: AnswerVerdict = { ok: false, problems: ['it calls a tool, and none is on offer'] };

/** What the weaker rungs ask for, the server cannot ignore: it is the model that does not heed it. */
function holdsTheModel(mode: SchemaMode): boolean {
  return mode === 'native' || mode === 'grammar' || mode === 'tool';
}

function itemsOf(wanted: Wanted): WantedItems | undefined {
  return wanted.kind === 'json-schema' ? wanted.items : undefined;
}

/** @param path  undefined when no elements are asked for */
function elementsOf(node: JsonNode, path: readonly string[] | undefined): readonly string[] {
  let place: JsonNode | undefined = path === undefined ? undefined : node;
  for (const name of path ?? []) place = place?.kind === 'object' ? place.members.get(name) : undefined;
  return place?.kind === 'array' ? place.items.map((item) => printJson(item)) : [];
}

/** Of the schema or pattern at hand rather than of all: OpenAI's invalid_json_schema, an engine that reads no lookahead. */
function isAboutThisFormat({ code, said }: Extract<Fault, { kind: 'server' }>): boolean {
  return code === 'invalid_json_schema' || /invalid (?:json )?(?:schema|regex|grammar|pattern)/i.test(said);
}

function isAboutFormat(fault: Fault): fault is Extract<Fault, { kind: 'server' }> {
  return fault.kind === 'server' && fault.about === 'format';
}

/** What a prompt format is, and the way most of them are written: one text a message, joined without anything between. */

import type { Message } from '../../core/message.ts';
import { toTurns } from './turns.ts';

export interface PromptFormat {
  /** The one string a server continues with the answer. */
  build(messages: readonly Message[]): string;
  /** Strings that end the answer and are no part of it. */
  readonly stop: readonly string[];
  /** A last message of the model's own is left open, so that the answer goes on with it. */
  readonly continues?: true;
  /** The answer goes on in the middle of a text, so the space it begins with belongs to it. */
  readonly keepsSpace?: boolean;
}

export interface Template {
  readonly system: (text: string) => string;
  readonly user: (text: string) => string;
  readonly assistant: (text: string) => string;
  /** Opens the answer. */
  readonly end: string;
  readonly stop: readonly string[];
  /** What must not come out of a message; global. See neutralize. */
  readonly specialTokens: RegExp;
}

export function fromTemplate(template: Template): PromptFormat {
  return {
    build(messages) {
      const { system, turns } = toTurns(messages, template.specialTokens);
      const last = turns.at(-1);
      const unfinished = last?.role === 'assistant' ? last.text : '';
      const closed = last?.role === 'assistant' ? turns.slice(0, -1) : turns;
      const parts = closed.map(({ role, text }) => template[role](text));
      return [system === undefined ? '' : template.system(system), ...parts, template.end, unfinished].join('');
    },
    continues: true,
    stop: template.stop,
  };
}

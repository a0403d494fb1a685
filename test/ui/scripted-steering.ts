/** Steering for the harness: a conversation that is a list of what was written. */

import type { RunningTurn } from '../../src/ui/actions.ts';
import type { Steering, WrittenLine } from '../../src/ui/steering.ts';

export interface ScriptedSteering extends Steering {
  /** A message was sent. */
  wrote(text: string): void;
}

/** @param start  answers a text */
export function scriptedSteering(start: (text: string) => RunningTurn): ScriptedSteering {
  let written: WrittenLine[] = [];
  const undone: WrittenLine[] = [];
  let options: readonly (readonly [string, string])[] = [];
  return {
    wrote: (text) => void written.unshift({ id: `w${written.length}`, text, attached: [] }),
    thinking: () => undefined,
    think() {},
    options: () => options,
    setOption(name, value) {
      options = [...options.filter(([set]) => set !== name), ...(value === undefined ? [] : [[name, value] as const])];
    },
    written: () => written,
    rewindBefore(id) {
      const at = written.findIndex((line) => line.id === id);
      written = written.slice(at + 1);
      return at !== -1;
    },
    async undo() {
      const last = written.shift();
      if (last !== undefined) undone.push(last);
      return last && { ...last, unsaved: undefined };
    },
    async redo() {
      const next = undone.pop();
      if (next !== undefined) written.unshift(next);
      return next && { ...next, unsaved: undefined };
    },
    branches: () =>
      written.map(({ id, text }, index) => ({
        ...{
          tip: id,
          text,
          at: '2026-01-01T12:00:00Z',
          count: written.length - index,
          current: index === 0,
          answer: 'an answer',
        },
      })),
    switchBranch: async () => ({ messages: [], unsaved: undefined }),
    goOn: () => (written.length === 0 ? undefined : start('and the rest')),
    fork: async () => 'forked',
    rename: async (title) => `renamed ${title}`,
    search: async (words) => [{ id: 'c9', title: 'an old one', updatedAt: '2026-01-01T00:00:00Z', passage: words }],
    context: async () => ({
      counts: { system: 0, user: written.length, assistant: 1, tool: 0 },
      tools: 1,
      estimatedTokens: 1234,
      reportedTokens: undefined,
      window: 4096,
    }),
    usage: () => ({
      turns: written.length,
      usage: { promptTokens: 12_345, completionTokens: 10 },
      elapsedMs: 61_000,
      tokensPerSecond: 12.34,
      firstWordMs: 250,
      cost: undefined,
    }),
    compact: async () => ({ replaced: 12, tokensBefore: 9400, tokensAfter: 600, unsaved: undefined }),
    summary: () => 'a summary',
    answers: () => ['The answer.\n\n```sh\nls -l\n```\n\n~~~py\nprint(1)\n~~~'],
    copy: async (text) => `by hand: ${JSON.stringify(text)}`,
  };
}

/** What the REPL of harness.tsx finds outside: models, conversations, files. */

import { ChatError } from '../../src/core/error.ts';
import type { ReplActions } from '../../src/ui/actions.ts';

type Finding = Pick<
  ReplActions,
  | 'listModels'
  | 'knownModels'
  | 'clock'
  | 'listConversations'
  | 'resume'
  | 'savedSchemas'
  | 'listFiles'
  | 'listTree'
  | 'kindOfFile'
  | 'attach'
>;

/** @param models  how many there are; `never` is a list that does not arrive */
export function scriptedFinding(models: string | undefined): Finding {
  return {
    listModels: (signal) =>
      models === 'never'
        ? untilAborted(signal)
        : Promise.resolve(
            models === undefined
              ? [{ id: 'small' }, { id: 'large' }]
              : Array.from({ length: Number(models) }, (_, index) => ({ id: `vendor/모델-${index + 1}` })),
          ),
    listConversations: async () => [
      { id: 'c7', title: '서울 날씨', createdAt: day, updatedAt: day, messageCount: 4 },
      { id: 'c8', title: 'A trip to Busan', createdAt: day, updatedAt: day, messageCount: 2 },
    ],
    resume: async (query) => ({
      title: query === 'c7' ? '서울 날씨' : query,
      messages: [
        { role: 'user', text: 'How is the weather?' },
        { role: 'assistant', text: 'It **rains**.', toolCalls: [], ending: 'stop' },
      ],
      problems: [],
    }),
    knownModels: () => undefined,
    clock: () => Date.parse(day) + 5 * 60_000,
    savedSchemas: () => ['person'],
    listFiles: async () => ['notes.txt', 'src/', 'two words.txt'],
    listTree: async () => ['src/ui/work.ts'],
    kindOfFile: (path) => (path === 'notes.txt' || path === '/etc/hosts' ? 'file' : undefined),
    async attach(text) {
      if (text.includes('@cat.png')) throw new ChatError({ kind: 'usage', what: 'cat.png cannot be attached' });
      return { text: `answer ${text} with a file`, notes: ['attached notes.txt, 3 lines'] };
    },
  };
}

const day = '2026-03-01T12:00:00.000Z';

/** As a request does, it keeps the program until then. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const waiting = setInterval(() => {}, 60_000);
    const stop = (): void => {
      clearInterval(waiting);
      reject(new ChatError({ kind: 'aborted' }));
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

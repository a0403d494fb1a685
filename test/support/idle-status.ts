import type { ReplStatus } from '../../src/ui/actions.ts';

/** A REPL in which nothing has been asked yet. */
export const idleStatus: ReplStatus = {
  profile: 'p',
  kind: 'openai',
  model: 'm',
  target: 'nowhere',
  conversationId: 'c',
  system: undefined,
  tools: [],
  approval: 'ask',
  format: undefined,
};

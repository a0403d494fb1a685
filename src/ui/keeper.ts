/** Keeps the text of the last answer and of the last reasoning, to be shown another way, and how a schema was asked for. */

import type { TurnEvent } from '../core/turn-event.ts';
import type { ViewAction } from './view.ts';

export interface Keeper {
  take(event: TurnEvent): readonly ViewAction[];
}

export function createKeeper(): Keeper {
  let reasoning: string[] = [];
  const steps: string[] = [];
  return {
    take(event) {
      if (event.type === 'reasoning-delta') {
        reasoning.push(event.text);
        return [];
      }
      const actions: ViewAction[] = [];
      if (event.type === 'notice' && event.notice.code === 'schema-rung') steps.push(event.notice.text);
      if (event.type === 'turn-end') actions.push({ type: 'stepped', steps });
      if (reasoning.length > 0) actions.push({ type: 'reasoned', text: reasoning.join('') });
      reasoning = [];
      const said = event.type === 'message' ? event.message.message : undefined;
      if (said?.role === 'assistant' && said.text !== '') actions.push({ type: 'answered', text: said.text });
      return actions;
    },
  };
}

/**
 * The one model of a server that has a fixed word for it and takes any other name for that of an adapter (TGI): its
 * listed name is what people know it by and what profiles keep, so it is found out and the word sent instead.
 */

import { isChatError } from '../../core/error.ts';
import type { ChatRequest, ModelInfo } from '../../core/provider.ts';
import type { Dialect } from './dialect.ts';

export class OwnModel {
  #id: string | undefined;
  #isAsked = false;

  /** @param models  as listed; of several, the name has to tell which */
  see(models: readonly ModelInfo[]): void {
    this.#isAsked = true;
    this.#id = models.length === 1 ? models[0]?.id : undefined;
  }

  /**
   * Lists the models, at most once, if the answer matters to this request; `list` has to report them to `see`.
   * @throws ChatError kind 'aborted'
   */
  async find({ model }: ChatRequest, { modelWhenNoneNamed }: Dialect, list: () => Promise<unknown>): Promise<void> {
    const isClear = modelWhenNoneNamed === undefined || model === undefined || model === modelWhenNoneNamed;
    if (isClear || this.#isAsked) return;
    this.#isAsked = true;
    try {
      await list();
    } catch (error) {
      // A server that lists nothing gets the name as it was given, and what else is wrong the request itself will meet.
      if (!isChatError(error) || error.kind === 'aborted') throw error;
    }
  }

  rename(request: ChatRequest, { modelWhenNoneNamed }: Dialect): ChatRequest {
    const isOwn = modelWhenNoneNamed !== undefined && request.model !== undefined && request.model === this.#id;
    return isOwn ? { ...request, model: undefined } : request;
  }
}

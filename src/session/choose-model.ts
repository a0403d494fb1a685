/** Which model to ask when nobody named one: the first that the server offers, and say so. None if it needs no name. */

import { ChatError, isChatError, type ServerFault } from '../core/error.ts';
import type { Provider } from '../core/provider.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';

type Choice = { readonly id: string | undefined; readonly outcome?: undefined } | { readonly outcome: TurnOutcome };

export async function* chooseModel(
  { model, provider }: { readonly model: string | undefined; readonly provider: Provider },
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, Choice> {
  if (model !== undefined || provider.modelIsOptional) return { id: model };
  try {
    const models = await provider.listModels(signal);
    const first = models[0];
    if (first === undefined) throw noModel(provider, 'lists no models');
    const text = `model: ${first.id}${models.length === 1 ? '' : ` (the first of ${models.length}; -m chooses another)`}`;
    yield { type: 'notice', notice: { level: 'info', code: 'model-chosen', text } };
    return { id: first.id };
  } catch (error) {
    if (!isChatError(error)) throw error;
    if (error.kind === 'aborted') return { outcome: { kind: 'aborted' } };
    // A server without a list of models may still answer; one that cannot be reached will not.
    const failure = error.fault.kind === 'server' ? noModel(provider, refusal(error.fault)) : error;
    return { outcome: { kind: 'failed', error: failure, partial: false } };
  }
}

function noModel({ target }: Provider, why: string): ChatError {
  return new ChatError({ kind: 'config', what: `no model is set and ${target} ${why}; name one with -m NAME` });
}

function refusal({ status, said }: ServerFault): string {
  return `does not list its models: it answered ${status}${said === '' ? '' : `, "${said}"`}`;
}

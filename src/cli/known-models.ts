/** What the REPL's server has listed, for as long as that server is asked. */

import type { ModelInfo, Provider } from '../core/provider.ts';
import type { ReplActions } from '../ui/actions.ts';

export function createModelList(provider: () => Provider): Pick<ReplActions, 'listModels' | 'knownModels'> {
  let listed: { readonly by: Provider; readonly models: readonly ModelInfo[] } | undefined;
  return {
    async listModels(signal) {
      const by = provider();
      const models = await by.listModels(signal);
      listed = { by, models };
      return models;
    },
    knownModels() {
      if (listed?.by !== provider() || listed.models.length === 0) return undefined;
      return listed.models.map(({ id }) => id);
    },
  };
}

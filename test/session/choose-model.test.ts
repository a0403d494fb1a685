import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../src/core/error.ts';
import type { Provider } from '../../src/core/provider.ts';
import { chooseModel } from '../../src/session/choose-model.ts';
import { scriptedProvider } from '../support/scripted-provider.ts';

const target = 'http://scripted.test';

async function choose(change: Partial<Provider>) {
  const provider = { ...scriptedProvider([]), ...change };
  const choosing = chooseModel({ model: undefined, provider }, new AbortController().signal);
  for (;;) {
    const step = await choosing.next();
    if (step.done) return step.value;
  }
}

async function messageFor(listModels: Provider['listModels']): Promise<string> {
  const { outcome } = await choose({ listModels });
  return outcome?.kind === 'failed' ? outcome.error.message : assert.fail('a model was chosen');
}

test('a server that lists no models, or none at all, is told of in one sentence', async () => {
  assert.equal(
    await messageFor(async () => []),
    `no model is set and ${target} lists no models; name one with -m NAME`,
  );
  const refused = messageFor(async () => {
    throw new ChatError({ kind: 'server', target, status: 404, said: 'Not Found', hint: 'asked for /v1/models' });
  });
  assert.equal(
    await refused,
    `no model is set and ${target} does not list its models: it answered 404, "Not Found"; name one with -m NAME`,
  );
});

test('a server that needs no model is not asked for a list', async () => {
  const listModels = () => assert.fail('it was asked');
  assert.deepEqual(await choose({ modelIsOptional: true, listModels }), { id: undefined });
});

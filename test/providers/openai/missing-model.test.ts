import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../../src/core/error.ts';
import type { Profile } from '../../../src/core/profile.ts';
import { type FaultServer, type Handler, sendJson } from '../../support/fault-server.ts';
import { failureOf, request, withServer } from './served.ts';

const notFound = { error: { message: 'The model `gpt-5.1-mini` does not exist', code: 'model_not_found' } };

/** Knows no model, and lists these. */
const serving =
  (ids: readonly string[], said: unknown = notFound, status = 404): Handler =>
  ({ path }, response) =>
    path.endsWith('/models')
      ? sendJson(response, { data: ids.map((id) => ({ id, owned_by: 'x' })) })
      : sendJson(response, said, status);

interface Told {
  readonly hint?: string | undefined;
  readonly message: string;
  readonly requests: FaultServer['requests'];
}

async function tell(handler: Handler, profile: Partial<Profile> = {}): Promise<Told> {
  let told: Told | undefined;
  await withServer(
    handler,
    async (provider, server) => {
      const error = await failureOf(provider, { ...request, model: 'gpt-5.1-mini' });
      assert.ok(isChatError(error) && error.fault.kind === 'server');
      told = { hint: error.fault.hint, message: error.message, requests: server.requests };
    },
    { profile },
  );
  assert.ok(told !== undefined);
  return told;
}

test('a model that does not exist is answered with those that do, the nearest first', async () => {
  const { hint, message } = await tell(serving(['llama-3.3', 'gpt-5.1', 'gpt-5-mini']));
  assert.equal(hint, 'it has gpt-5-mini, gpt-5.1, llama-3.3');
  assert.match(message, /answered 404: The model `gpt-5.1-mini` does not exist/);
});

test('of many models the nearest are named', async () => {
  const { hint } = await tell(serving([...Array.from({ length: 30 }, (_, index) => `model-${index}`), 'gpt-5.1']));
  assert.match(hint ?? '', /^it has gpt-5\.1, model-\d+.*, and 23 more$/);
});

test('servers say that there is no such model in many words', async () => {
  for (const [said, status] of [
    [{ error: { message: 'model "x" not found, try pulling it first', type: 'not_found_error' } }, 404],
    [{ detail: 'Model not found in the model list, uid: x' }, 400],
    [{ object: 'error', message: 'Invalid model: x', type: 'invalid_model', code: '1500' }, 400],
    [{ error: { message: 'x is not a valid model ID', code: 400 } }, 400],
    [{ error: { message: 'Model Not Exist' } }, 400],
    [{ error: { message: 'models/x is not found for API version v1beta', status: 'NOT_FOUND' } }, 404],
    [{ error: { message: 'model: x', type: 'not_found_error' } }, 404],
    [{ error: { message: 'Unable to access it', code: 'model_not_available' } }, 404],
  ] as const) {
    assert.equal((await tell(serving(['a'], said, status))).hint, 'it has a', JSON.stringify(said));
  }
});

test('other refusals ask for no list', async () => {
  const { requests } = await tell(serving(['a'], { error: { message: 'temperature is too high' } }, 400));
  assert.equal(requests.length, 1);
});

test('a list that cannot be had leaves the error as it was', async () => {
  const { hint, requests } = await tell(({ path }, response) =>
    sendJson(response, path.endsWith('/models') ? { error: 'boom' } : notFound, path.endsWith('/models') ? 500 : 404),
  );
  assert.match(hint ?? '', /check the base URL/);
  assert.equal(requests.length, 2);
});

test('a server without any model is told how to get one', async () => {
  const ollama = await tell(serving([]), { capabilities: { server: 'ollama' } });
  const xinference = await tell(serving([]), { kind: 'xinference' });
  assert.match(ollama.hint ?? '', /ollama pull/);
  assert.match(xinference.hint ?? '', /xinference launch/);
  assert.equal((await tell(serving([]))).hint, 'it has no models');
});

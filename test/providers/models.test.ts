import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../src/core/json.ts';
import { readModels } from '../../src/providers/models.ts';

const ids = (body: Json) => readModels(body)?.map(({ id }) => id);

test('models are found in every shape of list', () => {
  assert.deepEqual(ids({ object: 'list', data: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] }), ['a', 'b']);
  assert.deepEqual(ids({ object: 'list', data: null }), []);
  assert.deepEqual(ids({ models: [{ name: 'a' }, { key: 'b' }, 'c', {}] }), ['a', 'b', 'c']);
  assert.deepEqual(ids({ models: [{ name: 'file' }], data: [{ id: 'a' }] }), ['a']);
  assert.deepEqual(ids([{ id: 'a' }]), ['a']);
});

test('what is no list of models is not taken for an empty one', () => {
  for (const body of [{}, { data: {} }, 'x', 1, null] as Json[]) assert.equal(readModels(body), undefined);
});

test('the context window is read under the names servers give it', () => {
  const windows = [
    { max_model_len: 1 },
    { context_length: 2 },
    { context_window: 3 },
    { max_context_length: 4 },
    { meta: { n_ctx: 5, n_ctx_train: 9 } },
    { meta: { n_ctx_train: 6 } },
    { top_provider: { context_length: 7 } },
    { context_length: 0 },
  ].map((more, index) => ({ id: String(index), owned_by: 'x', ...more }));
  assert.deepEqual(
    readModels({ data: windows })?.map(({ contextWindow }) => contextWindow),
    [1, 2, 3, 4, 5, 6, 7, undefined],
  );
});

test('models that cannot chat are left out', () => {
  assert.deepEqual(
    ids({
      data: [
        { id: 'a', model_type: 'LLM' },
        { id: 'b', model_type: 'embedding' },
        { id: 'c', type: 'image' },
      ],
    }),
    ['a'],
  );
});

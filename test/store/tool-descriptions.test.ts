import assert from 'node:assert/strict';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openToolDescriptions } from '../../src/store/tool-descriptions.ts';
import { temporaryFolder } from './folder.ts';

test('what is written is read back, from a file that only its owner reads', () => {
  const path = join(temporaryFolder(), 'banter', 'described.json');
  const descriptions = openToolDescriptions(path);
  assert.equal(descriptions.read(), undefined);
  descriptions.write({ version: 1, files: { a: ['b'] } });
  assert.deepEqual(descriptions.read(), { version: 1, files: { a: ['b'] } });
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test('a damaged file is as good as none', () => {
  const path = join(temporaryFolder(), 'described.json');
  writeFileSync(path, '{"version":');
  assert.equal(openToolDescriptions(path).read(), undefined);
});

test('a place that cannot be written or read costs nothing but the descriptions', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  const behindFile = openToolDescriptions(join(folder, 'file', 'described.json'));
  behindFile.write({});
  assert.equal(behindFile.read(), undefined);
  mkdirSync(join(folder, 'described.json'));
  assert.equal(openToolDescriptions(join(folder, 'described.json')).read(), undefined);
  assert.equal(existsSync(join(folder, 'file', 'described.json')), false);
});

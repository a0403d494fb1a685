import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import {
  listSchemas,
  maxSchemaBytes,
  readSavedSchema,
  removeSchema,
  saveSchema,
  schemaFile,
} from '../../src/store/schemas.ts';
import { temporaryPaths } from './folder.ts';

test('without a folder there are no schemas and nothing is created', () => {
  const paths = temporaryPaths();
  assert.deepEqual(listSchemas(paths), []);
  assert.equal(existsSync(paths.configDir), false);
});

test('schemas are saved, replaced, listed and removed, in files for their owner alone', () => {
  const paths = temporaryPaths();
  saveSchema(paths, 'person', { type: 'string' });
  saveSchema(paths, 'person', { type: 'object' });
  saveSchema(paths, 'a.v2', true);
  assert.deepEqual(listSchemas(paths), ['a.v2', 'person']);
  assert.deepEqual(JSON.parse(readSavedSchema(paths, 'person')), { type: 'object' });
  assert.equal(statSync(schemaFile(paths, 'person')).mode & 0o777, 0o600);
  assert.equal(statSync(paths.schemasDir).mode & 0o777, 0o700);
  removeSchema(paths, 'a.v2');
  assert.deepEqual(readdirSync(paths.schemasDir), ['person.json']);
});

test('what a person put into the folder counts when its name can be typed', () => {
  const paths = temporaryPaths();
  mkdirSync(paths.schemasDir, { recursive: true });
  for (const name of ['mine.json', 'note.txt', '-x.json', '.hidden.json', 'with space.json']) {
    writeFileSync(join(paths.schemasDir, name), '\ufeff{}');
  }
  assert.deepEqual(listSchemas(paths), ['mine']);
  assert.equal(readSavedSchema(paths, 'mine'), '{}');
});

test('a name that leads out of the folder, or is none, is refused and nothing is written', () => {
  const paths = temporaryPaths();
  for (const name of ['', '../x', 'a/b', '.x', 'x'.repeat(65), '사람', 'a\u0000b']) {
    assert.throws(
      () => saveSchema(paths, name, true),
      (error) => isChatError(error, 'usage'),
      name,
    );
    assert.throws(
      () => readSavedSchema(paths, name),
      (error) => isChatError(error, 'usage'),
      name,
    );
    assert.throws(
      () => removeSchema(paths, name),
      (error) => isChatError(error, 'usage'),
      name,
    );
  }
  assert.equal(existsSync(paths.configDir), false);
});

test('an unknown name is told how to save one, then which there are, nearest first', () => {
  const paths = temporaryPaths();
  const complaint = (name: string): string => {
    try {
      removeSchema(paths, name);
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
    return assert.fail('it was found');
  };
  assert.match(complaint('x'), /banter schema save NAME SOURCE/);
  saveSchema(paths, 'invoice', true);
  saveSchema(paths, 'person', true);
  assert.match(complaint('perso'), /did you mean @person\)$/);
  assert.match(complaint('quux'), /there are @invoice, @person\)$/);
});

test('a schema that is too large is neither read nor saved', () => {
  const paths = temporaryPaths();
  const isTooLarge = (error: unknown): boolean => isChatError(error, 'usage') && /larger than/.test(error.message);
  assert.throws(() => saveSchema(paths, 'a', { title: 'x'.repeat(maxSchemaBytes) }), isTooLarge);
  saveSchema(paths, 'a', true);
  writeFileSync(schemaFile(paths, 'a'), `{}${' '.repeat(maxSchemaBytes)}`);
  assert.throws(() => readSavedSchema(paths, 'a'), isTooLarge);
});

test('a folder that cannot be used is named', () => {
  const paths = temporaryPaths();
  mkdirSync(paths.configDir, { recursive: true });
  writeFileSync(paths.schemasDir, '');
  for (const use of [() => listSchemas(paths), () => saveSchema(paths, 'a', true), () => readSavedSchema(paths, 'a')]) {
    assert.throws(use, (error) => isChatError(error, 'storage') && error.message.includes(paths.schemasDir));
  }
  assert.equal(readFileSync(paths.schemasDir, 'utf8'), '');
});

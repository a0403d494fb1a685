import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands, readWritten } from '../../../src/ui/commands/index.ts';

const nameOf = (text: string): string => {
  const read = readWritten(text);
  if (read.kind === 'command') return `/${read.command.name}(${read.argument})`;
  return read.kind === 'message' ? read.text : `unknown ${read.word}, near ${read.near}`;
};

test('a command is read by name or alias, in any case, with the rest as its argument', () => {
  assert.equal(nameOf('/help'), '/help()');
  assert.equal(nameOf('/?'), '/help()');
  assert.equal(nameOf('/clear'), '/new()');
  assert.equal(nameOf('/Model  a/b:c '), '/model(a/b:c)');
  assert.equal(nameOf('/system two\nlines'), '/system(two\nlines)');
});

test('an unknown word is no message, and what was meant is named', () => {
  assert.equal(nameOf('/hlep me'), 'unknown hlep, near help');
  assert.equal(nameOf('/mod'), 'unknown mod, near model');
  assert.equal(nameOf('/xyzzy'), 'unknown xyzzy, near undefined');
  assert.equal(nameOf('/'), 'unknown , near undefined');
});

test('a path is a message when it is there, or when no command is near it', () => {
  const there = (text: string): string => readWritten(text, (path) => path === '/home/me').kind;
  assert.equal(there('/home/me is mine'), 'message');
  assert.equal(there('/usr/bin/env node'), 'message');
  assert.equal(there('/hepl/help'), 'unknown');
  assert.equal(there('/help.'), 'unknown');
  assert.equal(there('/notes.txt'), 'unknown');
});

test('two slashes send one, and a path is a message', () => {
  assert.equal(nameOf('//help is a command'), '/help is a command');
  assert.equal(nameOf('/etc/hosts looks odd'), '/etc/hosts looks odd');
  assert.equal(nameOf('what is /help?'), 'what is /help?');
});

test('no two commands share a name', () => {
  const names = commands.flatMap(({ name, aliases }) => [name, ...aliases]);
  assert.equal(new Set(names).size, names.length);
});

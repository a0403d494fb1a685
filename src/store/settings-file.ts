/**
 * Reads settings.json whatever state it is in. A damaged file is moved aside, never deleted, and the last good
 * copy takes its place; what cannot be read at all is left alone and must not be written over.
 */

import { readFileSync, rmSync, type Stats, statSync } from 'node:fs';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../core/json.ts';
import type { Notice } from '../core/notice.ts';
import type { Paths } from './paths.ts';
import { followLink, replaceFile, tighten } from './private-file.ts';
import { keepAside } from './set-aside.ts';
import { settingsVersion } from './settings-document.ts';
import { systemWords } from './storage-error.ts';

export interface SettingsFile {
  readonly document: JsonObject;
  readonly notices: readonly Notice[];
  /** Why the file must not be written over. */
  readonly readOnly?: string;
}

export function loadSettingsFile(paths: Paths): SettingsFile {
  const path = paths.settingsFile;
  let reading = readDocument(path);
  if (reading.kind === 'damaged') {
    // An editor that saves in place leaves the file empty or half written for a moment.
    pause(editorSaveMs);
    reading = readDocument(path);
  }
  switch (reading.kind) {
    case 'absent':
      return { document: {}, notices: [] };
    case 'unreadable': {
      const readOnly = `${path} ${reading.why}`;
      return { document: {}, notices: [warning(`${readOnly}; it is not used`)], readOnly };
    }
    case 'damaged':
      return replaceDamaged(paths, reading);
    case 'document':
      return { document: reading.document, ...judge(path, reading) };
    default:
      return reading satisfies never;
  }
}

/** Where the last good copy lies, written with every change. */
export function backupFile(paths: Paths): string {
  return `${paths.settingsFile}.bak`;
}

type Reading = { readonly kind: 'absent' } | { readonly kind: 'unreadable'; readonly why: string } | Damaged | Whole;

interface Damaged {
  readonly kind: 'damaged';
  readonly why: string;
  readonly stats: Stats;
}

interface Whole {
  readonly kind: 'document';
  readonly document: JsonObject;
  readonly text: string;
  readonly mode: number;
}

/** Settings are written by people: a few kilobytes. */
const maxBytes = 1_048_576;
const maxDepth = 100;
const editorSaveMs = 50;

function readDocument(path: string): Reading {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return { kind: 'absent' };
    if (!stats.isFile()) return { kind: 'unreadable', why: 'is not a file' };
    if (stats.size === 0) return { kind: 'damaged', why: 'it is empty', stats };
    if (stats.size > maxBytes) return { kind: 'damaged', why: `it has ${stats.size} bytes`, stats };
    const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
    const document = parseJson(text);
    if (document === undefined) return { kind: 'damaged', why: 'it is not JSON', stats };
    if (!isJsonObject(document)) return { kind: 'damaged', why: 'it is not a JSON object', stats };
    if (isDeeperThan(document, maxDepth))
      return { kind: 'damaged', why: `it is nested more than ${maxDepth} deep`, stats };
    return { kind: 'document', document, text, mode: stats.mode };
  } catch (error) {
    return { kind: 'unreadable', why: `cannot be read: ${systemWords(error)}` };
  }
}

function judge(path: string, { document, mode }: Whole): Omit<SettingsFile, 'document'> {
  const notices: Notice[] = [];
  if (tighten(path, mode)) {
    const text = `${path} could be read by others; it is now yours alone`;
    notices.push({ level: 'info', code: 'permissions-tightened', text });
  }
  const { version } = document;
  if (typeof version !== 'number' || version <= settingsVersion) return { notices };
  const readOnly = `${path} was written by a newer banter (format ${version})`;
  const text = `${readOnly}; it is read and never changed`;
  return { notices: [...notices, { level: 'warning', code: 'settings-newer', text }], readOnly };
}

/** In every step the damaged bytes have a name, and where there is a good copy there is a settings file. */
function replaceDamaged(paths: Paths, damaged: Damaged): SettingsFile {
  const path = paths.settingsFile;
  const backup = readDocument(backupFile(paths));
  const document = backup.kind === 'document' ? backup.document : {};
  const used = backup.kind === 'document' ? 'the last good copy is used' : 'there is no good copy, so none are used';
  try {
    const target = followLink(path);
    const { ino, mtimeMs } = statSync(target);
    // Another banter has dealt with it already.
    if (ino !== damaged.stats.ino || mtimeMs !== damaged.stats.mtimeMs) return loadSettingsFile(paths);
    const aside = keepAside(target, damaged.stats);
    if (backup.kind === 'document') replaceFile(path, backup.text);
    else rmSync(target);
    return { document, notices: [warning(`${path} is damaged (${damaged.why}); it is kept as ${aside}, and ${used}`)] };
  } catch (error) {
    const readOnly = `${path} is damaged (${damaged.why}) and cannot be moved aside: ${systemWords(error)}`;
    return { document, notices: [warning(`${readOnly}; ${used}`)], readOnly };
  }
}

function isDeeperThan(value: Json, levels: number): boolean {
  let layer: readonly (Json | undefined)[] = [value];
  for (let depth = 0; layer.length > 0; depth++) {
    if (depth > levels) return true;
    layer = layer.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}

function warning(text: string): Notice {
  return { level: 'warning', code: 'settings-damaged', text };
}

function pause(waitMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs);
}

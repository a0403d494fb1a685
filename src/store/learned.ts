/**
 * What servers taught by refusing, across runs, oldest first:
 *
 *     [{ "server": "http://localhost:8080", "model": "m", "at": "2026-11-21T09:30:00.000Z",
 *        "concessions": [{ "field": "top_k" }], "leftRungs": [{ "kind": "json-schema", "mode": "native" }] }]
 *
 * Forgotten after a week, since servers are updated and then take what they once refused. All of it can be learned
 * again by one request each.
 */

import { isJsonObject, type Json, nonEmptyString } from '../core/json.ts';
import type { Concession, LearnedFacts, LeftRung, Memory } from '../core/learned.ts';
import { optional } from '../core/optional.ts';
import { schemaModes } from '../core/response-format.ts';
import { readCache, writeCache } from './cache-file.ts';
import { oneOf } from './fields.ts';
import type { Paths } from './paths.ts';

export interface LearnedFile extends Memory {
  /** What was refused once is tried again. */
  forget(server: string, model: string): void;
}

/**
 * Reads the file when something is first asked, and again before each change, for what others added meanwhile.
 * @param clock  wall clock
 */
export function openMemory(paths: Paths, clock: () => Date): LearnedFile {
  const path = paths.learnedFile;
  let lessons: readonly Lesson[] | undefined;
  return {
    recall(server, model) {
      lessons ??= readLessons(path, clock());
      return lessons.findLast((lesson) => isAbout(lesson, server, model))?.facts ?? {};
    },
    learn(server, model, facts) {
      const now = clock();
      const others = readLessons(path, now).filter((lesson) => !isAbout(lesson, server, model));
      lessons = [...others, { server, model, at: now.toISOString(), facts }].slice(-maxLessons);
      writeLessons(path, lessons);
    },
    forget(server, model) {
      const all = readLessons(path, clock());
      lessons = all.filter((lesson) => !isAbout(lesson, server, model));
      if (lessons.length < all.length) writeLessons(path, lessons);
    },
  };
}

const maxLessons = 200;
const keptMs = 7 * 24 * 3600 * 1000;

interface Lesson {
  readonly server: string;
  readonly model: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly facts: LearnedFacts;
}

function isAbout(lesson: Lesson, server: string, model: string): boolean {
  return lesson.server === server && lesson.model === model;
}

function readLessons(path: string, now: Date): readonly Lesson[] {
  const lessons = readList(readCache(path), readLesson) ?? [];
  return lessons.filter(({ at }) => now.getTime() - Date.parse(at) < keptMs);
}

function readLesson(value: Json): Lesson | undefined {
  if (!isJsonObject(value) || typeof value.server !== 'string' || typeof value.model !== 'string') return undefined;
  if (typeof value.at !== 'string') return undefined;
  const facts = {
    ...optional('concessions', readList(value.concessions, readConcession)),
    ...optional('leftRungs', readList(value.leftRungs, readLeftRung)),
    ...optional('reasoningReplay', oneOf(['none', 'current-turn', 'all'])(value.reasoningReplay)),
    ...(value.refusesToContinue === true && { refusesToContinue: true as const }),
  };
  return { server: value.server, model: value.model, at: value.at, facts };
}

function readConcession(value: Json): Concession | undefined {
  if (!isJsonObject(value)) return undefined;
  const field = nonEmptyString(value.field);
  return field === undefined ? undefined : { field, ...optional('renamedTo', nonEmptyString(value.renamedTo)) };
}

function readLeftRung(value: Json): LeftRung | undefined {
  if (!isJsonObject(value)) return undefined;
  const kind = oneOf(['json-schema', 'regex', 'choice', 'grammar'])(value.kind);
  const mode = oneOf(schemaModes)(value.mode);
  return kind === undefined || mode === undefined ? undefined : { kind, mode };
}

/** Without what is wrong in it; undefined for what is no list. */
function readList<Item>(value: Json | undefined, read: (item: Json) => Item | undefined): readonly Item[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map(read).filter((item) => item !== undefined);
}

function writeLessons(path: string, lessons: readonly Lesson[]): void {
  const lines = lessons.map(({ facts, ...about }) => JSON.stringify({ ...about, ...facts }));
  writeCache(path, `[\n${lines.join(',\n')}\n]\n`);
}

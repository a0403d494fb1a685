/**
 * The settings as they stand in the file, and as the program knows them:
 *
 *   { "version": 1, "defaultProfile": "work",
 *     "profiles": { "work": { "kind": "openai", "baseUrl": "http://localhost:8080/v1", "model": "m" } },
 *     "weather": { "url": "http://localhost:9000" },
 *     "toolRules": [{ "effect": "allow", "tool": "files__*" }] }
 *
 * People edit this by hand and newer versions add to it: a wrong field is reported by name and the rest used,
 * and a field that is not known here survives every write.
 */

import type { ApprovalRule } from '../core/approval.ts';
import { type EditorKeys, editorKeys } from '../core/editor-keys.ts';
import { type JsonObject, nonEmptyString } from '../core/json.ts';
import { type NotifyWay, notifyWays } from '../core/notify-way.ts';
import { optional } from '../core/optional.ts';
import type { Profile } from '../core/profile.ts';
import { type ThemeName, themeNames } from '../core/theme-name.ts';
import { asObject, asUrl, fieldsOf, oneOf, pruned } from './fields.ts';
import { parseProfile, profileFields } from './profile-document.ts';
import { parseToolRules } from './tool-rules.ts';

export const settingsVersion = 1;

export interface Settings {
  /** A name; whether there is such a profile is asked when it is used. */
  readonly defaultProfile?: string;
  /** The person's own, by name; the built-in ones are not among them. */
  readonly profiles: Readonly<Record<string, Profile>>;
  readonly weather?: WeatherSettings;
  /** Of the REPL. */
  readonly theme?: ThemeName;
  /** Of the REPL: when a long answer ends and the window is not looked at. */
  readonly notify?: NotifyWay;
  /** Of the REPL. */
  readonly editor?: EditorKeys;
  /** Which calls of tools may run, and which may not, without a question. */
  readonly toolRules?: readonly ApprovalRule[];
}

export interface WeatherSettings {
  readonly url?: string;
  readonly geocodingUrl?: string;
}

export interface ParsedSettings {
  readonly settings: Settings;
  /** One sentence each, beginning with the field: `profiles.work.model is not a string and is ignored`. */
  readonly problems: readonly string[];
}

export function parseSettings(document: JsonObject): ParsedSettings {
  const problems: string[] = [];
  const root = fieldsOf(document, '', problems);
  const defaultProfile = root.take('defaultProfile', nonEmptyString, 'a name');
  const profiles = Object.entries(root.take('profiles', asObject, 'an object') ?? {})
    .map(([name, value]) => parseProfile(name, value, problems))
    .filter((profile) => profile !== undefined)
    .map((profile) => [profile.name, profile] as const);
  const weather = fieldsOf(root.take('weather', asObject, 'an object') ?? {}, 'weather.', problems);
  const services = pruned<WeatherSettings>({
    url: weather.take('url', asUrl, 'an http(s) URL'),
    geocodingUrl: weather.take('geocodingUrl', asUrl, 'an http(s) URL'),
  });
  const theme = root.take('theme', oneOf(themeNames), `one of ${themeNames.join(', ')}`);
  const notify = root.take('notify', oneOf(notifyWays), notifyWays.join(', '));
  const editor = root.take('editor', oneOf(editorKeys), editorKeys.join(', '));
  const toolRules = document.toolRules === undefined ? undefined : parseToolRules(document.toolRules, problems);
  return {
    settings: {
      ...optional('defaultProfile', defaultProfile),
      profiles: Object.fromEntries(profiles),
      ...optional('weather', Object.keys(services).length === 0 ? undefined : services),
      ...optional('theme', theme),
      ...optional('notify', notify),
      ...optional('editor', editor),
      ...optional('toolRules', toolRules),
    },
    problems,
  };
}

/** `document` with what changed between `before`, which was parsed from it, and `after`. */
export function changeDocument(document: JsonObject, before: Settings, after: Settings): JsonObject {
  const profiles = new Map(Object.entries(asObject(document.profiles) ?? {}));
  for (const name of Object.keys(before.profiles)) {
    if (!Object.hasOwn(after.profiles, name)) profiles.delete(name);
  }
  for (const [name, profile] of Object.entries(after.profiles)) {
    if (profile === before.profiles[name]) continue;
    const { name: _, ...fields } = profile;
    profiles.set(name, replaceFields(asObject(profiles.get(name)) ?? {}, profileFields, fields));
  }
  const { version: _version, ...written } = document;
  const changed = new Map<string, unknown>([
    // In front, for whoever opens the file.
    ['version', settingsVersion],
    ...Object.entries(written),
    ['profiles', Object.fromEntries(profiles)],
  ]);
  // What did not change stays as it is written, also where it was wrong and ignored.
  if (after.defaultProfile !== before.defaultProfile) changed.set('defaultProfile', after.defaultProfile);
  if (after.theme !== before.theme) changed.set('theme', after.theme);
  if (after.notify !== before.notify) changed.set('notify', after.notify);
  if (after.editor !== before.editor) changed.set('editor', after.editor);
  if (after.toolRules !== before.toolRules) changed.set('toolRules', after.toolRules);
  if (after.weather !== before.weather) {
    changed.set('weather', replaceFields(asObject(document.weather) ?? {}, weatherFields, after.weather ?? {}));
  }
  return replaceFields({}, [], Object.fromEntries(changed));
}

const weatherFields = ['url', 'geocodingUrl'];

/** `object` with the fields of `values` instead of the named ones; a value that is undefined is no field. */
function replaceFields(object: JsonObject, names: readonly string[], values: object): JsonObject {
  const others = Object.entries(object).filter(([name]) => !names.includes(name));
  // Settings are made of JSON values only; an interface is not assignable to an index signature.
  const own = Object.entries(values as JsonObject).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...others, ...own]);
}

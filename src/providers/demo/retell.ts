/** A tool's JSON result as a sentence. */

import { isJsonObject, type Json, type JsonObject, parseJson } from '../../core/json.ts';
import type { ToolMessage } from '../../core/message.ts';
import type { Language } from './phrases.ts';

/** What a result says, in the language of the prompt; a failure is told as one. */
export function retell({ name, outcome, text }: ToolMessage, language: Language): string {
  if (outcome !== 'ok') return failed[language](name, text);
  const result = parseJson(text);
  if (!isJsonObject(result)) return answered[language](name, text);
  const sentence =
    name === 'get_time'
      ? tellTime(result, language)
      : name === 'get_weather'
        ? tellWeather(result, language)
        : undefined;
  return sentence ?? answered[language](name, listFields(result));
}

const failed: Readonly<Record<Language, (name: string, text: string) => string>> = {
  en: (name, text) => `${name} gave no answer: ${text}`,
  ko: (name, text) => `${name} 도구가 답하지 못했습니다: ${text}`,
  zh: (name, text) => `${name} 没有给出答案：${text}`,
};

const answered: Readonly<Record<Language, (name: string, text: string) => string>> = {
  en: (name, text) => `${name} answered:\n\n${text}`,
  ko: (name, text) => `${name} 도구의 답입니다.\n\n${text}`,
  zh: (name, text) => `${name} 的回答：\n\n${text}`,
};

function tellTime(result: JsonObject, language: Language): string | undefined {
  const { place, time, date, weekday, timeZone } = result;
  if (typeof time !== 'string' || typeof date !== 'string') return undefined;
  const where = String(place ?? timeZone ?? '');
  const clock = time.slice(0, 5);
  if (language === 'ko') return `${where}의 현재 시각은 ${date} ${clock}입니다.`;
  if (language === 'zh') return `${where}现在是 ${date} ${clock}。`;
  return `In ${where} it is ${clock} on ${typeof weekday === 'string' ? `${weekday}, ${date}` : date}.`;
}

/** `now` and `days` hold words with their units: `{"temperature":"4.1 °C","conditions":"overcast"}`. */
function tellWeather(result: JsonObject, language: Language): string | undefined {
  const { place, now, days } = result;
  if (typeof place !== 'string' || !isJsonObject(now)) return undefined;
  const values = ['conditions', 'temperature', 'wind']
    .map((key) => now[key])
    .filter((value) => typeof value === 'string');
  if (values.length === 0) return undefined;
  const sentence = weatherNow[language](place, values.join(', '));
  const rows = (Array.isArray(days) ? (days as readonly Json[]) : []).filter(isJsonObject).map(tellDay);
  return rows.length < 2 ? sentence : `${sentence}\n\n${rows.join('\n')}`;
}

const weatherNow: Readonly<Record<Language, (place: string, values: string) => string>> = {
  en: (place, values) => `The weather in ${place} now: ${values}.`,
  ko: (place, values) => `${place}의 현재 날씨: ${values}.`,
  zh: (place, values) => `${place}现在的天气：${values}。`,
};

function tellDay({ date, conditions, low, high }: JsonObject): string {
  const range = [low, high].filter((value) => typeof value === 'string').join(' … ');
  return `- ${[date, conditions, range].filter((value) => typeof value === 'string' && value !== '').join(', ')}`;
}

/** One line a field, nested ones by path; long lists are cut. */
function listFields(value: JsonObject): string {
  const lines = flatten(value, '');
  const shown = lines.slice(0, 12).map(([path, text]) => `- ${path}: ${text}`);
  return [...shown, ...(lines.length > shown.length ? ['- …'] : [])].join('\n');
}

function flatten(value: Json | undefined, path: string): (readonly [string, string])[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((inner, index) => flatten(inner, `${path}[${index}]`));
  if (!isJsonObject(value)) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path === '' ? key : `${path}.${key}`));
}

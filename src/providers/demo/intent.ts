/** Reads what a prompt asks the demo for: patterns for English, Korean and Chinese, no understanding. */

export interface Intent {
  /** `place` is undefined where none was named. */
  readonly time: { readonly place: string | undefined } | undefined;
  readonly weather: { readonly place: string | undefined } | undefined;
  readonly countTo: number | undefined;
  readonly wantsMarkdown: boolean;
  readonly wantsHelp: boolean;
  readonly thinks: boolean;
}

export function readIntent(prompt: string): Intent {
  const text = prompt.slice(0, 500).normalize('NFC');
  const time = readTime(text);
  const weather = readWeather(text);
  // "What time is it and how is the weather in Seoul?" names the place once for both.
  return {
    time: time === undefined ? undefined : { place: time.place ?? weather?.place },
    weather: weather === undefined ? undefined : { place: weather.place ?? time?.place },
    countTo: readCount(text),
    wantsMarkdown: /\bmarkdown\b|마크다운/i.test(text),
    wantsHelp: /^\W*(?:help|demo|tour|what can you do)\b|도움말|도와|뭘 할 수|帮助|幫助|能做什么/i.test(text),
    thinks: /\bthink|\breason|\bdemo\b|생각|思考|想一想/i.test(text),
  };
}

type Wish = { readonly place: string | undefined } | undefined;

function readTime(text: string): Wish {
  const place = placeNear(text, timeWords);
  if (place !== undefined) return { place };
  const asksNow =
    /what(?:'s|\s+is)?\s+(?:the\s+)?(?:current\s+)?time|time is it|current time|몇\s*시|[几幾][点點]/i.test(text);
  return asksNow ? { place: undefined } : undefined;
}

function readWeather(text: string): Wish {
  const place = placeNear(text, weatherWords);
  if (place !== undefined) return { place };
  return /\bweather\b|날씨|天[气氣]/i.test(text) ? { place: undefined } : undefined;
}

interface Words {
  readonly english: string;
  readonly korean: RegExp;
  readonly chinese: RegExp;
}

const timeWords: Words = { english: 'time', korean: /몇\s*시|시간|시각/, chinese: /[几幾][点點]|[时時][间間]/ };
const weatherWords: Words = { english: 'weather|forecast', korean: /날씨|기온/, chinese: /天[气氣]|[气氣]温/ };

function placeNear(text: string, words: Words): string | undefined {
  return (
    placeInEnglish(text, words.english) ?? placeInKorean(text, words.korean) ?? placeInChinese(text, words.chinese)
  );
}

/** "time in Rio de Janeiro now", "weather for Asia/Seoul", else "Tokyo weather". */
function placeInEnglish(text: string, words: string): string | undefined {
  const after = new RegExp(
    `\\b(?:${words})\\b[^?!.,;\\n]*?\\b(?:in|at|for)\\s+(?:the\\s+)?(\\p{L}[\\p{L}\\p{M}\\d ’'._/+-]*?)` +
      '(?=\\s+(?:and|right|now|today|tomorrow|tonight|please|currently|this|is|at)\\b|\\s*[?!,;:\\n]|[.]?\\s*$|[.]\\s)',
    'iu',
  );
  const before = new RegExp(`(\\p{Lu}[\\p{L}’'-]*(?:\\s\\p{Lu}[\\p{L}’'-]*)*)\\s+(?:${words})\\b`, 'u');
  const found = after.exec(text)?.[1] ?? before.exec(text)?.[1];
  return found === undefined || /^(?:What|What's|Which|The|Show|Is|How|Local|Current|Any|My|Count)\b/i.test(found)
    ? undefined
    : found.trim();
}

/** "서울은 지금 몇 시야?": the last word before the keyword that is no filler, without its particle. */
function placeInKorean(text: string, keyword: RegExp): string | undefined {
  const at = text.search(keyword);
  if (at < 0 || !/\p{Script=Hangul}/u.test(text)) return undefined;
  const filler = /^(?:지금|현재|오늘|내일|그리고|좀|혹시|현지|이번|주말|요즘|있어|무슨)|날씨|기온|몇|시간|시각|^시/;
  const before = text.slice(0, at).split(/[\s,.?!]+/);
  const word = before.findLast((candidate) => candidate !== '' && !filler.test(candidate));
  const place = word?.replace(/(?:에서는|에서|에선|은|는|의|에)$/, '');
  return place === undefined || place === '' ? undefined : place;
}

/** "北京现在几点": what stands before the keyword in its clause, without fillers. */
function placeInChinese(text: string, keyword: RegExp): string | undefined {
  const fillers =
    /请问|請問|现在|現在|今天|明天|当前|當前|告诉我|告訴我|帮我|幫我|查一下|我想知道|当地|當地|那边|那里|[的是在呢了]/g;
  for (const clause of text.split(/[，。、；？！,.?!;\s]|[和跟与]/)) {
    const at = clause.search(keyword);
    if (at < 0 || !/\p{Script=Han}/u.test(clause)) continue;
    const place = clause
      .slice(0, at)
      .replace(fillers, '')
      .replace(timeWords.chinese, '')
      .replace(weatherWords.chinese, '');
    if (place !== '' && place.length <= 12) return place;
  }
  return undefined;
}

function readCount(text: string): number | undefined {
  const digits =
    /\bcount (?:up )?to (\d{1,9})/i.exec(text)?.[1] ??
    /(\d{1,9})\s*까지\s*세/.exec(text)?.[1] ??
    /[数數]到\s*(\d{1,9})/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

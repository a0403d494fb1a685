import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileSchema } from '../../src/session/validate.ts';
import { getTime, type LocalTime } from '../../src/tools/get-time.ts';

const tool = getTime(() => new Date('2026-11-21T00:03:59.999Z'));
const signal = new AbortController().signal;

async function tell(place?: string): Promise<LocalTime> {
  // The tool's own result type, behind the unknown of the contract.
  return (await tool.run(place === undefined ? {} : { place }, { signal })) as LocalTime;
}

async function zoneOf(place: string): Promise<string> {
  return (await tell(place)).timeZone;
}

test('the result has date, time, weekday and offset of the place', async () => {
  assert.deepEqual(await tell('Asia/Seoul'), {
    place: 'Asia/Seoul',
    timeZone: 'Asia/Seoul',
    iso: '2026-11-21T09:03:59+09:00',
    date: '2026-11-21',
    time: '09:03:59',
    weekday: 'Saturday',
    utcOffset: '+09:00',
  });
});

test('the day before is the day before', async () => {
  const { date, weekday, iso } = await tell('Los Angeles');
  assert.deepEqual([date, weekday, iso], ['2026-11-20', 'Friday', '2026-11-20T16:03:59-08:00']);
});

test('offsets of quarter hours and summer time are exact', async () => {
  assert.equal((await tell('Kathmandu')).utcOffset, '+05:45');
  assert.equal((await tell('St. John’s')).utcOffset, '-03:30');
  const summer = getTime(() => new Date('2026-07-01T12:00:00Z'));
  assert.equal(
    Reflect.get(Object(await summer.run({ place: 'London' }, { signal })), 'iso'),
    '2026-07-01T13:00:00+01:00',
  );
});

test('no place, an empty one and "here" are where the program runs', async () => {
  const { timeZone } = new Intl.DateTimeFormat('en').resolvedOptions();
  for (const place of [undefined, '', '  ', 'here', 'local']) {
    const told = await tell(place);
    assert.equal(told.place, 'local');
    assert.equal(told.iso.slice(0, 10), new Date('2026-11-21T00:03:59Z').toLocaleDateString('sv', { timeZone }));
  }
});

test('a TZ variable without a name still gives the right local time', async (context) => {
  const before = process.env.TZ;
  context.after(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });
  process.env.TZ = 'KST-9';
  const { iso, timeZone } = await tell();
  assert.deepEqual([iso, timeZone], ['2026-11-21T09:03:59+09:00', 'UTC+09:00']);
});

const zones: Readonly<Record<string, readonly string[]>> = {
  'Asia/Seoul': [
    'seoul',
    'ASIA/SEOUL',
    'Asia / Seoul',
    'KST',
    'Busan',
    'Korea',
    'South Korea',
    '서울',
    '서울특별시',
    '부산',
    '제주도',
    '한국',
    '대한민국',
    'ソウル',
    '首尔',
    'Seoul, South Korea',
    '서울, 한국',
  ],
  'Asia/Tokyo': ['Tokyo', 'JST', 'Osaka', 'Japan', '도쿄', '東京', '東京都', '大阪', '日本', '일본', '東京、日本'],
  'Asia/Shanghai': ['Beijing', 'China', '北京', '베이징', '中国', "Xi'an"],
  'Asia/Kolkata': [
    'Asia/Calcutta',
    'asia/kolkata',
    'Mumbai',
    'India',
    'India time',
    'Kolkata',
    'New Delhi',
    '뭄바이',
    'Mumbai, IN',
  ],
  'America/New_York': [
    'New York',
    'new_york',
    'New York City',
    'NYC',
    'EST',
    'Washington',
    'Washington, DC',
    '뉴욕',
    '纽约',
    'New York, NY',
    'New York, USA',
    'Atlanta, Georgia',
  ],
  'America/Los_Angeles': [
    'US/Pacific',
    'PST',
    'San Francisco',
    'San Francisco, CA',
    'Los Angeles, California, USA',
    'California',
    '旧金山',
    'Portland, OR',
  ],
  'America/Chicago': ['Austin, TX', 'Paris, Texas', 'Texas'],
  'America/Denver': ['Denver, CO'],
  'America/Argentina/Buenos_Aires': ['Buenos Aires', 'Argentina', 'America/Buenos_Aires'],
  'America/Sao_Paulo': ['São Paulo', 'sao paulo', 'Rio de Janeiro'],
  'Asia/Ho_Chi_Minh': ['Ho Chi Minh City', 'Hanoi', 'Asia/Saigon', 'Vietnam'],
  'Europe/Paris': ['Paris', 'Paris, France', 'France', 'パリ', '파리, 프랑스'],
  'Asia/Makassar': ['Bali', 'バリ'],
  'Europe/Berlin': ['Germany', 'Munich', 'Berlin, Germany', '독일'],
  'Europe/Zurich': ['Zürich', 'zurich', 'Geneva'],
  'Europe/Kyiv': ['Kyiv', 'Kiev', 'Ukraine'],
  'Europe/Istanbul': ['Türkiye', 'Turkey'],
  'Europe/London': ['UK', 'London, UK', 'BST', 'England'],
  'Asia/Tbilisi': ['Georgia'],
  'Asia/Jerusalem': ['Haifa, IL', 'Israel'],
  'Asia/Singapore': ['Singapore', '싱가포르'],
  'Asia/Hong_Kong': ['Hong Kong', '香港'],
  UTC: ['UTC', 'GMT', 'Z', 'utc'],
  'UTC+09:00': ['+9', 'UTC+9', 'GMT+09:00', '+0900', 'utc +9'],
  'UTC-03:30': ['-03:30', 'UTC−3:30'],
};

for (const [zone, places] of Object.entries(zones)) {
  test(`${zone} is found as ${places.join(' | ')}`, async () => {
    for (const place of places) assert.equal(await zoneOf(place), zone, place);
  });
}

test('an unknown place is an error with the nearest names', async () => {
  await assert.rejects(tell('Seol'), /no place named "Seol" is known\. Near to it: seoul/);
  for (const place of [
    'Atlantis',
    '<script>',
    '__proto__',
    'constructor',
    '../../etc',
    '+99',
    'x'.repeat(100),
    '\u0000',
  ]) {
    await assert.rejects(tell(place), /is known\..*IANA time zone/, place);
  }
});

test('a country with several times is an error that lists one zone for each', async () => {
  await assert.rejects(tell('USA'), /United States has several time zones; .*America\/New_York/);
  await assert.rejects(tell('Australia'), /Australia\/Sydney/);
});

test('an abbreviation that is a state and a country decides nothing about an unknown place', async () => {
  await assert.rejects(tell('Springfield, IL'), /no place named "Springfield, IL"/);
});

test('an argument of another name is refused by the schema instead of answered with the local time', () => {
  const validate = compileSchema(tool.parameters);
  assert.deepEqual(validate({ timezone: 'Asia/Seoul' }), ['/: "timezone" is not allowed; allowed are "place"']);
  assert.deepEqual(validate({}), []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { getWeather } from '../../src/tools/get-weather.ts';
import { defaultLimits, fetchJson } from '../../src/wire/index.ts';
import { type FaultServer, type Handler, sendJson, startServer } from '../support/fault-server.ts';
import { runTool, type ToolRun } from '../support/run-tool.ts';

const seoul = {
  name: 'Seoul',
  latitude: 37.566,
  longitude: 126.9784,
  country_code: 'KR',
  country: 'South Korea',
  admin1: 'Seoul',
  population: 10349312,
};
const parisFrance = {
  name: 'Paris',
  latitude: 48.85,
  longitude: 2.35,
  country_code: 'FR',
  country: 'France',
  admin1: 'Île-de-France',
  population: 2138551,
};
const parisTexas = {
  name: 'Paris',
  latitude: 33.66,
  longitude: -95.56,
  country_code: 'US',
  country: 'United States',
  admin1: 'Texas',
  population: 24839,
};
const forecast = {
  utc_offset_seconds: 32400,
  current: {
    time: '2026-11-21T09:00',
    temperature_2m: 4.1,
    apparent_temperature: 0.8,
    relative_humidity_2m: 41,
    precipitation: 0,
    weather_code: 2,
    wind_speed_10m: 11.2,
  },
  daily: {
    time: ['2026-11-21', '2026-11-22'],
    weather_code: [61, null],
    temperature_2m_min: [-1.5, 2],
    temperature_2m_max: [9.2, null],
    precipitation_probability_max: [80, null],
  },
};

interface Services {
  readonly search?: Handler;
  readonly forecast?: Handler;
}

const found =
  (...results: unknown[]): Handler =>
  (_request, response) =>
    sendJson(response, results.length === 0 ? { generationtime_ms: 1 } : { results, generationtime_ms: 1 });

function start({
  search = found(seoul),
  forecast: predict = (_request, response) => sendJson(response, forecast),
}: Services): Promise<FaultServer> {
  return startServer((request, response, index) =>
    (request.path.startsWith('/v1/search') ? search : predict)(request, response, index),
  );
}

function ask(url: string, args: JsonObject, signal = new AbortController().signal): Promise<ToolRun> {
  const tool = getWeather({
    forecastUrl: `${url}/v1/forecast`,
    geocodingUrl: `${url}/v1/search`,
    fetchJson: (target, stop) =>
      fetchJson({
        method: 'GET',
        url: target,
        headers: {},
        secrets: [],
        limits: { ...defaultLimits, retries: 0 },
        signal: stop,
      }),
  });
  const call = { id: '1', name: 'get_weather', arguments: JSON.stringify(args) };
  return runTool(call, { tools: [tool], signal });
}

async function withServices(services: Services, check: (server: FaultServer) => Promise<void>): Promise<void> {
  const server = await start(services);
  try {
    await check(server);
  } finally {
    await server.close();
  }
}

const query = (server: FaultServer, index: number): URLSearchParams =>
  new URL(server.requests[index]?.path ?? '', server.url).searchParams;

test('the weather of a city has place, conditions, and days, with units', () =>
  withServices({}, async (server) => {
    const result = await ask(server.url, { city: 'Seoul', days: 2 });
    assert.equal(result.outcome, 'ok', result.text);
    assert.deepEqual(JSON.parse(result.text), {
      place: 'Seoul, South Korea',
      localTime: '2026-11-21T09:00',
      now: {
        conditions: 'partly cloudy',
        temperature: '4.1 °C',
        feelsLike: '0.8 °C',
        humidity: '41%',
        wind: '11.2 km/h',
        precipitation: '0 mm',
      },
      days: [
        { date: '2026-11-21', conditions: 'light rain', low: '-1.5 °C', high: '9.2 °C', chanceOfRain: '80%' },
        { date: '2026-11-22', low: '2 °C' },
      ],
    });
    assert.equal(query(server, 0).get('name'), 'Seoul');
    assert.equal(query(server, 1).get('latitude'), '37.566');
    assert.equal(query(server, 1).get('forecast_days'), '2');
    assert.equal(query(server, 1).get('timezone'), 'auto');
  }));

test('imperial units are asked for and written', () =>
  withServices({}, async (server) => {
    const { text } = await ask(server.url, { city: 'Seoul', units: 'imperial' });
    assert.match(text, /4\.1 °F.*11\.2 mph/);
    assert.equal(query(server, 1).get('temperature_unit'), 'fahrenheit');
  }));

test('a main city in Korean, Japanese or Chinese is looked up by its English name', () =>
  withServices({}, async (server) => {
    for (const city of ['서울', '서울특별시', 'ソウル', '首尔']) await ask(server.url, { city });
    for (const index of [0, 2, 4, 6]) assert.equal(query(server, index).get('name'), 'Seoul');
  }));

test('another name is looked up in the language of its script, then in the next', () =>
  withServices({ search: found() }, async (server) => {
    const result = await ask(server.url, { city: '애월' });
    assert.match(result.text, /no city named "애월" was found/);
    await ask(server.url, { city: '高崎' });
    assert.deepEqual(
      server.requests.map((_, index) => `${query(server, index).get('name')} ${query(server, index).get('language')}`),
      ['애월 ko', '애월 en', '高崎 zh', '高崎 ja', '高崎 en'],
    );
  }));

test('the largest place of the name is meant, whatever the order', () =>
  withServices(
    { search: found({ ...parisTexas, name: 'Parisville', population: 9e9 }, parisTexas, parisFrance) },
    async (server) => {
      assert.match((await ask(server.url, { city: 'paris' })).text, /"place":"Paris, Île-de-France, France"/);
    },
  ));

test('what follows the comma decides between places of one name', () =>
  withServices({ search: found(parisFrance, parisTexas) }, async (server) => {
    for (const city of ['Paris, Texas', 'Paris, TX', 'Paris, USA', '파리, 미국', 'Paris, Texas, USA']) {
      assert.match((await ask(server.url, { city })).text, /"place":"Paris, Texas, United States"/, city);
    }
    assert.match((await ask(server.url, { city: 'Paris, FR' })).text, /France/);
    assert.equal(query(server, 0).get('name'), 'Paris');
  }));

test('a place that is nowhere in what follows the comma is an error with the ones there are', () =>
  withServices({ search: found(parisFrance, parisTexas) }, async (server) => {
    const result = await ask(server.url, { city: 'Paris, Ontario' });
    assert.equal(result.outcome, 'error');
    assert.match(result.text, /no Paris was found in Ontario; there are: Paris, Île-de-France, France; Paris, Texas/);
    assert.equal(server.requests.length, 1);
  }));

test('hostile names end up in the query alone', () =>
  withServices({ search: found() }, async (server) => {
    for (const city of [
      '../../admin',
      'x\r\nHost: evil',
      'a&name=b#c?d',
      'http://169.254.169.254/',
      '%2e%2e%2f',
      'a\u0000b',
    ]) {
      await ask(server.url, { city });
    }
    for (const { path, headers } of server.requests) {
      assert.ok(path.startsWith('/v1/search?name='), path);
      assert.equal(headers.host, new URL(server.url).host);
    }
    assert.equal(query(server, 0).get('name'), '../../admin');
    assert.equal(query(server, 1).get('name'), 'x Host: evil');
    assert.deepEqual(query(server, 2).getAll('name'), ['a&name=b#c?d']);
  }));

test('a name too long, empty or of control characters is refused before any request', () =>
  withServices({}, async (server) => {
    for (const city of ['x'.repeat(10_000), '', '\r\n\t', '\u0000']) {
      assert.equal((await ask(server.url, { city })).outcome, 'error');
    }
    assert.equal(server.requests.length, 0);
  }));

const odd: readonly [string, Handler][] = [
  ['500', (_request, response) => sendJson(response, { error: 'boom' }, 500)],
  ['400 with a reason', (_request, response) => sendJson(response, { error: true, reason: 'bad latitude' }, 400)],
  ['200 with an error in it', (_request, response) => sendJson(response, { error: true, reason: 'limit exceeded' })],
  [
    'HTML',
    (_request, response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>login</body></html>'),
  ],
  [
    'half a JSON text',
    (_request, response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end('{"results":[{"na'),
  ],
  ['nothing', (_request, response) => void response.writeHead(200).end()],
  ['a list', (_request, response) => sendJson(response, [1, 2])],
  ['null', (_request, response) => sendJson(response, null)],
  [
    'an object of something else',
    (_request, response) => sendJson(response, { results: [{ name: 5, latitude: '1' }], current: 'warm' }),
  ],
  [
    'a redirect to an address inside the network',
    (_request, response) => void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  ],
  ['a closed connection', (_request, response) => void response.destroy()],
];

for (const [what, handler] of odd) {
  test(`a geocoding service that answers ${what} gives an error result`, () =>
    withServices({ search: handler }, async (server) => {
      const result = await ask(server.url, { city: 'Seoul' });
      assert.equal(result.outcome, 'error');
      assert.match(result.text, /^get_weather failed: ./);
    }));
  test(`a forecast service that answers ${what} gives an error result`, () =>
    withServices({ forecast: handler }, async (server) => {
      const result = await ask(server.url, { city: 'Seoul' });
      assert.equal(result.outcome, 'error');
      assert.match(result.text, /^get_weather failed: .*weather service/);
    }));
}

test('a place with impossible coordinates is not asked about', () =>
  withServices({ search: found({ ...seoul, latitude: 1e6 }, { ...seoul, longitude: 'x' }) }, async (server) => {
    assert.match((await ask(server.url, { city: 'Seoul' })).text, /no city named/);
    assert.equal(server.requests.length, 1);
  }));

test('without a network the result says which service could not be reached', async () => {
  const server = await start({});
  await server.close();
  const result = await ask(server.url, { city: 'Seoul' });
  assert.equal(result.outcome, 'error');
  assert.match(result.text, /^get_weather failed: could not reach the weather service at 127\.0\.0\.1:\d+: .*refused/);
});

test('a stop in the middle of a request cancels it', () => {
  const stop = new AbortController();
  return withServices({ search: () => stop.abort() }, async (server) => {
    assert.equal((await ask(server.url, { city: 'Seoul' }, stop.signal)).outcome, 'cancelled');
  });
});

test('an address that is none is an error result', async () => {
  const tool = getWeather({ forecastUrl: 'weather', geocodingUrl: 'places', fetchJson: async () => null });
  await assert.rejects(
    tool.run({ city: 'Seoul' }, { signal: new AbortController().signal }),
    (error) => isChatError(error, 'config') && /weather address "places"/.test(error.message),
  );
});

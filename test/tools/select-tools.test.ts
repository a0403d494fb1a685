import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import type { Tool } from '../../src/core/tool.ts';
import {
  builtInTools,
  defaultForecastUrl,
  defaultGeocodingUrl,
  isOfferedUnnamed,
  selectTools,
} from '../../src/tools/index.ts';

const builtIn = builtInTools({
  clock: () => new Date(0),
  forecastUrl: defaultForecastUrl,
  geocodingUrl: defaultGeocodingUrl,
  fetchJson: async () => null,
  pages: { userAgent: 'x', ownAddresses: () => [] },
});

const standard = builtIn.filter(isOfferedUnnamed);
const ofServer = (name: string): Tool => ({
  name,
  description: 'x',
  parameters: true,
  safe: false,
  run: async () => undefined,
});
const all = [...builtIn, ofServer('files__read'), ofServer('files__write'), ofServer('mail__send')];

const names = (words: readonly string[]): string[] => selectTools(all, words, { standard }).map((tool) => tool.name);

test('without a word the standard tools are on, and fetch_url is none of them', () =>
  assert.deepEqual(names([]), ['get_time', 'get_weather']));

test('a bare name is the whole list', () => {
  assert.deepEqual(names(['get_weather']), ['get_weather']);
  assert.deepEqual(names(['get_weather', 'get_time', 'get_time']), ['get_time', 'get_weather']);
  assert.deepEqual(names(['fetch_url']), ['fetch_url']);
});

test('plus and minus edit the list', () => {
  assert.deepEqual(names(['-get_weather']), ['get_time']);
  assert.deepEqual(names(['-get_weather', '+get_weather']), ['get_time', 'get_weather']);
  assert.deepEqual(names(['get_time', '+get_weather', '-get_time']), ['get_weather']);
  assert.deepEqual(names(['+fetch_url']), ['get_time', 'get_weather', 'fetch_url']);
});

test('a star behind the name of a server means all its tools', () => {
  assert.deepEqual(names(['files__*']), ['files__read', 'files__write']);
  assert.deepEqual(names(['get_time', '+files__*', '-files__write']), ['get_time', 'files__read']);
  assert.throws(() => names(['nobody__*']), /no tool named "nobody__\*"/);
});

test('an unknown name is a usage error that lists what exists, the nearest first', () => {
  for (const word of ['get_wether', '+get_wether', '-get_wether']) {
    assert.throws(
      () => names([word]),
      (error) =>
        isChatError(error, 'usage') &&
        /no tool named "get_wether" \(there are: get_weather, get_time,/.test(error.message),
    );
  }
});

test('of many tools only the nearest are listed', () => {
  const many = Array.from({ length: 40 }, (_, index) => ofServer(`tool_${index}`));
  assert.throws(
    () => selectTools(many, ['tool_xy'], { standard: [] }),
    (error) => isChatError(error, 'usage') && /(?:tool_\d+, ){10}and 30 more\)$/.test(error.message),
  );
});

test('a tool that is not there may be one that could not be loaded: the reasons are in the message', () => {
  const problems = ['weather.py: it has no description'];
  assert.throws(
    () => selectTools(all, ['weather'], { standard, problems }),
    (error) => isChatError(error, 'usage') && error.message.endsWith('\nweather.py: it has no description'),
  );
});

test('the built-in tools keep to the names and schemas every server takes', () => {
  for (const { name, parameters, safe } of builtIn) {
    assert.match(name, /^[a-zA-Z0-9_-]{1,64}$/);
    assert.equal(Reflect.get(Object(parameters), 'type'), 'object');
    assert.equal(safe, name !== 'fetch_url');
  }
});

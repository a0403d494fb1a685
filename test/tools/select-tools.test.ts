import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { builtInTools, defaultForecastUrl, defaultGeocodingUrl, selectTools } from '../../src/tools/index.ts';

const all = builtInTools({
  clock: () => new Date(0),
  forecastUrl: defaultForecastUrl,
  geocodingUrl: defaultGeocodingUrl,
  fetchJson: async () => null,
});

const names = (wanted: readonly string[]): string[] => selectTools(all, wanted).map((tool) => tool.name);

test('without a wish all tools are on', () => assert.deepEqual(names([]), ['get_time', 'get_weather']));

test('a bare name is the whole list', () => {
  assert.deepEqual(names(['get_weather']), ['get_weather']);
  assert.deepEqual(names(['get_weather', 'get_time', 'get_time']), ['get_time', 'get_weather']);
});

test('plus and minus edit the list', () => {
  assert.deepEqual(names(['-get_weather']), ['get_time']);
  assert.deepEqual(names(['-get_weather', '+get_weather']), ['get_time', 'get_weather']);
  assert.deepEqual(names(['get_time', '+get_weather', '-get_time']), ['get_weather']);
});

test('an unknown name is a usage error that lists what exists, the nearest first', () => {
  for (const wanted of ['get_wether', '+get_wether', '-get_wether']) {
    assert.throws(
      () => names([wanted]),
      (error) =>
        isChatError(error, 'usage') &&
        /no tool named "get_wether" \(there are: get_weather, get_time\)/.test(error.message),
    );
  }
});

test('the built-in tools keep to the names and schemas every server takes', () => {
  for (const { name, parameters, safe } of all) {
    assert.match(name, /^[a-zA-Z0-9_-]{1,64}$/);
    assert.equal(Reflect.get(Object(parameters), 'type'), 'object');
    assert.equal(safe, true);
  }
});

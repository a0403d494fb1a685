/** X01 to X16: what models write where a call should be. Each row is one call, and the turn goes on after it. */

import assert from 'node:assert/strict';
import type { JsonObject, JsonSchema } from '../../src/core/json.ts';
import { call, finish, text } from '../support/scripted-provider.ts';
import type { Case } from './chat.ts';
import { assertSendable, calls, keepCalling, runScript, tool } from './tool-turn.ts';

interface Row {
  readonly id: string;
  readonly title: string;
  /** `get_item` when absent. */
  readonly name?: string;
  readonly args: string;
  readonly parameters?: JsonSchema;
  /** The token limit cut the answer. */
  readonly cut?: true;
  /** What the tool was given; absent when it must not run. */
  readonly runsWith?: JsonObject;
  /** What the person is told was put right; without it nothing was. */
  readonly repaired?: RegExp;
  /** What the model is told instead. */
  readonly told?: RegExp;
}

const nothing: JsonSchema = { type: 'object', properties: {}, additionalProperties: false };
const city: JsonSchema = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    days: { type: 'integer', minimum: 1 },
    units: { enum: ['metric', 'imperial'] },
  },
  required: ['city'],
  additionalProperties: false,
};
const rome = { city: 'Rome' };

const unknown = /^there is no tool named .* The tools are: get_item\.$/;
const notAnObject = /send one JSON object/;

const rows: readonly Row[] = [
  { id: 'X01', title: 'a tool that does not exist', name: 'delete_all', args: '{}', told: unknown },
  ...['GET_ITEM', 'Get Item', ' get_item ', 'get-item', 'functions.get_item'].map((name) => ({
    ...{ id: 'X02', title: `the name ${JSON.stringify(name)}`, name, args: '{}', runsWith: {} },
    repaired: /read the tool name .* as get_item/,
  })),
  ...['get_items', 'getitem', 'item', ''].map((name) => ({
    ...{ id: 'X02', title: `the other name ${JSON.stringify(name)}`, name, args: '{}', told: unknown },
  })),
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((name) => ({
    ...{ id: 'X03', title: `the name ${name}`, name, args: '{}', told: unknown },
  })),
  ...['', '  ', 'null', '{}', '""'].flatMap((args) => [
    {
      ...{ id: 'X04', title: `${JSON.stringify(args)} for a tool without parameters`, args, parameters: nothing },
      ...{ runsWith: {}, ...(args === '""' ? { repaired: /encoded twice/ } : {}) },
    },
    {
      ...{ id: 'X04', title: `${JSON.stringify(args)} for a tool that needs some`, args, parameters: city },
      ...{ told: /city/, ...(args === '""' ? { repaired: /encoded twice/ } : {}) },
    },
  ]),
  ...['[]', '"str"', '5', 'true', '[{}]'].map((args) => ({
    ...{ id: 'X04', title: `${args} for a tool without parameters`, args, parameters: nothing },
    told: args === '"str"' ? /not valid JSON/ : notAnObject,
  })),
  { id: 'X05', title: 'a trailing comma', args: '{"city":"Rome",}', runsWith: rome, repaired: /trailing comma/ },
  { id: 'X05', title: 'single quotes', args: "{'city': 'Rome'}", runsWith: rome, repaired: /single quotes/ },
  { id: 'X05', title: 'a fence', args: '```json\n{"city":"Rome"}\n```', runsWith: rome, repaired: /code fence/ },
  {
    ...{ id: 'X05', title: 'words of Python', args: '{"a": None, "b": True, "c": "None"}' },
    ...{ runsWith: { a: null, b: true, c: 'None' }, repaired: /Python/ },
  },
  { id: 'X06', title: 'a string without its end', args: '{"city":"Ro', told: /stop inside a string; send them whole/ },
  { id: 'X06', title: 'the same in a fence', args: '```json\n{"city":"Ro\n```', told: /stop inside a string/ },
  { id: 'X07', title: 'a cut object', args: '{"city":"Rome","days":', cut: true, told: /token limit cut the answer/ },
  { id: 'X07', title: 'an object that looks whole', args: '{"city":"Rome"}', cut: true, told: /token limit/ },
  { id: 'X07', title: 'a cut object, said to be whole', args: '{"city":"Rome","days":', told: /before the object is/ },
  {
    ...{ id: 'X08', title: 'an object as a string', args: JSON.stringify('{"city":"Rome"}'), parameters: city },
    ...{ runsWith: rome, repaired: /encoded twice/ },
  },
  {
    ...{ id: 'X08', title: 'an object as a string, which the schema refuses', args: JSON.stringify('{"town":"Rome"}') },
    ...{ parameters: city, repaired: /encoded twice/, told: /its arguments are wrong/ },
  },
  {
    ...{ id: 'X08', title: 'a string in a string', args: JSON.stringify(JSON.stringify('{"city":"Rome"}')) },
    told: notAnObject,
  },
  {
    ...{ id: 'X09', title: 'a property too many', args: '{"city":"Rome","town":1}', parameters: city },
    told: /town/,
  },
  { id: 'X10', title: 'a missing property', args: '{"days":2}', parameters: city, told: /city/ },
  { id: 'X11', title: 'a number as a string', args: '{"city":"Rome","days":"2"}', parameters: city, told: /days/ },
  {
    id: 'X12',
    title: 'a value not on the list',
    args: '{"city":"Rome","units":"mph"}',
    parameters: city,
    told: /units/,
  },
  ...['{"__proto__":{"polluted":1}}', '{"a":[{"__proto__":{"polluted":1}}]}', '{"\\u005f_proto__":1}'].map((args) => ({
    ...{ id: 'X13', title: args, args, told: /"__proto__" is not accepted/ },
  })),
  { id: 'X14', title: '10 MB of arguments', args: `{"a":"${'x'.repeat(10_000_000)}"}`, told: /at most 1048576/ },
  {
    ...{ id: 'X15', title: 'a depth of 100,000', args: `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}` },
    told: /deeper than 200 levels/,
  },
  {
    ...{ id: 'X15', title: 'a depth of 100,000 beside half a surrogate pair' },
    ...{ args: `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"b":"\\ud800"}`, told: /deeper than 200 levels/ },
  },
  ...['9007199254740993', '-12345678901234567890', '9007199254740993.0', '90071992547409930e-1'].map((number) => ({
    ...{ id: 'X16', title: `the number ${number}`, args: `{"id":${number}}`, told: /too many digits.*as a string/ },
  })),
  ...['NaN', 'Infinity', '-Infinity', '1e999'].map((number) => ({
    ...{ id: 'X16', title: `the number ${number}`, args: `{"n":${number}}`, told: /unexpected|too large/ },
  })),
  {
    ...{ id: 'X16', title: 'numbers that can be held', args: '{"z":-0,"m":9007199254740991,"f":0.1,"a":6.02e23}' },
    runsWith: { z: -0, m: 9007199254740991, f: 0.1, a: 6.02e23 },
  },
];

export const argumentCases: readonly Case[] = [
  ...rows.map(toCase),
  {
    id: 'X12',
    title: 'arguments that stay wrong are sent back twice, and then tools are over',
    async run() {
      const wrong = keepCalling((round) => ['get_item', JSON.stringify({ days: round })]);
      const turn = await runScript(wrong, { tools: [tool('get_item', { parameters: city })] });
      assert.equal(turn.requests.length, 4);
      assert.deepEqual(turn.requests[3]?.tools, []);
      assert.deepEqual([turn.outcome.kind, turn.results.length], ['limit', 3]);
      assert.match(turn.notices.join(), /tool-loop: .*wrong for the third time/);
    },
  },
];

function toCase(row: Row): Case {
  const { id, name = 'get_item', args, parameters = { type: 'object' }, runsWith, repaired, told } = row;
  const does = runsWith === undefined ? 'is told to the model' : 'runs';
  return {
    id,
    title: `${row.title} ${row.cut ? 'in a cut answer ' : ''}${does}`,
    async run() {
      const given: JsonObject[] = [];
      const getItem = tool('get_item', { parameters, run: async (received) => void given.push(received) });
      const answer = row.cut ? [call(name, args, '1'), finish('length')] : calls([name, args]);
      const turn = await runScript([answer, text('on it goes')], { tools: [getItem] });

      assert.deepEqual(given, runsWith === undefined ? [] : [runsWith]);
      assert.equal(turn.results.length, 1);
      assert.equal(turn.results[0]?.outcome, runsWith === undefined ? 'error' : 'ok');
      assert.match(turn.results[0]?.text ?? '', told ?? /^\(no output\)$/);
      const repairs = turn.notices.filter((notice) => notice.startsWith('repaired-call'));
      if (repaired === undefined) assert.deepEqual(repairs, []);
      else assert.match(repairs.join(), repaired);

      assert.equal(turn.outcome.kind, 'done');
      const [, second] = turn.requests;
      assert.ok(second !== undefined);
      assertSendable(second);
      assert.equal(Reflect.get({}, 'polluted'), undefined);
    },
  };
}

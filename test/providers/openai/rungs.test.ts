import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../src/core/json.ts';
import { type ServerName, serverNames } from '../../../src/core/profile.ts';
import type { ChatRequest } from '../../../src/core/provider.ts';
import type { FormatKind, ResponseFormat, SchemaFormat, SchemaMode } from '../../../src/core/response-format.ts';
import { toRungs } from '../../../src/providers/format-ways.ts';
import { dialectFor } from '../../../src/providers/openai/dialect.ts';
import { planRequest } from '../../../src/providers/openai/plan.ts';
import { request } from './served.ts';

const schema = { type: 'object', properties: { a: { type: 'string' } } };
const inSchema: SchemaFormat = { kind: 'json-schema', mode: 'native', name: 'person', schema, strict: false };

const dialectOf = (server: ServerName | undefined) => dialectFor({ hostname: '127.0.0.1', model: 'm', server });
const rungsOf = (server: ServerName | undefined, kind: FormatKind) => toRungs(dialectOf(server), kind);

function planFor(server: ServerName | undefined, more: Partial<ChatRequest>) {
  return planRequest({ ...request, ...more }, dialectOf(server), {}, 'http://server.test');
}

/** What the format adds to the body, the messages aside. */
function fieldsFor(
  server: ServerName | undefined,
  format: ResponseFormat,
  more: Partial<ChatRequest> = {},
): JsonObject {
  const {
    model: _,
    messages: __,
    stream: ___,
    stream_options: ____,
    ...fields
  } = planFor(server, { ...more, format }).body;
  return fields;
}

/** `native:any+ json:object`: each rung, the form of its schema, and whether tools may stand beside. */
function tell(server: ServerName | undefined, kind: FormatKind): string {
  return rungsOf(server, kind)
    .map(({ mode, schema: form, besideTools }) => `${mode}:${form}${besideTools ? '+' : ''}`)
    .join(' ');
}

const hosted = 'native:strict-or-object tool:object json:object prompt:any+';
const engine = 'native:any grammar:any tool:object json:object prompt:any+';
const forSchema: Readonly<Record<ServerName | 'unknown', string>> = {
  unknown: hosted,
  openai: 'native:strict+ tool:object json:object+ prompt:any+',
  'hf-router': hosted,
  openrouter: hosted,
  groq: hosted,
  cerebras: hosted,
  mistral: hosted,
  xai: hosted,
  gemini: hosted,
  litellm: hosted,
  together: 'native:any tool:object json:object prompt:any+',
  fireworks: 'native:any tool:object json:object prompt:any+',
  sglang: 'native:any tool:object json:object prompt:any+',
  vllm: engine,
  'llama.cpp': engine,
  xinference: engine,
  tgi: 'grammar:any tool:object prompt:any+',
  ollama: 'native:any json:object prompt:any+',
  lmstudio: 'native:any tool:object prompt:any+',
  deepseek: 'json:object prompt:any+',
  anthropic: 'tool:object prompt:any+',
};

test('each server has its own ways to hold an answer to a schema, strongest first', () => {
  for (const server of [undefined, ...serverNames]) {
    assert.equal(tell(server, 'json-schema'), forSchema[server ?? 'unknown'], server);
  }
});

test('a pattern, a choice and a grammar go by the engine that takes them, else in words, a grammar not at all', () => {
  const able: Readonly<Record<string, readonly ServerName[]>> = {
    regex: ['tgi', 'vllm', 'xinference', 'sglang'],
    choice: ['tgi', 'vllm', 'xinference', 'sglang', 'llama.cpp', 'fireworks'],
    grammar: ['vllm', 'xinference', 'sglang', 'llama.cpp', 'fireworks'],
  };
  for (const kind of ['regex', 'choice', 'grammar'] as const) {
    const inWords = kind === 'grammar' ? '' : 'prompt:any+';
    for (const server of serverNames) {
      const byEngine = able[kind]?.includes(server) ? 'grammar:any' : '';
      assert.equal(tell(server, kind), [byEngine, inWords].filter(Boolean).join(' '), `${server} ${kind}`);
    }
    assert.equal(tell(undefined, kind), inWords);
  }
});

test("a schema of the server's own goes in its shape, strict only if it is", () => {
  const inOpenAi = { response_format: { type: 'json_schema', json_schema: { name: 'person', schema } } };
  for (const server of [undefined, ...serverNames]) {
    if (!rungsOf(server, 'json-schema').some(({ mode }) => mode === 'native')) continue;
    const onTop = { response_format: { type: 'json_schema', schema } };
    assert.deepEqual(fieldsFor(server, inSchema), server === 'together' ? onTop : inOpenAi, server);
  }
  assert.deepEqual(fieldsFor('openai', { ...inSchema, strict: true }), {
    response_format: { type: 'json_schema', json_schema: { name: 'person', schema, strict: true } },
  });
});

test('no schema goes out with $schema, which makes LM Studio drop it without a word', () => {
  const dated = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema };
  for (const server of serverNames) {
    for (const { mode } of rungsOf(server, 'json-schema')) {
      const { body } = planFor(server, { format: { ...inSchema, schema: dated, mode } });
      assert.doesNotMatch(JSON.stringify(body), /\$schema/, `${server} ${mode}`);
    }
  }
});

const inGrammar = (format: object) => ({ mode: 'grammar', ...format }) as ResponseFormat;
const asSchema = { ...inSchema, mode: 'grammar' } as const;
const asPattern = inGrammar({ kind: 'regex', pattern: '^\\d+$' });
const asChoice = inGrammar({ kind: 'choice', choices: ['a+b', 'say "no"\n'] });
const asGbnf = inGrammar({ kind: 'grammar', grammar: 'root ::= "x"' });

const inEngineFields: readonly (readonly [ServerName, ResponseFormat, JsonObject])[] = [
  ['tgi', asSchema, { response_format: { type: 'json_object', value: schema } }],
  ['tgi', asPattern, { response_format: { type: 'regex', value: '\\d+' } }],
  ['tgi', asChoice, { response_format: { type: 'regex', value: '(a\\+b|say "no"\n)' } }],
  ['vllm', asSchema, { structured_outputs: { json: schema } }],
  ['vllm', asPattern, { structured_outputs: { regex: '\\d+' } }],
  ['vllm', asChoice, { structured_outputs: { choice: ['a+b', 'say "no"\n'] } }],
  ['vllm', asGbnf, { structured_outputs: { grammar: 'root ::= "x"' } }],
  ['xinference', asSchema, { guided_json: schema }],
  ['xinference', asPattern, { guided_regex: '\\d+' }],
  ['xinference', asChoice, { guided_choice: ['a+b', 'say "no"\n'] }],
  ['xinference', asGbnf, { guided_grammar: 'root ::= "x"' }],
  ['llama.cpp', asSchema, { json_schema: schema }],
  ['llama.cpp', asChoice, { grammar: 'root ::= "a+b" | "say \\"no\\"\\n"' }],
  ['llama.cpp', asGbnf, { grammar: 'root ::= "x"' }],
  ['sglang', asPattern, { regex: '\\d+' }],
  ['sglang', asChoice, { regex: '(a\\+b|say "no"\n)' }],
  ['sglang', asGbnf, { ebnf: 'root ::= "x"' }],
  ['fireworks', asChoice, { response_format: { type: 'grammar', grammar: 'root ::= "a+b" | "say \\"no\\"\\n"' } }],
  ['fireworks', asGbnf, { response_format: { type: 'grammar', grammar: 'root ::= "x"' } }],
];

test('a grammar goes in the fields of its engine', () => {
  for (const [server, format, fields] of inEngineFields) {
    assert.deepEqual(fieldsFor(server, format), fields, `${server} ${format.kind}`);
  }
});

test('every rung that a server is said to have can be written', () => {
  const formats: readonly ResponseFormat[] = [inSchema, asPattern, asChoice, asGbnf];
  for (const server of [undefined, ...serverNames]) {
    for (const format of formats) {
      for (const { mode } of rungsOf(server, format.kind)) {
        const told = { ...format, mode } as ResponseFormat; // a kind with a mode of its own rungs
        const { body } = planFor(server, { format: told });
        assert.notDeepEqual(body, planFor(server, {}).body, `${server} ${format.kind} ${mode}`);
      }
    }
  }
});

test('a call that brings the answer is forced as the server takes it, and nothing else can be called', () => {
  const format: SchemaFormat = { ...inSchema, mode: 'tool' };
  const tools = [{ name: 'get_time', description: '', parameters: true }];
  const choices: Readonly<Partial<Record<ServerName, unknown>>> = {
    'llama.cpp': 'required',
    lmstudio: 'required',
  };
  for (const server of serverNames) {
    if (!rungsOf(server, 'json-schema').some(({ mode }) => mode === 'tool')) continue;
    const { tools: sent, tool_choice, ...others } = fieldsFor(server, format, { tools, toolChoice: 'none' });
    const [only, ...more] = sent as readonly { function: { name: string; parameters: unknown } }[];
    assert.deepEqual([only?.function.name, only?.function.parameters, more, others], ['person', schema, [], {}]);
    assert.deepEqual(tool_choice, choices[server] ?? { type: 'function', function: { name: 'person' } }, server);
  }
});

test('the tool for the answer goes by another name than the tools that were on offer', () => {
  const tools = [{ name: 'person', description: '', parameters: true }];
  const { answeredBy, tools: callable } = planFor('vllm', { tools, format: { ...inSchema, mode: 'tool' } });
  assert.deepEqual([answeredBy, callable], ['answer', []]);
});

test('a model that takes no tools is asked for the call all the same: the server may refuse it', () => {
  const facts = { concessions: [{ field: 'tools' }, { field: 'tool_choice' }] };
  const asked = { ...request, format: { ...inSchema, mode: 'tool' } as const };
  const { body, omissions } = planRequest(asked, dialectOf('vllm'), facts, 'http://server.test');
  assert.deepEqual([body.tools === undefined, omissions], [false, []]);
});

const toldOf = (server: ServerName | undefined, format: ResponseFormat) => {
  const [first] = planFor(server, { format }).body.messages as readonly { role: string; content: string }[];
  return first?.role === 'system' ? first.content : '';
};

test('a schema that is not sent as one is told in the system message, with the word JSON', () => {
  const modes: readonly (readonly [SchemaMode, boolean])[] = [
    ['native', false],
    ['grammar', false],
    ['tool', false],
    ['json', true],
    ['prompt', true],
  ];
  for (const [mode, isTold] of modes) {
    const words = toldOf('vllm', { ...inSchema, mode });
    assert.equal(/^Answer with one JSON value .*\n\{"type":"object"/.test(words), isTold, mode);
  }
  assert.deepEqual(fieldsFor('deepseek', { ...inSchema, mode: 'json' }), { response_format: { type: 'json_object' } });
  assert.deepEqual(fieldsFor('deepseek', { ...inSchema, mode: 'prompt' }), {});
});

test('a pattern and a choice are told also to a model that is held to them', () => {
  for (const mode of ['grammar', 'prompt'] as const) {
    assert.match(toldOf('vllm', { kind: 'regex', mode, pattern: '\\d+' }), /nothing else:\n\\d\+$/);
    assert.match(toldOf('vllm', { kind: 'choice', mode, choices: ['yes', 'no'] }), /nothing else:\nyes\nno$/);
  }
  assert.equal(toldOf('vllm', asGbnf), '');
});

test('only the outer anchors of a pattern are taken off: engines match the whole answer', () => {
  const sent = (pattern: string) => fieldsFor('sglang', { kind: 'regex', mode: 'grammar', pattern }).regex;
  assert.deepEqual(['^a$', 'a\\$', 'a\\\\$', '^', '(^a|b$)'].map(sent), ['a', 'a\\$', 'a\\\\', '', '(^a|b$)']);
});

test('control characters of a choice are escaped in a grammar', () => {
  const format: ResponseFormat = { kind: 'choice', mode: 'grammar', choices: ['a\u0007\\', '서울 🏙'] };
  assert.equal(fieldsFor('llama.cpp', format).grammar, 'root ::= "a\\x07\\\\" | "서울 🏙"');
});

test('Groq gives an answer with a response_format in one body, and streams the others', () => {
  const streamed = (mode: SchemaMode) => {
    const { stream, stream_options } = planFor('groq', { format: { ...inSchema, mode } }).body;
    return [stream, stream_options !== undefined];
  };
  assert.deepEqual(
    [streamed('native'), streamed('json')],
    [
      [false, false],
      [false, false],
    ],
  );
  assert.deepEqual(
    [streamed('tool'), streamed('prompt')],
    [
      [true, true],
      [true, true],
    ],
  );
});

test('a response_format given by hand wins', () => {
  const extraBody = { response_format: { type: 'text' } };
  assert.deepEqual(fieldsFor('openai', inSchema, { extraBody }), extraBody);
});

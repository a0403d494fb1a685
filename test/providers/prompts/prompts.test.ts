import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../../src/core/error.ts';
import type { AssistantMessage, Message } from '../../../src/core/message.ts';
import { findPromptFormat, guessPromptFormat, promptFormats } from '../../../src/providers/prompts/index.ts';

const system = (text: string): Message => ({ role: 'system', text });
const user = (text: string): Message => ({ role: 'user', text });
const assistant = (text: string, toolCalls: AssistantMessage['toolCalls'] = []): Message => ({
  role: 'assistant',
  text,
  toolCalls,
  ending: 'stop',
});
const tool = (text: string): Message => ({ role: 'tool', callId: '1', name: 'get_time', outcome: 'ok', text });

const conversation = [system('S'), user(' U '), assistant('A'), user('V')];
const question = [user('U')];

/** A whole conversation, and one question without a system text. */
const expected: Readonly<Record<string, readonly [conversation: string, question: string]>> = {
  llama2: ['<s>[INST] <<SYS>>\nS\n<</SYS>>\n\nU [/INST] A </s><s>[INST] V [/INST]', '<s>[INST] U [/INST]'],
  vicuna: ['S\n\nUSER: U\nASSISTANT: A</s>\nUSER: V\nASSISTANT: ', 'USER: U\nASSISTANT: '],
  wizardlm: ['S USER: U ASSISTANT: A USER: V ASSISTANT: ', 'USER: U ASSISTANT: '],
  stablebeluga: [
    '### System:\nS\n\n### User:\nU\n\n### Assistant:\nA\n\n### User:\nV\n\n### Assistant:',
    '### User:\nU\n\n### Assistant:',
  ],
  open_assistant: [
    '<|system|>S</s><|prompter|>U</s><|assistant|>A</s><|prompter|>V</s><|assistant|>',
    '<|prompter|>U</s><|assistant|>',
  ],
  chatml_falcon: [
    '<|system|>\nS<|endoftext|>\n<|user|>\nU<|endoftext|>\n<|assistant|>\nA<|endoftext|>\n<|user|>\nV<|endoftext|>\n<|assistant|>',
    '<|user|>\nU<|endoftext|>\n<|assistant|>',
  ],
  chatml_starchat: [
    '<|system|>\nS<|end|>\n<|user|>\nU<|end|>\n<|assistant|>\nA<|end|>\n<|user|>\nV<|end|>\n<|assistant|>',
    '<|user|>\nU<|end|>\n<|assistant|>',
  ],
  falcon: ['System: S\nUser: U\nFalcon: A\nUser: V\nFalcon: ', 'User: U\nFalcon: '],
  anthropic: ['S\n\nHuman: U\n\nAssistant: A\n\nHuman: V\n\nAssistant: ', '\n\nHuman: U\n\nAssistant: '],
  chatml: [
    '<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\nA<|im_end|>\n<|im_start|>user\nV<|im_end|>\n<|im_start|>assistant\n',
    '<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\n',
  ],
  llama3: [
    '<|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nU<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nA<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nV<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
    '<|start_header_id|>user<|end_header_id|>\n\nU<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
  ],
  mistral: ['[INST] S\n\nU [/INST] A</s>[INST] V [/INST]', '[INST] U [/INST]'],
  gemma: [
    '<start_of_turn>user\nS\n\nU<end_of_turn>\n<start_of_turn>model\nA<end_of_turn>\n<start_of_turn>user\nV<end_of_turn>\n<start_of_turn>model\n',
    '<start_of_turn>user\nU<end_of_turn>\n<start_of_turn>model\n',
  ],
  plain: ['S\n\nUser: U\n\nAssistant: A\n\nUser: V\n\nAssistant:', 'User: U\n\nAssistant:'],
  raw: ['S\n U \nA\nV', 'U'],
};

for (const [name, format] of Object.entries(promptFormats)) {
  test(`${name} is written as its models were trained`, () => {
    assert.deepEqual([format.build(conversation), format.build(question)], expected[name]);
  });
}

test('the stop strings are those easyllm names, and those the newer formats end their turns with', () => {
  const stops = Object.fromEntries(Object.entries(promptFormats).map(([name, { stop }]) => [name, stop]));
  assert.deepEqual(stops, {
    llama2: ['</s>'],
    vicuna: ['</s>'],
    wizardlm: ['</s>'],
    stablebeluga: ['</s>'],
    open_assistant: ['</s>'],
    chatml_falcon: ['<|endoftext|>'],
    chatml_starchat: ['<|end|>'],
    falcon: ['\nUser:', '<|endoftext|>', ' User:', '###'],
    anthropic: ['\n\nHuman:', '\n\nUser:', 'User:'],
    chatml: ['<|im_end|>', '<|im_start|>'],
    llama3: ['<|eot_id|>', '<|start_header_id|>'],
    mistral: ['</s>', '[INST]'],
    gemma: ['<end_of_turn>', '<start_of_turn>'],
    plain: ['\nUser:'],
    raw: [],
  });
});

test('what a tool answered becomes text of the user, and a message of nothing but calls is left out', () => {
  const call = { id: '1', name: 'get_time', arguments: '{}' };
  const messages = [user('When?'), assistant('', [call]), tool('12:00'), assistant('Noon.'), user('Thanks')];
  assert.equal(
    findPromptFormat('vicuna').build(messages),
    'USER: When?\n\nTool get_time answered: 12:00\nASSISTANT: Noon.</s>\nUSER: Thanks\nASSISTANT: ',
  );
});

test('system messages stand at the beginning, wherever they came', () => {
  const messages = [user('U'), system('S'), assistant('A'), system('T'), user('V')];
  assert.equal(findPromptFormat('vicuna').build(messages), 'S\n\nT\n\nUSER: U\nASSISTANT: A</s>\nUSER: V\nASSISTANT: ');
});

test('a system text without a user message keeps its place', () => {
  assert.equal(findPromptFormat('mistral').build([system('S')]), '[INST] S [/INST]');
  assert.equal(
    findPromptFormat('gemma')
      .build([system('S'), assistant('A'), user('V')])
      .slice(0, 40),
    '<start_of_turn>user\nS<end_of_turn>\n<star',
  );
});

/** What would end a turn or begin another, in the words of each format. */
const forgeries: Readonly<Record<string, readonly string[]>> = {
  llama2: ['</s>', '<s>', '[INST]', '[/INST]', '<<SYS>>', '<</SYS>>'],
  vicuna: ['</s>', '\nUSER:', '\nASSISTANT:'],
  wizardlm: ['</s>', 'USER:', 'ASSISTANT:'],
  stablebeluga: ['### System:', '### User:', '### Assistant:'],
  open_assistant: ['</s>', '<|prompter|>', '<|assistant|>', '<|system|>'],
  chatml_falcon: ['<|endoftext|>', '<|user|>', '<|system|>'],
  chatml_starchat: ['<|end|>', '<|user|>', '<|system|>'],
  falcon: ['\nUser:', '\nFalcon:', '\nSystem:', '<|endoftext|>'],
  anthropic: ['\n\nHuman:', '\n\nAssistant:'],
  chatml: ['<|im_end|>', '<|im_start|>', '<|endoftext|>'],
  llama3: ['<|eot_id|>', '<|start_header_id|>', '<|python_tag|>'],
  mistral: ['</s>', '[INST]', '[/INST]', '[TOOL_CALLS]'],
  gemma: ['<start_of_turn>', '<end_of_turn>', '<eos>'],
  plain: ['\nUser:', '\nAssistant:'],
};

for (const [name, tokens] of Object.entries(forgeries)) {
  test(`no text of a message becomes a token of ${name}`, () => {
    const format = findPromptFormat(name);
    const count = (text: string) => tokens.reduce((sum, token) => sum + text.split(token).length - 1, 0);
    const honest = count(format.build([system('S'), user('U'), tool('T'), assistant('A'), user('V')]));
    for (const token of tokens) {
      const bad = `x${token}${token}y${token.slice(0, 2)}${token}${token.slice(2)}\n${token}z`;
      const prompt = format.build([system(bad), user(bad), tool(bad), assistant(bad), user(bad)]);
      assert.equal(count(prompt), honest, `${JSON.stringify(token)} in ${JSON.stringify(prompt)}`);
      assert.equal(prompt.replaceAll(/\s/g, '').split(bad.replaceAll(/\s/g, '')).length - 1, 5, 'nothing is lost');
    }
  });
}

test('ordinary text with angle brackets, pipes and colons is left as it is', () => {
  const text = 'if (a <b || c|> d) { /* [x] User: <|> */ } <p>hi</p>';
  for (const name of ['llama2', 'chatml', 'llama3', 'gemma', 'mistral', 'falcon', 'plain', 'anthropic']) {
    assert.ok(
      findPromptFormat(name)
        .build([user(text)])
        .includes(text),
      name,
    );
  }
});

test('half a surrogate pair does not reach the prompt', () => {
  for (const format of Object.values(promptFormats)) {
    assert.ok(format.build([system('a\ud83d'), user('b\ude00'), assistant('c\ud83d'), user('d')]).isWellFormed());
  }
});

test("a model's name tells its format", () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    'meta-llama/Llama-2-70b-chat-hf': 'llama2',
    'meta-llama/Llama-3.1-8B-Instruct': 'llama3',
    'Meta-Llama-3-70B-Instruct.Q4_K_M.gguf': 'llama3',
    'mistralai/Mixtral-8x7B-Instruct-v0.1': 'mistral',
    'google/gemma-2-9b-it': 'gemma',
    'lmsys/vicuna-13b-v1.5': 'vicuna',
    'WizardLM/WizardLM-13B-V1.2': 'wizardlm',
    'stabilityai/StableBeluga2': 'stablebeluga',
    'OpenAssistant/oasst-sft-4-pythia-12b-epoch-3.5': 'open_assistant',
    'HuggingFaceH4/starchat-beta': 'chatml_starchat',
    'tiiuae/falcon-40b-instruct': 'falcon',
    'Qwen/Qwen2.5-7B-Instruct': 'chatml',
    '01-ai/Yi-34B-Chat': 'chatml',
    'NousResearch/Nous-Hermes-2-Mixtral-8x7B-DPO': 'chatml',
    'claude-2.1': 'anthropic',
    'bigscience/bloom': undefined,
    'acme/everything': undefined,
  };
  assert.deepEqual(Object.fromEntries(Object.keys(cases).map((model) => [model, guessPromptFormat(model)])), cases);
});

test('an unknown format is answered with the names there are, the nearest first', () => {
  assert.throws(
    () => findPromptFormat('lama2'),
    (error) => isChatError(error, 'config') && /"lama2" \(there are llama2, llama3, /.test(error.message),
  );
  assert.throws(() => findPromptFormat('toString'), /there is no prompt format "toString"/);
});

test('a last answer of the model is left open, where the format can', () => {
  const unfinished = [user('U'), assistant('one, two')];
  const open = Object.entries(promptFormats).filter(([, format]) => format.continues === true);
  assert.ok(open.length >= 9);
  for (const [name, format] of open) assert.ok(format.build(unfinished).endsWith('one, two'), name);
  assert.equal(
    findPromptFormat('chatml').build(unfinished),
    '<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\none, two',
  );
});

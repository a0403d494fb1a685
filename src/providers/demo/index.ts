/** The built-in provider: scripted, offline, deterministic. It shows what banter does and never claims to think. */

import { ChatError } from '../../core/error.ts';
import type { Json } from '../../core/json.ts';
import type { ChatRequest, Provider } from '../../core/provider.ts';
import type { FormatKind, Rung } from '../../core/response-format.ts';
import type { FinishEvent, StreamEvent } from '../../core/stream-event.ts';
import { type Script, writeScript } from './script.ts';

export interface DemoOptions {
  /** Waits between words; rejects when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly wordDelayMs?: number;
}

const target = 'the offline demo';
const model = 'scripted';

export function createDemoProvider({ pause, wordDelayMs = 25 }: DemoOptions): Provider {
  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<StreamEvent> {
    const script = writeScript(request);
    const words = splitWords(script.text);
    const spoken = words.slice(0, request.sampling.maxTokens ?? words.length);
    const events: readonly StreamEvent[] = request.stream
      ? [...deltas('reasoning-delta', splitWords(script.reasoning)), ...deltas('text-delta', spoken)]
      : [...deltas('reasoning-delta', [script.reasoning]), ...deltas('text-delta', [spoken.join('')])];
    for (const event of events) {
      if (signal.aborted) throw new ChatError({ kind: 'aborted' });
      yield event;
      if (request.stream) await pause(wordDelayMs, signal);
    }
    for (const call of script.calls) yield { type: 'tool-call', call };
    yield finish(request, script, { spoken: spoken.length, isCut: spoken.length < words.length });
  }

  return {
    target,
    stream,
    listModels: async () => [{ id: model, ownedBy: 'banter' }],
    rungs: toRungs,
    // It refuses nothing and ignores nothing.
    leaveRung: () => {},
    preview: (request) => ({ method: 'POST', url: 'demo:offline', headers: {}, body: toPreview(request) }),
  };
}

/** A sample satisfies what it is a sample of; of a grammar it has none. */
function toRungs(kind: FormatKind): readonly Rung[] {
  if (kind === 'grammar') return [];
  const mode = kind === 'json-schema' ? 'native' : 'grammar';
  return [
    { mode, schema: 'any', besideTools: true },
    { mode: 'prompt', schema: 'any', besideTools: true },
  ];
}

/** A word is the demo's token. */
function finish(
  request: ChatRequest,
  script: Script,
  { spoken, isCut }: { spoken: number; isCut: boolean },
): FinishEvent {
  const prompt = request.messages.reduce((sum, { text }) => sum + splitWords(text).length, 0);
  const usage = { promptTokens: prompt, completionTokens: spoken };
  const reason = isCut ? 'length' : script.calls.length > 0 ? 'tool-calls' : 'stop';
  return { type: 'finish', reason, usage, model };
}

function deltas(type: 'text-delta' | 'reasoning-delta', texts: readonly string[]): StreamEvent[] {
  return texts.filter((text) => text !== '').map((text) => ({ type, text }));
}

/** Words with the space before them; Chinese, which has no spaces, two characters at a time. */
function splitWords(text: string): readonly string[] {
  return text.match(/\s*(?:\p{Script=Han}{1,2}[，。、！？：；]?|[^\s\p{Script=Han}]+)|\s+$/gu) ?? [];
}

function toPreview(request: ChatRequest): Json {
  return {
    messages: request.messages.map(({ role, text }) => ({ role, content: text })),
    tools: request.tools.map(({ name }) => name),
    ...(request.format !== undefined && { format: { ...request.format } }),
  };
}

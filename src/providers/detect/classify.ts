/** From what a server answered to the probes to what it is: a table of facts, no I/O. */

import { isJsonObject, type Json, type JsonObject, nonEmptyString } from '../../core/json.ts';
import { optional } from '../../core/optional.ts';
import type { ProviderKind, ServerName } from '../../core/profile.ts';
import type { ProbeAnswers, ProbeName } from './probes.ts';

export interface Finding {
  readonly server: ServerName;
  readonly kind: ProviderKind;
  readonly version?: string;
  /** In tokens, where a probe says more than the list of models. */
  readonly contextWindow?: number;
}

/** Undefined for a server that gives no sign of what it is: then it is taken to speak the common protocol. */
export function classify(answers: ProbeAnswers): Finding | undefined {
  const facts = factsOf(answers);
  for (const { server, recognise, kind, version, contextWindow } of signs) {
    if (!recognise(facts)) continue;
    const found = version?.(facts);
    return {
      server,
      kind: kind?.(found) ?? 'openai',
      ...optional('version', found),
      ...optional('contextWindow', contextWindow?.(facts)),
    };
  }
  return undefined;
}

interface Facts {
  /** The body of an answer as an object; `{}` for any other answer and for none. */
  of(probe: ProbeName): JsonObject;
  /** The entries of the list of models. */
  readonly models: readonly JsonObject[];
}

interface Sign {
  readonly server: ServerName;
  readonly recognise: (facts: Facts) => boolean;
  /** The common protocol, unless this says otherwise. */
  readonly kind?: (version: string | undefined) => ProviderKind | undefined;
  readonly version?: (facts: Facts) => string | undefined;
  readonly contextWindow?: (facts: Facts) => number | undefined;
}

/** The surest signs first: a path of their own, then the owner that the list of models names. */
const signs: readonly Sign[] = [
  {
    server: 'tgi',
    recognise: ({ of, models }) => of('info').router === 'text-generation-router' || isModelOfTgi(models),
    // Its chat routes know the model's own template and its tools; versions before 1.4 have only /generate.
    kind: (version) => (/^(?:0\.|1\.[0-3](?:\.|$))/.test(version ?? '') ? 'tgi' : undefined),
    version: ({ of }) => nonEmptyString(of('info').version),
    contextWindow: ({ of }) => positive(of('info').max_total_tokens),
  },
  {
    server: 'xinference',
    recognise: ({ of, models }) => typeof of('clusterAuth').auth === 'boolean' || isOwned(models, 'xinference'),
    kind: () => 'xinference',
    version: ({ of }) => nonEmptyString(of('clusterVersion').version),
  },
  {
    server: 'lmstudio',
    recognise: ({ of }) =>
      entries(of('lmStudioModels').models).some((model) => Array.isArray(model.loaded_instances)) ||
      entries(of('lmStudioOldModels').data).some((model) => typeof model.state === 'string'),
  },
  {
    server: 'litellm',
    recognise: ({ of }) => nonEmptyString(of('litellmHealth').litellm_version) !== undefined,
    version: ({ of }) => nonEmptyString(of('litellmHealth').litellm_version),
  },
  {
    server: 'ollama',
    recognise: ({ of, models }) =>
      nonEmptyString(of('ollamaVersion').version) !== undefined || isOwned(models, 'library'),
    version: ({ of }) => nonEmptyString(of('ollamaVersion').version),
  },
  {
    server: 'llama.cpp',
    recognise: ({ of, models }) =>
      (typeof of('props').build_info === 'string' && isJsonObject(of('props').default_generation_settings)) ||
      isOwned(models, 'llamacpp'),
    version: ({ of }) => nonEmptyString(of('props').build_info),
    contextWindow({ of }) {
      const settings = of('props').default_generation_settings;
      return isJsonObject(settings) ? positive(settings.n_ctx) : undefined;
    },
  },
  {
    server: 'sglang',
    recognise: ({ of, models }) => typeof of('sglangModel').is_generation === 'boolean' || isOwned(models, 'sglang'),
  },
  {
    server: 'vllm',
    recognise: ({ models }) => isOwned(models, 'vllm'),
    version: ({ of }) => nonEmptyString(of('version').version),
  },
];

/** One entry that is owned by itself and was created never (router/src/server.rs, openai_get_model_info). */
function isModelOfTgi(models: readonly JsonObject[]): boolean {
  const [model] = models;
  return models.length === 1 && model?.created === 0 && model.owned_by !== undefined && model.owned_by === model.id;
}

function isOwned(models: readonly JsonObject[], owner: string): boolean {
  return models.some((model) => model.owned_by === owner);
}

function factsOf(answers: ProbeAnswers): Facts {
  const bodyOf = (probe: ProbeName): Json | undefined => {
    const answer = answers[probe];
    return answer?.kind === 'json' ? answer.body : undefined;
  };
  const of = (probe: ProbeName): JsonObject => {
    const body = bodyOf(probe);
    return isJsonObject(body) ? body : {};
  };
  return { of, models: entries(of('models').data) };
}

function entries(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

function positive(value: Json | undefined): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

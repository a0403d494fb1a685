/** From flags and settings to a session that can run: the server, the tools, the conversation. */

import { ChatError } from '../core/error.ts';
import { nonEmptyString } from '../core/json.ts';
import type { Notice } from '../core/notice.ts';
import { optional } from '../core/optional.ts';
import type { ProviderKind } from '../core/profile.ts';
import type { Provider, Sampling } from '../core/provider.ts';
import type { Tool, ToolChoice } from '../core/tool.ts';
import { createProvider } from '../providers/index.ts';
import { createSession, type Session } from '../session/index.ts';
import { openMemory } from '../store/learned.ts';
import type { Settings } from '../store/settings.ts';
import { readTextFile } from '../store/text-file.ts';
import { builtInTools, defaultForecastUrl, defaultGeocodingUrl, selectTools } from '../tools/index.ts';
import { defaultLimits, fetchJson, type Network, networkFrom, networkNotices, type WireLimits } from '../wire/index.ts';
import { openLog } from './conversation.ts';
import type { Flags, NetworkOptions } from './flags.ts';
import type { Host } from './host.ts';
import type { Server } from './resolve-server.ts';
import { loadSchema } from './schema.ts';
import { secretsOf } from './secrets.ts';
import { userAgent } from './version.ts';

export interface Composition {
  readonly session: Session;
  /** All tools there are, offered or not. */
  readonly tools: readonly Tool[];
  /** What must not be written to the conversation. Grows when another server is asked: the log reads it each time. */
  readonly secrets: string[];
  readonly notices: readonly Notice[];
}

/** @throws ChatError for everything that can be known to be wrong before the request */
export async function compose(host: Host, flags: Flags, server: Server, settings: Settings): Promise<Composition> {
  const limits = toLimits(flags);
  const network = networkOf(host, flags);
  const tools = allTools(host, settings, network);
  const offered = offeredTools(flags, tools, server.profile.kind);
  const structured = flags.schema === undefined ? undefined : await loadSchema(flags.schema, flags.schemaRetries);
  const system = flags.system === undefined ? undefined : readSystem(flags.system);
  const secrets = [...secretsOf(server)];
  const { log, notices } = await openLog(host, flags, secrets);

  const session = createSession(
    {
      provider: await openProvider(host, server, limits, network),
      model: server.profile.model,
      system,
      tools: offered,
      toolChoice: toToolChoice(flags.toolChoice, offered),
      sampling: toSampling(flags),
      ...optional('thinking', flags.think),
      extraBody: { ...server.profile.params, ...flags.option },
      stream: flags.stream,
      maxRounds: flags.maxRounds,
      toolTimeoutMs: flags.toolTimeout === 0 ? Number.POSITIVE_INFINITY : flags.toolTimeout * 1000,
      ...optional('structured', structured),
      log,
    },
    host.now,
  );
  return { session, tools, secrets, notices: [...networkNotices(host.environment), ...notices] };
}

export function openProvider(
  host: Host,
  server: Server,
  limits: WireLimits,
  network: Network | undefined,
): Promise<Provider> {
  return createProvider(server.profile, {
    ...optional('apiKey', server.apiKey),
    userAgent,
    limits,
    ...optional('network', network),
    memory: openMemory(host.paths, () => new Date()),
    pause,
  });
}

export function toLimits(flags: Flags): WireLimits {
  return {
    ...defaultLimits,
    retries: flags.retries,
    firstByteMs: flags.timeout * 1000,
    idleMs: flags.idleTimeout * 1000,
  };
}

const maxCertificateBytes = 4 * 1024 * 1024;

/** @throws ChatError 'usage' for a proxy or a certificate file that cannot be used */
export function networkOf(host: Host, { proxy, caCert }: NetworkOptions): Network | undefined {
  // Node forgets NODE_EXTRA_CA_CERTS as soon as it is given certificates of our own.
  const files = caCert === undefined ? [] : [caCert, nonEmptyString(host.environment.NODE_EXTRA_CA_CERTS)];
  const texts = files.flatMap((file) =>
    file === undefined ? [] : readTextFile(file, { maxBytes: maxCertificateBytes }),
  );
  return networkFrom(host.environment, {
    ...optional('proxy', proxy),
    ...optional('ca', texts.length === 0 ? undefined : texts.join('\n')),
  });
}

/** Short enough that a dead service is named before the time limit of a tool call hides which one it was. */
const serviceLimits: WireLimits = { ...defaultLimits, connectMs: 5_000, firstByteMs: 10_000, retries: 1 };

function allTools(host: Host, settings: Settings, network: Network | undefined): readonly Tool[] {
  const { environment } = host;
  return builtInTools({
    clock: () => new Date(),
    forecastUrl: nonEmptyString(environment.BANTER_WEATHER_URL) ?? settings.weather?.url ?? defaultForecastUrl,
    geocodingUrl:
      nonEmptyString(environment.BANTER_GEOCODING_URL) ?? settings.weather?.geocodingUrl ?? defaultGeocodingUrl,
    fetchJson: (url, signal) =>
      fetchJson({
        method: 'GET',
        url,
        headers: { 'user-agent': userAgent },
        secrets: [],
        limits: serviceLimits,
        ...optional('network', network),
        signal,
      }),
  });
}

const textKinds: readonly ProviderKind[] = ['tgi', 'completions'];

/**
 * A schema and tools in one request confuse small models and are refused by some servers (TGI), and a server that
 * completes text takes no tools: there, only tools that were asked for by name are offered.
 */
function offeredTools(flags: Flags, tools: readonly Tool[], kind: ProviderKind): readonly Tool[] {
  if (!flags.tools) return [];
  const unsuited = flags.schema !== undefined || textKinds.includes(kind);
  if (unsuited && flags.tool.length === 0) return [];
  return selectTools(tools, flags.tool);
}

function toToolChoice(choice: string | undefined, offered: readonly Tool[]): ToolChoice {
  if (choice === undefined || choice === 'auto' || choice === 'none') return choice ?? 'auto';
  if (offered.length === 0)
    throw new ChatError({ kind: 'usage', what: `--tool-choice ${choice} needs tools, and none are offered` });
  if (choice === 'required') return choice;
  if (offered.some(({ name }) => name === choice)) return { name: choice };
  const names = offered.map(({ name }) => name).join(', ');
  throw new ChatError({ kind: 'usage', what: `there is no tool "${choice}" to choose`, hint: `offered: ${names}` });
}

function toSampling(flags: Flags): Sampling {
  return {
    ...optional('temperature', flags.temperature),
    ...optional('maxTokens', flags.maxTokens),
    ...optional('topP', flags.topP),
    ...optional('topK', flags.topK),
    ...optional('seed', flags.seed),
    ...optional('stop', flags.stop.length === 0 ? undefined : flags.stop),
  };
}

const maxSystemBytes = 1024 * 1024;

function readSystem(given: string): string {
  return given.startsWith('@') ? readTextFile(given.slice(1), { maxBytes: maxSystemBytes }).trimEnd() : given;
}

export function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new ChatError({ kind: 'aborted' }));
    const stop = (): void => {
      clearTimeout(timer);
      reject(new ChatError({ kind: 'aborted' }));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, waitMs);
    signal.addEventListener('abort', stop, { once: true });
  });
}

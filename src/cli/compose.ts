/** From flags and settings to a session that can run: the server, the tools, the conversation. */

import { ChatError } from '../core/error.ts';
import { nonEmptyString } from '../core/json.ts';
import type { Notice } from '../core/notice.ts';
import { optional } from '../core/optional.ts';
import type { Provider, Sampling } from '../core/provider.ts';
import type { Tool, ToolChoice } from '../core/tool.ts';
import { createProvider } from '../providers/index.ts';
import type { Approval } from '../session/approval.ts';
import { createSession, type Session } from '../session/index.ts';
import type { StructuredOutput } from '../session/structured/index.ts';
import { openMemory } from '../store/learned.ts';
import type { Settings } from '../store/settings.ts';
import { readTextFile } from '../store/text-file.ts';
import { defaultLimits, type Network, networkFrom, networkNotices, type WireLimits } from '../wire/index.ts';
import { openLog } from './conversation.ts';
import type { Flags, NetworkOptions } from './flags.ts';
import type { Host } from './host.ts';
import type { Server } from './resolve-server.ts';
import { secretsOf } from './secrets.ts';
import { loadTools } from './tools.ts';
import { userAgent } from './version.ts';

export interface Composition {
  readonly session: Session;
  /** All tools there are, offered or not. */
  readonly tools: readonly Tool[];
  /** What must not be written to the conversation. Grows when another server is asked: the log reads it each time. */
  readonly secrets: string[];
  readonly notices: readonly Notice[];
  /** Ends what tools have started. Has to be called before the program ends; never rejects. */
  close(): Promise<void>;
}

export interface ComposeOptions {
  readonly server: Server;
  readonly settings: Settings;
  readonly structured: StructuredOutput | undefined;
  /** A person is there who can be asked whether a tool may run. */
  readonly canAsk: boolean;
  /** Ends the waiting for tools that have to be asked what they are. */
  readonly signal: AbortSignal;
}

/** @throws ChatError for everything that can be known to be wrong before the request */
export async function compose(host: Host, flags: Flags, options: ComposeOptions): Promise<Composition> {
  const { server, settings, structured, signal } = options;
  const { profile } = server;
  const limits = toLimits(flags);
  const network = networkOf(host, flags);
  const system = flags.system === undefined ? undefined : readSystem(flags.system);
  const secrets = [...secretsOf(server)];
  const provider = await openProvider(host, server, limits, network);
  const isStructured = structured !== undefined;
  const loaded = await loadTools(host, flags, { profile, settings, network, isStructured, signal });
  try {
    const toolChoice = toToolChoice(flags.toolChoice, loaded.offered);
    const { log, notices } = await openLog(host, flags, secrets);
    const session = createSession(
      {
        provider,
        model: profile.model,
        system,
        tools: loaded.offered,
        toolChoice,
        sampling: toSampling(flags),
        ...optional('thinking', flags.think),
        extraBody: { ...profile.params, ...flags.option },
        stream: flags.stream,
        maxRounds: flags.maxRounds,
        toolTimeoutMs: toToolTimeoutMs(flags.toolTimeout),
        approval: toApproval(flags, settings, options.canAsk),
        ...optional('structured', structured),
        log,
      },
      host.now,
    );
    const all = [...networkNotices(host.environment), ...notices, ...loaded.notices];
    return { session, tools: loaded.tools, secrets, notices: all, close: loaded.close };
  } catch (error) {
    await loaded.close();
    throw error;
  }
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

function toApproval({ approve, yes }: Flags, { toolRules = [] }: Settings, canAsk: boolean): Approval {
  return { policy: yes === true ? 'all' : approve, rules: toolRules, canAsk };
}

/** @param limit  in seconds; 0 is none */
export function toToolTimeoutMs(limit: number): number {
  return limit === 0 ? Number.POSITIVE_INFINITY : limit * 1000;
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

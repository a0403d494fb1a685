/** What answers on the ports where servers of models usually listen, for a machine on which nothing is configured. */

import { ChatError, isChatError } from '../core/error.ts';
import { type DetectedServer, detectServer } from '../providers/detect/index.ts';
import { networkFrom } from '../wire/index.ts';
import { askerFor } from './probe.ts';
import type { Environment } from './resolve-server.ts';

/** Ollama, LM Studio, llama.cpp (twice) and TGI in Docker, TGI, vLLM, Xinference. */
const usualPorts = [11434, 1234, 8080, 9931, 3000, 8000, 9997];
/** A port nobody listens on refuses at once; this is for one that accepts and then says nothing. */
const usualLimitMs = 300;
/** Ports a person names are meant to be there. */
const namedLimitMs = 2000;

/**
 * The first in the order of the ports that is known to be a server of models, or lists some, and wants no key.
 * `BANTER_LOCAL_PORTS` names other ports, such as `8081,8082`; empty, it asks none.
 * @throws ChatError 'aborted'
 */
export async function findLocalServer(
  environment: Environment,
  ending: AbortSignal,
): Promise<DetectedServer | undefined> {
  const named = environment.BANTER_LOCAL_PORTS;
  const ports = named === undefined ? usualPorts : readPorts(named);
  if (ports.length === 0) return undefined;
  const limit = AbortSignal.timeout(named === undefined ? usualLimitMs : namedLimitMs);
  const signal = AbortSignal.any([ending, limit]);
  const found = await Promise.all(ports.map((port) => detectAt(`http://127.0.0.1:${port}/v1`, environment, signal)));
  if (ending.aborted) throw new ChatError({ kind: 'aborted' });
  // A web server that answers every path with 200 is none of them.
  return found.find((server) => server !== undefined && isOfModels(server));
}

async function detectAt(
  baseUrl: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<DetectedServer | undefined> {
  const profile = { name: 'local', kind: 'openai' } as const;
  try {
    return await detectServer({ baseUrl, ask: askerFor({ profile, baseUrl }, networkFrom(environment, {})), signal });
  } catch (error) {
    // Nobody there, or not in time.
    if (isChatError(error, 'network') || isChatError(error, 'aborted')) return undefined;
    throw error;
  }
}

function isOfModels({ server, models, needsKey }: DetectedServer): boolean {
  return !needsKey && (models.length > 0 || server !== undefined);
}

function readPorts(text: string): readonly number[] {
  const ports = text.split(',').map(Number);
  return ports.filter((port) => Number.isInteger(port) && port > 0 && port < 65_536);
}

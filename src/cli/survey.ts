/** Everything that asking can find out about the server of a profile. */

import { optional } from '../core/optional.ts';
import type { Capabilities, Profile } from '../core/profile.ts';
import { type Abilities, probeAbilities } from '../providers/detect/abilities.ts';
import { type DetectedServer, detectServer } from '../providers/detect/index.ts';
import { createProvider } from '../providers/index.ts';
import { defaultLimits, type Network, type WireLimits } from '../wire/index.ts';
import { pause } from './compose.ts';
import { toCapabilities } from './found-profile.ts';
import { askerFor, type Probed, senderFor } from './probe.ts';
import type { Server } from './resolve-server.ts';
import { userAgent } from './version.ts';

export interface Survey {
  readonly found: DetectedServer;
  /** The one whose abilities were asked about; undefined when there was none to ask. */
  readonly model: string | undefined;
  readonly capabilities: Capabilities;
}

/** @throws ChatError when the server cannot be reached, refuses the key, or does not answer a plain question */
export async function survey(
  { profile, apiKey }: Server,
  { baseUrl, network, signal }: SurveyOptions,
): Promise<Survey> {
  const probed: Probed = { profile, baseUrl, apiKey };
  const found = await detectServer({ baseUrl, ask: askerFor(probed, network), signal });
  const model = profile.model ?? found.models[0]?.id;
  const known = toCapabilities(found);
  const abilities = await askAbilities({ ...profile, ...optional('capabilities', known) }, model, probed, {
    network,
    signal,
  });
  return { found, model, capabilities: { ...known, ...abilities, probedAt: new Date().toISOString() } };
}

export interface SurveyOptions {
  readonly baseUrl: string;
  readonly network: Network | undefined;
  readonly signal: AbortSignal;
}

/** A model that has to be loaded first takes its time; a server that is busy is asked once more. */
const limits: WireLimits = { ...defaultLimits, connectMs: 10_000, firstByteMs: 90_000, retries: 1 };

async function askAbilities(
  profile: Profile,
  model: string | undefined,
  probed: Probed,
  { network, signal }: Omit<SurveyOptions, 'baseUrl'>,
): Promise<Abilities> {
  const provider = await createProvider(profile, {
    ...optional('apiKey', probed.apiKey),
    userAgent,
    limits,
    ...optional('network', network),
    pause,
  });
  return probeAbilities({ provider, model, send: senderFor(probed, network, limits), signal });
}

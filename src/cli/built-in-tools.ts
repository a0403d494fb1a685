/** The tools that are built in, with the services and the network they use. */

import { networkInterfaces } from 'node:os';
import { nonEmptyString } from '../core/json.ts';
import { optional } from '../core/optional.ts';
import type { Tool } from '../core/tool.ts';
import type { Settings } from '../store/settings.ts';
import type { FetchUrlOptions } from '../tools/fetch-url/index.ts';
import { builtInTools, defaultForecastUrl, defaultGeocodingUrl } from '../tools/index.ts';
import { defaultLimits, fetchJson, type Network, type WireLimits } from '../wire/index.ts';
import type { Host } from './host.ts';
import { userAgent } from './version.ts';

/** Short enough that a dead service is named before the time limit of a tool call hides which one it was. */
const serviceLimits: WireLimits = { ...defaultLimits, connectMs: 5_000, firstByteMs: 10_000, retries: 1 };

export async function loadBuiltIns(
  { environment }: Host,
  settings: Settings,
  network: Network | undefined,
): Promise<readonly Tool[]> {
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
    pages: await pageOptions(network?.ca),
  });
}

/** @param ca  PEM text of authorities to trust besides the usual ones */
async function pageOptions(ca: string | undefined): Promise<FetchUrlOptions> {
  const options = { userAgent, ownAddresses };
  if (ca === undefined) return options;
  const { trusting } = await import('../wire/trust.ts');
  return {
    ...options,
    // Read by a call, not before: it takes 20 ms.
    get secureContext() {
      return trusting(ca);
    },
  };
}

function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));
}

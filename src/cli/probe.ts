/** The small questions that find out what a server is, asked with the key and headers of its profile. */

import { optional } from '../core/optional.ts';
import type { Profile } from '../core/profile.ts';
import type { AbilitiesOptions } from '../providers/detect/abilities.ts';
import type { DetectOptions } from '../providers/detect/index.ts';
import { type HeaderOptions, secretsOf, toHeaders } from '../providers/headers.ts';
import { fetchJson, type Network, openStream, parseBaseUrl, probeLimits, type WireLimits } from '../wire/index.ts';
import { userAgent } from './version.ts';

export interface Probed {
  readonly profile: Profile;
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
}

/** For `detectServer`: GET, one try, two seconds. */
export function askerFor(probed: Probed, network: Network | undefined): DetectOptions['ask'] {
  const common = commonOf(probed, network);
  return (url, signal) => fetchJson({ ...common, method: 'GET', url, limits: probeLimits, signal });
}

/** For `probeAbilities`. */
export function senderFor(probed: Probed, network: Network | undefined, limits: WireLimits): AbilitiesOptions['send'] {
  const common = commonOf(probed, network);
  return ({ method, url, body }, signal) =>
    openStream({ ...common, method, url: new URL(url), body: JSON.stringify(body), limits, signal });
}

function commonOf({ profile, baseUrl, apiKey }: Probed, network: Network | undefined) {
  const { userinfo } = parseBaseUrl(baseUrl);
  const options: HeaderOptions = {
    userAgent,
    ...optional('apiKey', apiKey),
    ...optional('headers', profile.headers),
    ...optional('userinfo', userinfo),
  };
  return {
    headers: toHeaders(options),
    secrets: secretsOf(options, userinfo),
    ...optional('network', network),
  };
}

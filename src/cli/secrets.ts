import { optional } from '../core/optional.ts';
import { secretsOf as credentialsOf } from '../providers/headers.ts';
import { parseBaseUrl } from '../wire/index.ts';
import type { Server } from './resolve-server.ts';
import { userAgent } from './version.ts';

/** Everything a server is shown to be let in: its key, and what headers and the base URL carry. Must not be stored. */
export function secretsOf({ profile, apiKey }: Server): readonly string[] {
  const { baseUrl, headers } = profile;
  const userinfo = baseUrl === undefined ? undefined : parseBaseUrl(baseUrl).userinfo;
  return credentialsOf({ userAgent, ...optional('apiKey', apiKey), ...optional('headers', headers) }, userinfo);
}

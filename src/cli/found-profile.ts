/** A detected server as a profile: what is proposed to the person. Pure. */

import { optional } from '../core/optional.ts';
import type { Capabilities, Profile } from '../core/profile.ts';
import type { DetectedServer } from '../providers/detect/index.ts';
import { hostedService } from '../providers/hosts.ts';

/** @param taken  names that are in use */
export function toProfile(found: DetectedServer, taken: readonly string[]): Profile {
  const hosted = hostedService(new URL(found.baseUrl).hostname);
  const [first] = found.models;
  // A server of one's own runs what it was started with; a service offers hundreds, and none of them is the obvious one.
  const model = hosted === undefined || found.models.length === 1 ? first : undefined;
  return {
    name: proposeName(found, taken),
    kind: found.kind,
    baseUrl: found.baseUrl,
    ...optional('model', model?.id),
    ...optional('contextWindow', found.contextWindow ?? model?.contextWindow),
    ...optional('capabilities', toCapabilities(found)),
  };
}

/** What it is, without the time, which whoever stores it adds; undefined when it is nothing in particular. */
export function toCapabilities({ server, version }: DetectedServer): Capabilities | undefined {
  return server === undefined ? undefined : { server, ...optional('version', version) };
}

/** `ollama` for one on this machine, `groq` for api.groq.com, `models.example.org` for others; then `-2`, `-3`. */
function proposeName({ baseUrl, server }: DetectedServer, taken: readonly string[]): string {
  const { hostname } = new URL(baseUrl);
  const isHere = /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
  const isHosted = hostedService(hostname) !== undefined;
  const plain = isHere || isHosted ? (server ?? (isHere ? 'local' : hostname)) : hostname;
  // A profile's name begins with a letter or digit and has no brackets (`[fd00::1]`).
  const name = plain
    .replace(/[^a-zA-Z0-9._-]+/g, '-')
    .replace(/^[^a-zA-Z0-9]+|-+$/g, '')
    .slice(0, 60);
  const lowerTaken = taken.map((other) => other.toLowerCase());
  for (let copy = 1; ; copy++) {
    const candidate = copy === 1 ? name : `${name}-${copy}`;
    if (!lowerTaken.includes(candidate.toLowerCase())) return candidate;
  }
}

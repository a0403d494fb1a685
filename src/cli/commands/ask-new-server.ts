/** What a server that is about to be added says about itself, as far as there is one to ask. */

import { ChatError, isChatError } from '../../core/error.ts';
import type { Json } from '../../core/json.ts';
import type { Profile } from '../../core/profile.ts';
import { type DetectedServer, detectServer } from '../../providers/detect/index.ts';
import { hostedService } from '../../providers/hosts.ts';
import { readModels } from '../../providers/models.ts';
import { joinUrl, type Network, parseBaseUrl } from '../../wire/index.ts';
import { findKey } from '../find-key.ts';
import type { Host } from '../host.ts';
import { askerFor } from '../probe.ts';
import { printWarning } from './print-line.ts';

export interface NewServer {
  readonly profile: Profile;
  readonly baseUrl: string;
  /** The person named it, and so has said all that is needed: what goes wrong is a warning. */
  readonly isNamed: boolean;
  readonly network: Network | undefined;
  readonly signal: AbortSignal;
}

/**
 * Undefined when the person named it and it cannot be reached, or is none that serves models as far as one can see.
 * @throws ChatError 'network' or 'usage' for these when its URL is all there is, 'aborted'
 */
export async function askNewServer(
  host: Host,
  { profile, baseUrl, isNamed, network, signal }: NewServer,
): Promise<DetectedServer | undefined> {
  const apiKey = await keyIfAny(host, profile, signal);
  const ask = askerFor({ profile, baseUrl, apiKey }, network);
  const modelsUrl = joinUrl(parseBaseUrl(baseUrl).url, 'models').href;
  let listing: Json | ChatError = null;
  const remember = async (url: URL, each: AbortSignal): Promise<Json> => {
    try {
      const body = await ask(url, each);
      if (url.href === modelsUrl) listing = body;
      return body;
    } catch (error) {
      if (url.href === modelsUrl && isChatError(error)) listing = error;
      throw error;
    }
  };

  try {
    const found = await detectServer({ baseUrl, ask: remember, signal });
    if (isOfModels(found, listing)) return found;
    throw new ChatError({
      kind: 'usage',
      what: `${baseUrl} is no model server that banter knows: it ${wordsOf(listing)}`,
    });
  } catch (error) {
    if (!isChatError(error, 'network') && !isChatError(error, 'usage')) throw error;
    if (!isNamed) throw withHint(error, `to add it all the same: banter profiles add NAME --base-url ${baseUrl}`);
    await printWarning(host, `${error.message}; it is added as it stands`);
    return undefined;
  }
}

/** A key that is not there yet is no reason not to add the profile that names its place. */
async function keyIfAny(host: Host, profile: Profile, signal: AbortSignal): Promise<string | undefined> {
  try {
    return (await findKey(host, { profile, adHoc: false }, { signal }))?.value;
  } catch (error) {
    if (isChatError(error, 'auth')) return undefined;
    if (!isChatError(error, 'config')) throw error;
    await printWarning(host, error.message);
    return undefined;
  }
}

/** One that is known, wants a key first, or has a list of models, even an empty one. */
function isOfModels({ server, needsKey, baseUrl }: DetectedServer, listing: Json | ChatError): boolean {
  if (server !== undefined || needsKey || hostedService(new URL(baseUrl).hostname) !== undefined) return true;
  return !isChatError(listing) && readModels(listing) !== undefined;
}

/** What came back where the list of models should be, in words that go on after "it". */
function wordsOf(listing: Json | ChatError): string {
  if (!isChatError(listing)) return 'answered JSON that lists no models';
  const { fault } = listing;
  if (fault.kind === 'server') return `answered ${fault.status}${fault.said === '' ? '' : `: ${fault.said}`}`;
  return fault.kind === 'stream' && fault.said !== undefined ? `answered ${fault.said}` : 'lists no models';
}

/** Beside the hint the error has already, such as what to do about a certificate. */
function withHint(error: ChatError, more: string): ChatError {
  const { fault } = error;
  if (fault.kind !== 'network' && fault.kind !== 'usage') return error;
  const hint = fault.hint === undefined ? more : `${fault.hint}; ${more}`;
  return new ChatError({ ...fault, hint }, { cause: error });
}

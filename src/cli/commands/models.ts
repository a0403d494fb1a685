/** `banter models`: what a server offers. */

import { Command } from 'commander';
import { ChatError } from '../../core/error.ts';
import { nearest, nearestFirst } from '../../core/nearest.ts';
import { optional } from '../../core/optional.ts';
import type { ModelInfo } from '../../core/provider.ts';
import { safeJson } from '../../terminal/json.ts';
import { probeLimits, type WireLimits } from '../../wire/index.ts';
import { networkOf, openProvider } from '../compose.ts';
import { runUntilEnd } from '../ending.ts';
import { exitCodes } from '../exit-codes.ts';
import { findServer } from '../find-server.ts';
import { collect } from '../flag-values.ts';
import { addNetworkOptions, type NetworkOptions } from '../flags.ts';
import type { Host } from '../host.ts';
import { parseKeyFlag } from '../key-flag.ts';
import { noServer } from '../resolve-server.ts';
import { settingsOf } from '../settings-of.ts';
import { printLine, printNotice, printTable, printWarning } from './print-line.ts';

interface ModelsFlags extends NetworkOptions {
  readonly query?: string;
  readonly json?: true;
  readonly profile?: string;
  readonly baseUrl?: string;
  readonly key?: string;
  readonly header?: readonly string[];
}

export function createCommand(host: Host, setCode: (code: number) => void): Command {
  const command = new Command('models')
    .description('The models a server offers, with their context in tokens; * marks the one that is asked.')
    .option('-q, --query <term>', 'those whose name contains this, the nearest first')
    .option('--json', 'as JSON')
    .option('-P, --profile <name>', 'a profile: see `banter profiles list`')
    .option('--base-url <url>', 'a server by its URL; no key is sent unless --key')
    .option('--key <source>', 'a stored key (banter keys), env:VAR, or - for stdin')
    .option('-H, --header <line>', "a further request header, 'Name: value' (repeat)", collect)
    .action(async (flags: ModelsFlags) =>
      setCode(await runUntilEnd(host, undefined, ({ signal }) => list(host, flags, signal))),
    );
  return addNetworkOptions(command);
}

/** Lists of hosted services are long and slow to come. */
const limits: WireLimits = { ...probeLimits, connectMs: 10_000, firstByteMs: 30_000, idleMs: 30_000, retries: 1 };

async function list(host: Host, { header = [], ...flags }: ModelsFlags, signal: AbortSignal): Promise<number> {
  const keySource = await parseKeyFlag(flags.key, host, signal);
  const settings = await settingsOf(host);
  const asked = { ...flags, header, ...optional('keySource', keySource) };
  const server = await findServer(host, asked, { settings, signal });
  if (server === undefined) throw noServer(settings);
  for (const notice of server.notices) await printNotice(host, notice);

  const provider = await openProvider(host, server, limits, networkOf(host, flags));
  const all = await provider.listModels(signal);
  const models = flags.query === undefined ? all : matching(all, flags.query, provider.target);
  if (flags.json === true) {
    await printLine(host, safeJson(models, 2));
    return exitCodes.done;
  }
  if (models.length === 0) await printWarning(host, `${provider.target} lists no models`);
  await printTable(
    host,
    models.map(({ id, contextWindow }) => [
      `${id === server.profile.model ? '*' : ' '} ${id}`,
      contextWindow === undefined ? '' : String(contextWindow),
    ]),
  );
  return exitCodes.done;
}

/** @throws ChatError 'usage' that names the nearest when there is none */
function matching(models: readonly ModelInfo[], term: string, target: string): readonly ModelInfo[] {
  const found = models.filter(({ id }) => id.toLowerCase().includes(term.toLowerCase()));
  if (found.length > 0) {
    const order = nearestFirst(
      term,
      found.map(({ id }) => id),
    );
    return order.flatMap((id) => found.filter((model) => model.id === id));
  }
  const names = models.map(({ id }) => id);
  const near = nearest(term, names, 3);
  const hint = near.length > 0 ? `near it: ${near.join(', ')}` : `there are ${names.length}`;
  throw new ChatError({ kind: 'usage', what: `${target} has no model like "${term}"`, hint });
}

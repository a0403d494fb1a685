/** `banter doctor`: what works here and what does not, on one page. */

import { Command } from 'commander';
import { safeJson } from '../../terminal/json.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import { type Checkup, checkUp, type PlaceCheck, type TerminalCheck } from '../checkup.ts';
import type { ServerCheck } from '../checkup-servers.ts';
import { networkOf } from '../compose.ts';
import { runUntilEnd } from '../ending.ts';
import { exitCodes } from '../exit-codes.ts';
import { addNetworkOptions, type NetworkOptions } from '../flags.ts';
import type { Host } from '../host.ts';
import { printLine, printTable } from './print-line.ts';

export function createCommand(host: Host, setCode: (code: number) => void): Command {
  const command = new Command('doctor')
    .description(
      'Check settings, keys, servers, network and terminal; 0 when the server a run asks can be asked, else 1.',
    )
    .option('--json', 'as JSON')
    .action(async (flags: DoctorFlags) =>
      setCode(await runUntilEnd(host, undefined, ({ signal }) => examine(host, flags, signal))),
    );
  return addNetworkOptions(command);
}

interface DoctorFlags extends NetworkOptions {
  readonly json?: true;
}

async function examine(host: Host, flags: DoctorFlags, signal: AbortSignal): Promise<number> {
  const checkup = await checkUp(host, process.version, { network: networkOf(host, flags), signal });
  if (flags.json === true) await printLine(host, safeJson(checkup, 2));
  else await print(host, checkup);
  return checkup.ok ? exitCodes.done : exitCodes.failed;
}

async function print(host: Host, checkup: Checkup): Promise<void> {
  const { settings, folders, keyFile, servers, proxies, warnings, terminal } = checkup;
  await printTable(host, [
    ['banter', `${checkup.banter}, Node ${checkup.node}`],
    ['settings', `${settings.path}: ${settings.state}`],
    ...settings.problems.map((problem) => ['', `! ${problem}`]),
    ['keys', toText(keyFile)],
    ...folders.map((folder, index) => [index === 0 ? 'folders' : '', toText(folder)]),
    ['asked', describeAsked(checkup)],
    ...namesFirst(
      'network',
      Object.entries(proxies).map(([name, value]) => `${name}=${value}`),
      'no proxy',
    ),
    ...warnings.map((warning) => ['', `! ${warning}`]),
    ['terminal', describeTerminal(terminal)],
  ]);
  await printLine(host, sanitizeLine(''));
  await printLine(host, sanitizeLine('servers'));
  for (const server of servers) await printServer(host, server);
}

function describeAsked({ profile, undecided, foundHere }: Checkup): string {
  if (profile !== null) return profile;
  if (undecided) return 'nothing: no profile is the default (banter profiles use NAME)';
  return foundHere === null ? 'nothing: no server is configured' : `${foundHere.server} at ${foundHere.baseUrl}`;
}

function toText({ path, state, open }: PlaceCheck): string {
  return `${path}: ${state}${open ? ' ! others can look into it' : ''}`;
}

function namesFirst(name: string, values: readonly string[], none: string): readonly (readonly string[])[] {
  return values.length === 0 ? [[name, none]] : values.map((value, index) => [index === 0 ? name : '', value]);
}

function describeTerminal({ isTerminal, columns, rows, colors, term, unicode }: TerminalCheck): string {
  const size = isTerminal ? `${columns} columns, ${rows} rows` : 'stdout is no terminal';
  const encoding = unicode ? 'UTF-8' : '! the locale is not UTF-8 (LANG)';
  return [size, colors === 'none' ? 'no colours' : `${colors} colours`, `TERM ${term || 'not set'}`, encoding].join(
    ', ',
  );
}

async function printServer(host: Host, { profile, baseUrl, key, server, usable }: ServerCheck): Promise<void> {
  await printLine(host, sanitizeLine(`${usable ? '+' : '-'} ${profile}${baseUrl === undefined ? '' : `  ${baseUrl}`}`));
  await printTable(host, [
    ['    server', server],
    ['    key', key],
  ]);
}

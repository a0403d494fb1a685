/** The REPL's side of the program: a session whose server, model, tools and conversation change between turns. */

import { optional } from '../core/optional.ts';
import type { Profile } from '../core/profile.ts';
import type { Tool } from '../core/tool.ts';
import type { TurnEvent } from '../core/turn-event.ts';
import { currentSystem, type Session } from '../session/index.ts';
import { openInputHistory } from '../store/input-history.ts';
import { builtInProfiles, listProfiles } from '../store/profiles.ts';
import { readSettings, type Settings } from '../store/settings.ts';
import type { ReplActions, ReplStatus, RunningTurn } from '../ui/actions.ts';
import { colorLevel } from './color.ts';
import { type Composition, compose, networkOf, openProvider, toLimits } from './compose.ts';
import { newLog } from './conversation.ts';
import { runUntilEnd } from './ending.ts';
import { findServer, withKey } from './find-server.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';
import { parseKeyFlag } from './key-flag.ts';
import { isUndecided, resolveServer, type Server } from './resolve-server.ts';
import { secretsOf } from './secrets.ts';

/** Falls back to the demo, visibly, when no server is configured. Returns the exit code. */
export function runRepl(host: Host, flags: Flags, initialPrompt: string | undefined): Promise<number> {
  return runUntilEnd(host, flags.maxTime, ({ signal }) => converse(host, flags, initialPrompt, signal));
}

async function converse(
  host: Host,
  flags: Flags,
  initialPrompt: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  const { settings, notices } = readSettings(host.paths);
  const key = await parseKeyFlag(flags.key, host, signal);
  const found = await findServer(host, { ...flags, ...optional('keySource', key) }, { settings, signal });
  const server = found ?? { profile: builtInProfiles.demo, notices: [] };
  const composition = await compose(host, flags, server, settings);
  const { startRepl } = await import('../ui/index.tsx');

  const { exitCode } = await startRepl({
    actions: createActions(host, flags, settings, server, composition, signal),
    stdin: host.stdin,
    stdout: host.stdout,
    color: colorLevel(flags.color, host.environment, host.stdout),
    hyperlinks: false,
    greeting: [
      ...greeting(server.profile, found === undefined ? whyNone(settings) : undefined),
      ...[...notices, ...server.notices, ...composition.notices].map(({ text }) => text),
    ],
    environment: host.environment,
    shutdown: signal,
    ...optional('initialPrompt', initialPrompt),
  });
  return exitCode;
}

function whyNone(settings: Settings): string {
  return isUndecided(settings) ? 'No profile is the default' : 'No server is configured';
}

function greeting(profile: Profile, whyNoServer: string | undefined): readonly string[] {
  if (profile.kind !== 'demo') return [];
  const why = whyNoServer === undefined ? 'This is the demo: ' : `${whyNoServer}, so this is the demo: `;
  return [
    `${why}scripted answers, no model, no network but the weather tool.`,
    'Try: What time is it in Seoul?   Weather in Busan?   show markdown',
    'A real server: set OPENAI_API_KEY or HF_TOKEN, or run',
    '  banter profiles add http://localhost:8080/v1',
  ];
}

function createActions(
  host: Host,
  flags: Flags,
  settings: Settings,
  firstServer: Server,
  { session, tools, secrets }: Composition,
  ending: AbortSignal,
): ReplActions {
  let server = firstServer;

  return {
    status: () => toStatus(session, server.profile, tools, flags.save),
    send: (text) => run((signal) => session.send(text, signal)),
    retry() {
      const stop = new AbortController();
      const events = session.retry(stop.signal);
      return events === undefined ? undefined : { events, stop: () => stop.abort() };
    },
    preview: (text) => session.preview(text),
    newConversation() {
      session.configure({ log: newLog(host, flags, secrets), system: currentSystem(session.settings) });
    },
    setModel: (model) => session.configure({ model }),
    setSystem: (text) => session.configure({ system: text ?? '' }),
    setTool(name, enabled) {
      const offered = tools.filter((tool) =>
        tool.name === name ? enabled : session.settings.tools.some((other) => other.name === tool.name),
      );
      session.configure({ tools: offered });
    },
    profiles: () =>
      listProfiles(settings).map(({ name, kind, baseUrl, model }) => ({
        name,
        kind,
        description: [baseUrl, model].filter((part) => part !== undefined).join(' '),
        current: name === server.profile.name,
      })),
    async setProfile(name) {
      const choice = resolveServer({ profile: name, header: flags.header }, host.environment, settings);
      if (choice === undefined) throw new Error(`profile ${name} was named and not resolved`);
      const next = await withKey(host, choice, { signal: ending });
      secrets.push(...secretsOf(next));
      session.configure({
        provider: await openProvider(host, next, toLimits(flags), networkOf(host, flags)),
        model: next.profile.model,
        extraBody: { ...next.profile.params, ...flags.option },
      });
      server = next;
    },
    listModels: (signal) => session.settings.provider.listModels(signal),
    inputHistory: openInputHistory(host.paths),
  };
}

function run(start: (signal: AbortSignal) => AsyncIterable<TurnEvent>): RunningTurn {
  const stop = new AbortController();
  return { events: start(stop.signal), stop: () => stop.abort() };
}

function toStatus(session: Session, profile: Profile, tools: readonly Tool[], save: boolean): ReplStatus {
  const { model, log, provider, tools: offered } = session.settings;
  return {
    profile: profile.name,
    kind: profile.kind,
    model,
    target: provider.target,
    conversationId: log.id,
    saved: save,
    system: currentSystem(session.settings) || undefined,
    tools: tools.map((tool) => ({
      name: tool.name,
      description: tool.description,
      enabled: offered.some(({ name }) => name === tool.name),
    })),
  };
}

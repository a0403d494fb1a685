/** The REPL's side of the program: a session whose server, model, tools and conversation change between turns. */

import type { ConversationLog } from '../core/conversation.ts';
import { optional } from '../core/optional.ts';
import type { Profile } from '../core/profile.ts';
import { builtInProfiles } from '../store/profiles.ts';
import { readSettings, type Settings } from '../store/settings.ts';
import { colorLevel } from './color.ts';
import { compose, networkOf } from './compose.ts';
import { constraintOf } from './constraint.ts';
import { type Ending, runUntilEnd } from './ending.ts';
import { findServer } from './find-server.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';
import { showsHyperlinks } from './hyperlinks.ts';
import { jobControl } from './job-control.ts';
import { parseKeyFlag } from './key-flag.ts';
import { isPlain, runPlain } from './plain.ts';
import { createActions, withoutItems } from './repl-actions.ts';
import { createReplTools } from './repl-tools.ts';
import { isUndecided } from './resolve-server.ts';
import { openStructured } from './structured.ts';
import { loadTools } from './tools.ts';
import { windowSize } from './window-size.ts';

/** Falls back to the demo, visibly, when no server is configured. Returns the exit code. */
export function runRepl(host: Host, flags: Flags, initialPrompt: string | undefined): Promise<number> {
  const first = initialPrompt ?? (flags.resume === true ? '/resume' : undefined);
  return runUntilEnd(host, flags.maxTime, (ending) => converse(host, flags, first, ending));
}

async function converse(
  host: Host,
  flags: Flags,
  initialPrompt: string | undefined,
  { signal, onInterrupt }: Ending,
): Promise<number> {
  const { settings, notices } = readSettings(host.paths);
  const key = await parseKeyFlag(flags.key, host, signal);
  const found = await findServer(host, { ...flags, ...optional('keySource', key) }, { settings, signal });
  const server = found ?? { profile: builtInProfiles.demo, notices: [] };
  const constraint = constraintOf(flags);
  const structured = constraint && (await openStructured(host, withoutItems(flags), constraint));
  const composition = await compose(host, flags, { server, settings, structured, canAsk: true, signal });
  const { tools: known, session, close } = composition;
  const first = { tools: known, offered: session.settings.tools, close };
  const tools = createReplTools(host.paths.toolsDir, first, (profile, options) =>
    loadTools(host, flags, { profile, settings, network: networkOf(host, flags), ...options, signal }),
  );
  const format = constraint?.value;
  try {
    const actions = createActions(host, flags, { settings, server, composition, tools, format, signal });
    const firstLines = [
      ...greeting(server.profile, found === undefined ? whyNone(settings) : undefined),
      ...takenBackWhole(session.settings.log),
      ...[...notices, ...server.notices, ...composition.notices].map(({ text }) => text),
    ];
    if (isPlain(flags, host.environment)) {
      return await runPlain(host, flags, {
        actions,
        greeting: firstLines,
        initialPrompt,
        ending: { signal, onInterrupt },
      });
    }
    const [{ startRepl }, hyperlinks] = await Promise.all([import('../ui/index.tsx'), showsHyperlinks(host.stdout)]);
    const { exitCode } = await startRepl({
      actions,
      stdin: host.stdin,
      stdout: host.stdout,
      color: colorLevel(flags.color, host.environment, host.stdout),
      hyperlinks,
      greeting: firstLines,
      earlier: session.settings.log.messages.map(({ message }) => message),
      environment: host.environment,
      windowSize: windowSize(process),
      ...optional('theme', settings.theme),
      ...optional('notify', settings.notify),
      ...optional('editor', settings.editor),
      shutdown: signal,
      ...optional('jobControl', jobControl(process)),
      ...optional('initialPrompt', initialPrompt),
    });
    return exitCode;
  } finally {
    await tools.close();
  }
}

/** A conversation that was gone back to its beginning has nothing to show for itself. */
function takenBackWhole({ title = '', messages, following }: ConversationLog): readonly string[] {
  if (messages.length > 0 || following.length === 0) return [];
  return [`Going on with: ${title}`, 'All of it was taken back; /redo brings it back.'];
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

/** The REPL's side of the program: a session whose server, model, tools and conversation change between turns. */

import type { ConversationLog } from '../core/conversation.ts';
import { optional } from '../core/optional.ts';
import type { Profile } from '../core/profile.ts';
import type { TurnEvent } from '../core/turn-event.ts';
import { currentSystem } from '../session/index.ts';
import { createMeter } from '../session/meter.ts';
import { openInputHistory } from '../store/input-history.ts';
import { builtInProfiles, listProfiles } from '../store/profiles.ts';
import { listSchemas } from '../store/schemas.ts';
import { readSettings, type Settings } from '../store/settings.ts';
import type { ReplActions, RunningTurn } from '../ui/actions.ts';
import { attachFiles, type FileAccess, kindOfFile, listFiles } from './attachments.ts';
import { colorLevel } from './color.ts';
import { type Composition, compose, networkOf, openProvider, toLimits } from './compose.ts';
import { constraintOf } from './constraint.ts';
import { newLog } from './conversation.ts';
import { editText } from './edit-text.ts';
import { type Ending, runUntilEnd } from './ending.ts';
import { listTree } from './file-tree.ts';
import { findServer, withKey } from './find-server.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';
import { jobControl } from './job-control.ts';
import { keepEditor } from './keep-editor.ts';
import { keepTheme } from './keep-theme.ts';
import { parseKeyFlag } from './key-flag.ts';
import { createModelList } from './known-models.ts';
import { createLastAnswer } from './last-answer.ts';
import { isPlain, runPlain } from './plain.ts';
import { createResume } from './repl-resume.ts';
import { toStatus } from './repl-status.ts';
import { createSteering } from './repl-steering.ts';
import { createReplTools, type ReplTools } from './repl-tools.ts';
import { isUndecided, resolveServer, type Server } from './resolve-server.ts';
import { secretsOf } from './secrets.ts';
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
    const { startRepl } = await import('../ui/index.tsx');
    const { exitCode } = await startRepl({
      actions,
      stdin: host.stdin,
      stdout: host.stdout,
      color: colorLevel(flags.color, host.environment, host.stdout),
      hyperlinks: false,
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

interface ActionsOptions {
  readonly settings: Settings;
  /** The first; another may follow. */
  readonly server: Server;
  readonly composition: Composition;
  readonly tools: ReplTools;
  /** The source of the schema, or of another constraint, that the answers are held to at first. */
  readonly format: string | undefined;
  /** Ends the REPL. */
  readonly signal: AbortSignal;
}

function createActions(host: Host, flags: Flags, options: ActionsOptions): ReplActions {
  const { settings, composition, tools, signal: ending } = options;
  const { session, secrets } = composition;
  let { server, format } = options;
  /** The format of the command line came without tools; they are there when it goes. */
  let isStructured = session.settings.structured !== undefined;
  const last = createLastAnswer();
  const meter = createMeter({
    now: host.now,
    subject: () => `${session.settings.log.id} ${server.profile.name} ${session.settings.model}`,
    price: () => server.profile.price,
  });
  const watch = (events: AsyncIterable<TurnEvent>): AsyncIterable<TurnEvent> =>
    last.watch(meter.follow(events), session.settings.structured?.wanted);
  const steering = createSteering(host, {
    session,
    meter,
    profile: () => server.profile,
    newLog: () => newLog(host, flags, secrets),
    follow(start) {
      const stop = new AbortController();
      const events = start(stop.signal);
      return events && { events: watch(events), stop: () => stop.abort() };
    },
  });

  return {
    status: () =>
      toStatus(session, {
        profile: server.profile,
        tools: tools.lines(session.allowedTools),
        saved: flags.save,
        format,
        meter,
      }),
    send: (text) => run((signal) => watch(session.send(text, signal))),
    retry() {
      const stop = new AbortController();
      const events = session.retry(stop.signal);
      return events === undefined ? undefined : { events: watch(events), stop: () => stop.abort() };
    },
    preview: (text) => session.preview(text),
    newConversation() {
      last.forget();
      session.configure({ log: newLog(host, flags, secrets), system: currentSystem(session.settings) });
    },
    setModel: (model) => session.configure({ model }),
    setSystem: (text) => session.configure({ system: text ?? '' }),
    async setSchema(source) {
      const constraint = source === undefined ? undefined : ({ flag: 'schema', value: source } as const);
      const structured = constraint && (await openStructured(host, withoutItems(flags), constraint));
      if (structured === undefined && isStructured) {
        await tools.loadFor(server.profile, { isStructured: false });
        isStructured = false;
      }
      session.configure({ structured, tools: tools.offered });
      format = source;
    },
    setTool(name, enabled) {
      tools.turn(name, enabled);
      session.configure({ tools: tools.offered });
    },
    setApproval: (policy) => session.configure({ approval: { ...session.settings.approval, policy } }),
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
      const provider = await openProvider(host, next, toLimits(flags), networkOf(host, flags));
      const problems = await tools.loadFor(next.profile, { isStructured });
      secrets.push(...secretsOf(next));
      session.configure({
        provider,
        model: next.profile.model,
        tools: tools.offered,
        extraBody: { ...next.profile.params, ...flags.option, ...steering.extraBody },
      });
      server = next;
      return problems.map(({ text }) => text);
    },
    ...createModelList(() => session.settings.provider),
    clock: Date.now,
    askAbout: (tool) => session.askAbout(tool),
    keptTheme: () => settings.theme ?? 'auto',
    async save(path, request) {
      const { saveAs } = await import('./save.ts');
      const { HOME, USERPROFILE } = host.environment;
      return saveAs(path.replace(/^~(?=[\\/])/, HOME ?? USERPROFILE ?? '~'), {
        ...request,
        log: session.settings.log,
        answer: last.value,
        secrets,
      });
    },
    ...createResume(host, flags, {
      session,
      secrets,
      onResumed: () => last.forget(),
    }),
    savedSchemas: () => listSchemas(host.paths),
    listFiles: (path) => listFiles(path, fileAccess(host)),
    listTree: () => listTree(process.cwd(), host.now),
    kindOfFile: (path) => kindOfFile(path, fileAccess(host)),
    attach: (text, named, signal) => attachFiles(text, named, { ...fileAccess(host), signal }),
    editText: (text) => editText(text, host.environment),
    steering,
    keepTheme: (theme) => keepTheme(host, theme),
    keepEditor: (editor) => keepEditor(host, editor),
    inputHistory: openInputHistory(host.paths, secrets),
  };
}

function fileAccess({ environment: { HOME, USERPROFILE } }: Host): FileAccess {
  return { folder: process.cwd(), home: HOME ?? USERPROFILE ?? '~' };
}

/** The REPL wants the value as a whole, not its elements one by one. */
function withoutItems({ streamItems, ...others }: Flags): Flags {
  return others;
}

function run(start: (signal: AbortSignal) => AsyncIterable<TurnEvent>): RunningTurn {
  const stop = new AbortController();
  return { events: start(stop.signal), stop: () => stop.abort() };
}

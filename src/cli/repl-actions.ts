/** What the REPL can ask of the rest of the program: `ui/actions.ts`, made of the session, the store and the servers. */

import type { TurnEvent } from '../core/turn-event.ts';
import { currentSystem } from '../session/index.ts';
import { createMeter } from '../session/meter.ts';
import { openInputHistory } from '../store/input-history.ts';
import { listProfiles } from '../store/profiles.ts';
import { listSchemas } from '../store/schemas.ts';
import type { Settings } from '../store/settings.ts';
import type { ReplActions, RunningTurn } from '../ui/actions.ts';
import { attachFiles, type FileAccess, kindOfFile, listFiles } from './attachments.ts';
import { type Composition, networkOf, openProvider, toLimits } from './compose.ts';
import { newLog } from './conversation.ts';
import { editText } from './edit-text.ts';
import { listTree } from './file-tree.ts';
import { withKey } from './find-server.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';
import { keepEditor } from './keep-editor.ts';
import { keepTheme } from './keep-theme.ts';
import { createModelList } from './known-models.ts';
import { createLastAnswer } from './last-answer.ts';
import { createResume } from './repl-resume.ts';
import { toStatus } from './repl-status.ts';
import { createSteering } from './repl-steering.ts';
import type { ReplTools } from './repl-tools.ts';
import { resolveServer, type Server } from './resolve-server.ts';
import { secretsOf } from './secrets.ts';
import { openStructured } from './structured.ts';

export interface ActionsOptions {
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

export function createActions(host: Host, flags: Flags, options: ActionsOptions): ReplActions {
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
  const follow = (start: (signal: AbortSignal) => AsyncIterable<TurnEvent> | undefined): RunningTurn | undefined => {
    const stop = new AbortController();
    const events = start(stop.signal);
    return events && { events: watch(events), stop: () => stop.abort() };
  };
  const steering = createSteering(host, {
    ...{ session, meter, follow },
    profile: () => server.profile,
    newLog: () => newLog(host, flags, secrets),
  });

  return {
    status: () =>
      toStatus(session, {
        profile: server.profile,
        tools: tools.lines(session.allowedTools),
        format,
        meter,
      }),
    send(text) {
      const stop = new AbortController();
      return { events: watch(session.send(text, stop.signal)), stop: () => stop.abort() };
    },
    retry: () => follow((signal) => session.retry(signal)),
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
export function withoutItems({ streamItems, ...others }: Flags): Flags {
  return others;
}

/** Steering of the REPL's conversation: what `ui/steering.ts` asks for, on the session. */

import type { ConversationLog } from '../core/conversation.ts';
import { isChatError } from '../core/error.ts';
import { estimateTokens } from '../core/estimate-tokens.ts';
import type { JsonObject } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import type { Profile } from '../core/profile.ts';
import type { TurnEvent } from '../core/turn-event.ts';
import { attachedPaths, writtenPart } from '../core/written-part.ts';
import {
  listBranches,
  type Moved,
  redo,
  rewindBefore,
  switchBranch,
  undo,
  writtenMessages,
} from '../session/branches.ts';
import { compact, summaryOf } from '../session/compact.ts';
import { unfinishedAnswer } from '../session/continuing-log.ts';
import { currentSystem, type Session } from '../session/index.ts';
import type { Meter } from '../session/meter.ts';
import { listOptions, withOption } from '../session/options.ts';
import { tokensPerSecond } from '../session/turn-meter.ts';
import { searchConversations } from '../store/search-conversations.ts';
import type { RunningTurn } from '../ui/actions.ts';
import type { MovedLine, Steering, WrittenText } from '../ui/steering.ts';
import { copyText } from './clipboard.ts';
import type { Host } from './host.ts';

export interface SteeringOptions {
  readonly session: Session;
  readonly meter: Meter;
  readonly profile: () => Profile;
  /** An empty conversation, kept where this one is kept. */
  readonly newLog: () => ConversationLog;
  readonly follow: (start: (signal: AbortSignal) => AsyncIterable<TurnEvent> | undefined) => RunningTurn | undefined;
}

export interface ReplSteering extends Steering {
  /** Fields of the request that `/set` has added; they outlast a change of the server. */
  readonly extraBody: JsonObject;
}

const maxFound = 20;

export function createSteering(host: Host, options: SteeringOptions): ReplSteering {
  const { session, meter, profile, newLog, follow } = options;
  let extra: JsonObject = {};
  const log = (): ConversationLog => session.settings.log;

  return {
    get extraBody() {
      return extra;
    },
    thinking: () => session.settings.thinking,
    think: (level) => session.configure({ thinking: level }),
    options: () => listOptions({ sampling: session.settings.sampling, extra: session.settings.extraBody }),
    setOption(name, value) {
      const { sampling, extraBody } = session.settings;
      const next = withOption({ sampling, extra: extraBody }, name, value);
      session.configure({ sampling: next.sampling, extraBody: next.extra });
      extra = withOption({ sampling: {}, extra }, name, value).extra;
    },
    written: () => writtenMessages(log()).map(({ id, message }) => ({ id, ...toWritten(message.text) })),
    rewindBefore: (id) => rewindBefore(log(), id),
    undo: async () => toMovedLine(await undo(log())),
    redo: async () => toMovedLine(await redo(log())),
    branches: () => listBranches(log()).map((branch) => ({ ...branch, text: writtenPart(branch.text) })),
    async switchBranch(tip) {
      const { unsaved } = await switchBranch(log(), tip);
      return { messages: log().messages.map(({ message }) => message), unsaved: unsaved?.message };
    },
    goOn() {
      const after = unfinishedAnswer(log())?.answer.text;
      const turn = follow((signal) => session.goOn(signal));
      return turn && { ...turn, after };
    },
    async fork() {
      const { messages, title = 'untitled', id } = log();
      const copy = newLog();
      for (const { message } of messages) await copy.append(message);
      const unsaved = await copy.rename(`${title} (fork)`);
      session.configure({ log: copy });
      const words = `This is a copy now, ${copy.id}; ${id} stays as it was.`;
      return unsaved === undefined ? words : `${words} Not saved: ${unsaved.message}`;
    },
    async rename(title) {
      const unsaved = await log().rename(title);
      return unsaved === undefined ? `The title is now: ${title}` : `Not saved: ${unsaved.message}`;
    },
    search: (words, signal) => searchConversations(host.paths, words, { limit: maxFound, signal }),
    async context(signal) {
      const { messages } = log();
      const { tools } = session.settings;
      const counts = { system: 0, user: 0, assistant: 0, tool: 0 };
      for (const { message } of messages)
        if (message.role !== 'system' && !isCorrection(message)) counts[message.role]++;
      const system = currentSystem(session.settings);
      if (system !== '') counts.system = 1;
      const offered = tools.map(({ name, description, parameters }) => ({ name, description, parameters }));
      const texts = [
        system,
        ...messages.flatMap(({ message }) => (message.role === 'system' ? [] : textsOf(message))),
        ...(tools.length === 0 ? [] : [JSON.stringify(offered)]),
      ];
      return {
        counts,
        tools: tools.length,
        estimatedTokens: texts.reduce((sum, text) => sum + estimateTokens(text), 0),
        reportedTokens: reportedTokens(messages),
        window: profile().contextWindow ?? (await listedWindow(session, signal)),
      };
    },
    usage: () => ({
      ...meter.total,
      tokensPerSecond: tokensPerSecond(meter.total),
      firstWordMs: meter.last?.firstWordMs,
    }),
    async compact(signal) {
      const done = await compact({ ...session.settings, system: currentSystem(session.settings) }, signal);
      if (done === undefined) return undefined;
      const { replaced, summary, unsaved } = done;
      return {
        replaced: replaced.length,
        tokensBefore: replaced.flatMap(textsOf).reduce((sum, text) => sum + estimateTokens(text), 0),
        tokensAfter: estimateTokens(summary),
        unsaved: unsaved?.message,
      };
    },
    summary: () => summaryOf(log()),
    answers: () =>
      log()
        .messages.flatMap(({ message }) =>
          message.role === 'assistant' && message.text.trim() !== '' ? [message.text] : [],
        )
        .reverse(),
    copy: (text) =>
      copyText(text, {
        platform: process.platform,
        environment: host.environment,
        write: (sequence) => void host.stdout.write(sequence),
      }),
  };
}

function toMovedLine(moved: Moved | undefined): MovedLine | undefined {
  return moved && { ...toWritten(moved.text), unsaved: moved.unsaved?.message };
}

function toWritten(text: string): WrittenText {
  return { text: writtenPart(text), attached: attachedPaths(text) };
}

/** What banter itself has asked: the person did not write it. */
function isCorrection(message: Message): boolean {
  return message.role === 'user' && message.correction === true;
}

function textsOf(message: Message): readonly string[] {
  return message.role === 'assistant'
    ? [message.text, ...message.toolCalls.map((call) => call.arguments)]
    : [message.text];
}

/** The last request and its answer are what the next one begins with. */
function reportedTokens(messages: ConversationLog['messages']): number | undefined {
  const last = messages.findLast(({ message }) => message.role === 'assistant')?.message;
  if (last?.role !== 'assistant' || last.usage?.promptTokens === undefined) return undefined;
  return last.usage.promptTokens + (last.usage.completionTokens ?? 0);
}

async function listedWindow({ settings }: Session, signal: AbortSignal): Promise<number | undefined> {
  try {
    const models = await settings.provider.listModels(signal);
    return models.find(({ id }) => id === settings.model)?.contextWindow;
  } catch (error) {
    // A server that lists nothing has a window all the same; it is not known.
    if (!isChatError(error) || error.kind === 'aborted') throw error;
    return undefined;
  }
}

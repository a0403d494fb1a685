/** What goes to stderr while the answer goes to stdout: reasoning, tools, notices, usage. */

import type { ToolCall, Usage } from '../core/message.ts';
import type { Notice } from '../core/notice.ts';
import type { ToolEndEvent, TurnEvent } from '../core/turn-event.ts';
import { type SafeText, safe } from '../terminal/safe.ts';
import { createSanitizer, sanitizeLine } from '../terminal/sanitize.ts';
import type { Output } from './output.ts';

export interface ActivityOptions {
  readonly err: Output;
  /** Nobody reads the answer any more: what still happens is of no interest. */
  readonly over: () => boolean;
  /** `-q`: errors only. */
  readonly quiet: boolean;
  readonly reasoning: boolean;
  /** `-v`: tokens and times at the end. */
  readonly verbose: boolean;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly dim: (text: SafeText) => SafeText;
}

export interface Activity {
  /** Shows everything but the answer itself. */
  show(event: TurnEvent): void | Promise<void>;
}

const longestArguments = 200;

export function createActivity(options: ActivityOptions): Activity {
  const { err, quiet, now, dim } = options;
  const startMs = now();
  let firstDeltaMs: number | undefined;
  let reasoning = createSanitizer();
  let reasoningOpen = false;

  const line = (text: SafeText): void | Promise<void> => err.write(safe`${dim(text)}\n`);

  const closeReasoning = async (): Promise<void> => {
    if (!reasoningOpen) return;
    reasoningOpen = false;
    await err.write(safe`${dim(reasoning.end())}\n`);
    reasoning = createSanitizer();
  };

  return {
    async show(event) {
      if (event.type === 'text-delta' || event.type === 'reasoning-delta') firstDeltaMs ??= now() - startMs;
      if (quiet || options.over()) return;
      if (event.type === 'reasoning-delta') {
        if (!options.reasoning) return;
        reasoningOpen = true;
        await err.write(dim(reasoning.push(event.text)));
        return;
      }
      await closeReasoning();
      switch (event.type) {
        case 'tool-start':
          return line(safe`· ${describeCall(event.call)}`);
        case 'tool-end':
          return line(safe`· ${describeEnd(event)}`);
        case 'notice':
          return line(describeNotice(event.notice));
        case 'turn-end':
          if (options.verbose) await line(describeUsage(event.usage, now() - startMs, firstDeltaMs));
          return;
        case 'text-delta':
        case 'message':
          return;
        default:
          return event satisfies never;
      }
    },
  };
}

function describeCall(call: ToolCall): SafeText {
  const shown =
    call.arguments.length > longestArguments ? `${call.arguments.slice(0, longestArguments)}…` : call.arguments;
  return safe`${sanitizeLine(call.name)} ${sanitizeLine(shown)}`;
}

function describeEnd(event: ToolEndEvent): SafeText {
  const head = safe`${sanitizeLine(event.name)}: ${sanitizeLine(event.outcome)} in ${Math.round(event.elapsedMs)} ms`;
  return event.outcome === 'ok' ? head : safe`${head}: ${sanitizeLine(event.text)}`;
}

function describeNotice(notice: Notice): SafeText {
  const text = sanitizeLine(notice.text);
  return notice.level === 'warning' ? safe`! ${text}` : safe`· ${text}`;
}

function describeUsage(usage: Usage, elapsedMs: number, firstDeltaMs: number | undefined): SafeText {
  const parts = [
    `${usage.promptTokens ?? 'unknown'} prompt tokens`,
    `${usage.completionTokens ?? 'unknown'} completion tokens`,
    ...(usage.completionTokens === undefined || firstDeltaMs === undefined || elapsedMs <= firstDeltaMs
      ? []
      : [`${(usage.completionTokens / ((elapsedMs - firstDeltaMs) / 1000)).toFixed(1)} tokens/s`]),
    ...(firstDeltaMs === undefined ? [] : [`first token after ${Math.round(firstDeltaMs)} ms`]),
    `${Math.round(elapsedMs)} ms in all`,
  ];
  return sanitizeLine(`· ${parts.join(', ')}`);
}

/** What goes to stderr while the answer goes to stdout: reasoning, tools, notices, usage. */

import { cutText } from '../core/cut-text.ts';
import type { ToolCall, Usage } from '../core/message.ts';
import type { Notice } from '../core/notice.ts';
import type { ToolEndEvent, TurnEvent } from '../core/turn-event.ts';
import { joinSafe, type SafeText, safe } from '../terminal/safe.ts';
import { createSanitizer, sanitizeLine } from '../terminal/sanitize.ts';
import { explain } from './explain.ts';
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
  /** `--tools-debug`: calls and results whole. */
  readonly toolsDebug: boolean;
  /** `--explain`: how a structured answer was obtained. */
  readonly explain: boolean;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly dim: (text: SafeText) => SafeText;
}

export interface Activity {
  /** Shows everything but the answer itself. */
  show(event: TurnEvent): void | Promise<void>;
}

const longestArguments = 200;
const longestFailure = 200;

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
          return line(safe`- ${describeCall(event.call, options.toolsDebug)}`);
        case 'tool-end':
          return line(options.toolsDebug ? describeResult(event) : safe`- ${describeEnd(event)}`);
        case 'notice':
          return line(describeNotice(event.notice));
        case 'turn-end':
          if (options.explain) for (const text of explain(event.outcome)) await line(text);
          if (options.verbose) await line(describeUsage(event.usage, now() - startMs, firstDeltaMs));
          return;
        case 'text-delta':
        case 'approval':
        case 'item':
        case 'message':
          return;
        default:
          return event satisfies never;
      }
    },
  };
}

function describeCall(call: ToolCall, isWhole: boolean): SafeText {
  const { arguments: text } = call;
  const shown = isWhole ? text : cutText(text, longestArguments);
  return safe`${sanitizeLine(call.name)} ${sanitizeLine(shown)}`;
}

function describeHead({ name, outcome, elapsedMs }: ToolEndEvent): SafeText {
  return safe`${sanitizeLine(name)}: ${sanitizeLine(outcome)} in ${Math.round(elapsedMs)} ms`;
}

/** The result stands below, set in, so that none of it can be taken for a line of ours. */
function describeResult(event: ToolEndEvent): SafeText {
  const lines = event.text.split(/\r\n?|\n/).map((line) => safe`\n  ${sanitizeLine(line)}`);
  return safe`- ${describeHead(event)}${joinSafe(lines)}`;
}

function describeEnd(event: ToolEndEvent): SafeText {
  const head = describeHead(event);
  return event.outcome === 'ok' ? head : safe`${head}: ${sanitizeLine(cutText(event.text, longestFailure))}`;
}

function describeNotice(notice: Notice): SafeText {
  const text = sanitizeLine(notice.text);
  return notice.level === 'warning' ? safe`! ${text}` : safe`- ${text}`;
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
  return sanitizeLine(`- ${parts.join(', ')}`);
}

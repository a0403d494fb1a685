/** `banter history`: the conversations on disk. */

import { Command } from 'commander';
import type { StoredMessage } from '../../core/conversation.ts';
import type { Message } from '../../core/message.ts';
import { safeJson } from '../../terminal/json.ts';
import { type SafeText, safe } from '../../terminal/safe.ts';
import { sanitize, sanitizeLine } from '../../terminal/sanitize.ts';
import type { Host } from '../host.ts';
import { printLine } from './print-line.ts';

export function createCommand(host: Host): Command {
  const command = new Command('history').description('Conversations on disk.');
  command
    .command('list', { isDefault: true })
    .description('conversations, the latest first')
    .option('--json', 'as JSON')
    .action((flags: { readonly json?: true }) => list(host, flags.json === true));
  command
    .command('show')
    .description('one conversation')
    .argument('<id>', 'may be shortened')
    .option('--json', 'as JSON')
    .action((id: string, flags: { readonly json?: true }) => show(host, id, flags.json === true));
  command
    .command('path')
    .description('the folder that holds them')
    .action(() => printLine(host, sanitizeLine(host.paths.conversationsDir)));
  return command;
}

async function list(host: Host, json: boolean): Promise<void> {
  const { listConversations } = await import('../../store/conversations.ts');
  const conversations = await listConversations(host.paths);
  if (json) return printLine(host, safeJson(conversations, 2));
  for (const { id, updatedAt, title } of conversations) {
    await printLine(host, safe`${sanitizeLine(id)}  ${sanitizeLine(localTime(updatedAt))}  ${sanitizeLine(title)}`);
  }
}

async function show(host: Host, id: string, json: boolean): Promise<void> {
  const { openConversation } = await import('../../store/conversations.ts');
  const { log, notices } = await openConversation(host.paths, id);
  for (const { text } of notices) await host.err.write(safe`! ${sanitizeLine(text)}\n`);
  if (json) return printLine(host, safeJson({ id: log.id, title: log.title ?? null, messages: log.messages }, 2));
  for (const stored of log.messages) await printLine(host, toText(stored));
}

function toText({ message, at }: StoredMessage): SafeText {
  return safe`${sanitizeLine(`## ${speaker(message)}, ${localTime(at)}`)}\n\n${sanitize(body(message).trimEnd())}\n`;
}

function speaker(message: Message): string {
  if (message.role === 'tool') return `tool ${message.name} (${message.outcome})`;
  return message.role === 'assistant' && message.model !== undefined ? `assistant ${message.model}` : message.role;
}

function body(message: Message): string {
  if (message.role !== 'assistant') return message.text;
  const calls = message.toolCalls.map((call) => `[calls ${call.name} ${call.arguments}]`);
  const ending = message.ending === 'aborted' || message.ending === 'cut' ? [`[${message.ending}]`] : [];
  return [message.text, ...calls, ...ending].filter((part) => part !== '').join('\n');
}

/** `2026-11-21 09:30` in the machine's time zone; a time that cannot be read is shown as it stands. */
function localTime(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : `${date.toLocaleDateString('sv')} ${date.toLocaleTimeString('sv').slice(0, 5)}`;
}

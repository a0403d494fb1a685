/**
 * Text to the clipboard: by the system's own program where the person sits in front of it, else through the terminal
 * (OSC 52), which works over SSH where the terminal allows it and does not answer whether it did.
 */

import { spawn } from 'node:child_process';
import { ChatError } from '../core/error.ts';

export interface ClipboardOptions {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** To the terminal. */
  readonly write: (sequence: string) => void;
}

/** xterm and tmux take about 100,000 characters of base64, and drop what is longer without a word. */
const maxTerminalBytes = 74_000;
const programLimitMs = 3000;

/** @returns by which way, in words. @throws ChatError kind 'usage' when no way takes a text of this length */
export async function copyText(text: string, { platform, environment, write }: ClipboardOptions): Promise<string> {
  for (const [program, ...args] of clipboardPrograms(platform, environment)) {
    // clip.exe reads UTF-16 and takes anything else for the code page of the console.
    const bytes = Buffer.from(text, program === 'clip.exe' ? 'utf16le' : 'utf8');
    if (program !== undefined && (await feed(program, args, bytes, environment))) return `by ${program}`;
  }
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > maxTerminalBytes) {
    const what = `${Math.ceil(bytes.length / 1024)} KB are too much for the clipboard of the terminal`;
    throw new ChatError({ kind: 'usage', what, hint: '/copy code N, or /save FILE' });
  }
  write(`\x1b]52;c;${bytes.toString('base64')}\x07`);
  return 'through the terminal, if it allows that';
}

/** In the order to try them; none over SSH, where they would reach the clipboard of a machine nobody sits at. */
export function clipboardPrograms(
  platform: NodeJS.Platform,
  { SSH_CONNECTION, SSH_TTY, WAYLAND_DISPLAY, DISPLAY, WSL_DISTRO_NAME }: ClipboardOptions['environment'],
): readonly (readonly string[])[] {
  if (SSH_CONNECTION !== undefined || SSH_TTY !== undefined) return [];
  if (platform === 'darwin') return [['pbcopy']];
  if (platform === 'win32') return [['clip.exe']];
  return [
    ...(WSL_DISTRO_NAME ? [['clip.exe']] : []),
    ...(WAYLAND_DISPLAY ? [['wl-copy']] : []),
    ...(DISPLAY
      ? [
          ['xclip', '-selection', 'clipboard'],
          ['xsel', '--clipboard', '--input'],
        ]
      : []),
  ];
}

/** False when the program is not there, fails, or takes too long. */
function feed(
  program: string,
  args: readonly string[],
  bytes: Buffer,
  environment: ClipboardOptions['environment'],
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: { ...environment }, stdio: ['pipe', 'ignore', 'ignore'] });
    const timer = setTimeout(() => child.kill(), programLimitMs);
    const finish = (worked: boolean): void => {
      clearTimeout(timer);
      resolve(worked);
    };
    child.once('error', () => finish(false));
    // Not 'close': xclip leaves a process behind that holds the text.
    child.once('exit', (code) => finish(code === 0));
    // One that ends without reading says so by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(bytes);
  });
}

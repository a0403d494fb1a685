/** One line from a terminal, without echo: a key typed or pasted. */

import { StringDecoder } from 'node:string_decoder';
import { ChatError } from '../core/error.ts';
import type { SafeText } from '../terminal/safe.ts';
import { safe } from '../terminal/safe.ts';
import type { ProcessOutput } from './streams.ts';

/**
 * Enter and Ctrl+D end it, Backspace and Ctrl+U correct it. The terminal is as it was afterwards.
 * @throws ChatError 'aborted' at Ctrl+C and when the terminal goes away
 */
export async function readSecret(stdin: NodeJS.ReadStream, err: ProcessOutput, prompt: SafeText): Promise<string> {
  // Before it is asked for: what is typed at once must not be echoed either.
  stdin.setRawMode(true);
  try {
    await err.write(prompt);
    return await readLine(stdin);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    await err.write(safe`\n`);
  }
}

function readLine(stdin: NodeJS.ReadStream): Promise<string> {
  const decoder = new StringDecoder('utf8');
  let line: readonly string[] = [];
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      stdin.off('data', onData);
      stdin.off('end', onEnd);
      settle();
    };
    const onEnd = (): void => finish(() => reject(new ChatError({ kind: 'aborted' })));
    const onData = (chunk: Buffer): void => {
      for (const character of decoder.write(chunk)) {
        if (character === '\x03') {
          onEnd();
          return;
        }
        if (character === '\r' || character === '\n' || character === '\x04') {
          finish(() => resolve(line.join('')));
          return;
        }
        line = edited(line, character);
      }
    };
    stdin.on('data', onData);
    stdin.once('end', onEnd);
  });
}

function edited(line: readonly string[], character: string): readonly string[] {
  if (character === '\x7f' || character === '\b') return line.slice(0, -1);
  return character === '\x15' ? [] : [...line, character];
}

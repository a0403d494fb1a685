/** What a person did at the keyboard, as the rest of ui knows it: no escape sequences, no terminal's dialect. */

export type Key =
  /** Printable text, one or more characters; an input method delivers whole words. */
  | { readonly type: 'text'; readonly text: string }
  /** Line ends are `\n`; anything else is as it was pasted. */
  | { readonly type: 'paste'; readonly text: string }
  /** `ctrl+a`, `alt+enter`, `shift+tab`, `up`: modifiers in the order ctrl, alt, shift, then the key's name in lower case. */
  | { readonly type: 'chord'; readonly chord: string }
  /** The terminal speaks the kitty keyboard protocol: its answer to the question asked at the start. */
  | { readonly type: 'kitty-protocol' }
  /** The terminal marks what is pasted: its answer to the question asked at the start. */
  | { readonly type: 'paste-marks' }
  /** What is behind the text: the terminal's answer, where it was asked. */
  | { readonly type: 'background'; readonly shade: 'dark' | 'light' }
  /** The terminal has answered all that was asked before: its answer to a question that every terminal knows. */
  | { readonly type: 'device-attributes' }
  /** The window has the keyboard, or no longer; only where reports were asked for. */
  | { readonly type: 'focus'; readonly gained: boolean };

export interface Modifiers {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

export const noModifiers: Modifiers = { ctrl: false, alt: false, shift: false };

export function chord(name: string, { ctrl, alt, shift }: Modifiers = noModifiers): Key {
  return { type: 'chord', chord: `${ctrl ? 'ctrl+' : ''}${alt ? 'alt+' : ''}${shift ? 'shift+' : ''}${name}` };
}

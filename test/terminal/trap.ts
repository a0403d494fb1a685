/** A terminal that reports everything content makes it do, beyond printing, moving to the next line and tabs. */

import xterm from '@xterm/headless';

export interface Trap {
  write(text: string): Promise<void>;
  /** What content did, in order: `OSC 52`, `CSI ?h`, `bell`. */
  readonly effects: readonly string[];
  /** The rows in use, styles gone. */
  rows(): string[];
  dispose(): void;
}

export function setTrap({ columns = 80, rows = 60 } = {}): Trap {
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    allowProposedApi: true,
    convertEol: true,
    scrollback: 500,
  });
  const effects: string[] = [];
  const record = (effect: string) => () => {
    effects.push(effect);
    return true;
  };
  const finals = Array.from({ length: 0x7f - 0x40 }, (_, index) => String.fromCharCode(0x40 + index));
  for (const prefix of ['', '?', '>', '=', '<']) {
    for (const intermediates of ['', ' ', '!', '"', '$', '*']) {
      for (const final of finals) {
        const id = { ...(prefix && { prefix }), ...(intermediates && { intermediates }), final };
        terminal.parser.registerCsiHandler(id, record(`CSI ${prefix}${intermediates}${final}`));
        terminal.parser.registerDcsHandler(id, record(`DCS ${prefix}${intermediates}${final}`));
      }
    }
  }
  for (const intermediates of ['', '#', '(', ')', '%', ' ']) {
    for (let code = 0x30; code < 0x7f; code++) {
      const id = { ...(intermediates && { intermediates }), final: String.fromCharCode(code) };
      terminal.parser.registerEscHandler(id, record(`ESC ${intermediates}${id.final}`));
    }
  }
  for (let ident = 0; ident < 2000; ident++) terminal.parser.registerOscHandler(ident, record(`OSC ${ident}`));
  terminal.onBell(record('bell'));
  terminal.onTitleChange(record('title'));
  terminal.onData(record('reply'));

  return {
    effects,
    write: (text) => new Promise((resolve) => terminal.write(text, resolve)),
    rows() {
      const buffer = terminal.buffer.active;
      const lines = Array.from(
        { length: buffer.length },
        (_, row) => buffer.getLine(row)?.translateToString(true) ?? '',
      );
      while (lines.at(-1) === '') lines.pop();
      return lines;
    },
    dispose: () => terminal.dispose(),
  };
}

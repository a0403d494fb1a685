/** The screen of an xterm emulator as SVG: text and colours, and the caret; no font of its own. */

const cellWidth = 8.4;
const rowHeight = 18;
const margin = 14;
const background = '#1b1d23';
const foreground = '#d7dae0';
/** The sixteen of the terminal, readable on this background. */
const palette = [
  '#3f4451',
  '#e06c75',
  '#98c379',
  '#e5c07b',
  '#61afef',
  '#c678dd',
  '#56b6c2',
  '#d7dae0',
  '#7f8694',
  '#ff7b86',
  '#b1e18b',
  '#efb074',
  '#7cc7ff',
  '#e48bf5',
  '#6bd4e0',
  '#ffffff',
];

export function toSvg(terminal) {
  const { active } = terminal.buffer;
  const rows = Array.from({ length: terminal.rows }, (_, y) => runsOf(active.getLine(active.baseY + y)));
  while (rows.length > 1 && rows.at(-1).length === 0) rows.pop();
  const width = Math.ceil(terminal.cols * cellWidth + 2 * margin);
  const height = rows.length * rowHeight + 2 * margin;
  const caret = `<rect x="${x(active.cursorX)}" y="${margin + active.cursorY * rowHeight + 2}" width="${cellWidth}" height="${rowHeight - 2}" fill="${foreground}" opacity="0.7"/>`;
  const text = rows.flatMap((runs, y) => runs.map((run) => toText(run, y)));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">
<rect width="100%" height="100%" rx="8" fill="${background}"/>
${text.join('\n')}
${caret}
</svg>
`;
}

/** Cells next to each other that look alike; a blank between words does not part them. */
function runsOf(line) {
  const runs = [];
  for (let column = 0; column < (line?.length ?? 0); column++) {
    const cell = line.getCell(column);
    const characters = cell.getChars();
    if (cell.getWidth() === 0 || characters === '') continue;
    const style = styleOf(cell);
    const last = runs.at(-1);
    if (last?.style === style && last.end === column) {
      last.text += characters;
      last.end += cell.getWidth();
    } else if (characters !== ' ') {
      runs.push({ column, end: column + cell.getWidth(), style, text: characters });
    }
  }
  return runs;
}

function styleOf(cell) {
  const parts = [`fill="${cell.isFgDefault() ? foreground : colorOf(cell)}"`];
  if (cell.isBold()) parts.push('font-weight="bold"');
  if (cell.isItalic()) parts.push('font-style="italic"');
  if (cell.isDim()) parts.push('opacity="0.6"');
  if (cell.isUnderline()) parts.push('text-decoration="underline"');
  return parts.join(' ');
}

function colorOf(cell) {
  const color = cell.getFgColor();
  if (cell.isFgRGB()) return `#${color.toString(16).padStart(6, '0')}`;
  if (color < 16) return palette[color];
  if (color >= 232) return gray(8 + 10 * (color - 232));
  const level = (step) => (step === 0 ? 0 : 55 + 40 * step);
  const cube = color - 16;
  return `rgb(${level(Math.floor(cube / 36))},${level(Math.floor(cube / 6) % 6)},${level(cube % 6)})`;
}

function gray(value) {
  return `rgb(${value},${value},${value})`;
}

/** The width is given, so that the columns stand where they stood whatever font there is. */
function toText({ column, end, style, text }, row) {
  const escaped = text.trimEnd().replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  const cells = end - column - (text.length - text.trimEnd().length);
  const y = margin + (row + 1) * rowHeight - 4;
  return `<text x="${x(column)}" y="${y}" ${style} textLength="${round(cells * cellWidth)}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escaped}</text>`;
}

function x(column) {
  return round(margin + column * cellWidth);
}

function round(value) {
  return Math.round(value * 10) / 10;
}

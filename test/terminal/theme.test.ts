import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Background, backgroundOf, palettes } from '../../src/terminal/palette.ts';
import { sanitize } from '../../src/terminal/sanitize.ts';
import { createTheme, type Style, type ThemeOptions } from '../../src/terminal/theme.ts';

function stylesOf(options: ThemeOptions): readonly Style[] {
  const { plain, syntax, heading, ...styles } = createTheme(options);
  assert.equal(plain, options.color === 0);
  return [...Object.values(styles), ...Object.values(syntax), ...[1, 2, 3, 4, 6].map(heading)];
}

test('a theme without colour makes no escape sequence', () => {
  for (const style of stylesOf({ color: 0, background: 'dark' })) assert.equal(style(sanitize('a\nb')), 'a\nb');
});

test('with sixteen colours they are the terminal’s own', () => {
  for (const style of stylesOf({ color: 1, background: 'light' })) {
    assert.match(style(sanitize('a')), /^(\x1b\[\d\d?m)+a(\x1b\[\d\dm)+$/);
  }
});

/** Of terminals as they come: xterm, VS Code, One Dark, Solarized, Nord, Ubuntu, GNOME, GitHub. */
const backgrounds: Readonly<Record<Background, readonly string[]>> = {
  dark: ['000000', '1e1e1e', '282c34', '002b36', '2e3440', '300a24'],
  light: ['ffffff', 'fafafa', 'f6f8fa', 'fdf6e3', 'eeeeee'],
  either: ['000000', 'ffffff'],
};

test('every colour of a palette can be read on its backgrounds (WCAG AA, 4.5)', () => {
  for (const [name, palette] of Object.entries(palettes)) {
    // The palettes are named by their backgrounds.
    for (const background of backgrounds[name as Background]) {
      for (const [colour, number] of Object.entries(palette)) {
        const ratio = contrast(shade(number), shadeOf(background));
        assert.ok(ratio >= 4.5, `${name} ${colour} on ${background}: ${ratio.toFixed(2)}`);
      }
    }
  }
});

test('with more colours the shades are those of the palette', () => {
  const theme = createTheme({ color: 3, background: 'light' });
  assert.equal(theme.error(sanitize('x')), `\x1b[38;5;${palettes.light.red}mx\x1b[39m`);
});

test('the background is what COLORFGBG says last', () => {
  const told = (value?: string) => backgroundOf(value === undefined ? {} : { COLORFGBG: value });
  assert.deepEqual(['15;0', '0;15', '0;default;15', '12;8', '0;7'].map(told), [
    'dark',
    'light',
    'light',
    'dark',
    'light',
  ]);
  assert.deepEqual([undefined, '', '0;default', '0;99', 'x;-1'].map(told), Array(5).fill('either'));
});

type Shade = readonly [red: number, green: number, blue: number];

/** The cube of 6x6x6 and the greys of xterm. */
function shade(number: number): Shade {
  if (number >= 232) {
    const grey = 8 + 10 * (number - 232);
    return [grey, grey, grey];
  }
  const level = (place: number) => [0, 95, 135, 175, 215, 255][Math.floor((number - 16) / place) % 6] ?? 0;
  return [level(36), level(6), level(1)];
}

function shadeOf(hex: string): Shade {
  return [hex.slice(0, 2), hex.slice(2, 4), hex.slice(4)].map((part) => Number.parseInt(part, 16)) as unknown as Shade;
}

/** https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
function contrast(a: Shade, b: Shade): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Shade): number {
  const [red = 0, green = 0, blue = 0] = colour
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

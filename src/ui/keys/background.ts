/**
 * What a terminal says of its background (OSC 11), between `ESC ]` and BEL or `ESC \`:
 *   11;rgb:ffff/ffff/dddd    one to four hexadecimal digits a channel, the highest number being full
 *   11;rgba:0000/0000/0000/ffff
 * Anything else is no answer.
 */

/** Half-way for the eye: there black and white have the same contrast (WCAG 2, relative luminance). */
const lightFrom = 0.179;

export function readBackground(answer: string): 'dark' | 'light' | undefined {
  const [, red, green, blue] =
    /^11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?$/i.exec(answer) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  return luminance > lightFrom ? 'light' : 'dark';
}

/** The amount of light of an sRGB channel, 0 to 1. */
function linear(digits: string): number {
  const value = Number.parseInt(digits, 16) / (16 ** digits.length - 1);
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

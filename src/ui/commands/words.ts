/** Numbers as the commands say them. */

/** `12 345`: the groups are the same everywhere, and no comma is taken for a point. */
export function whole(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ' ');
}

export function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${whole(count)} ${noun}s`;
}

export function seconds(milliseconds: number): string {
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const whole = Math.round(milliseconds / 1000);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `2025-03-01`: the day is the reader's. */
export function day(instant: string): string {
  const date = new Date(instant);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** In UTF-16 units: a message may be a pasted file. */
const longestQuote = 60;

/** A message on one line, cut. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longestQuote ? `${line.slice(0, longestQuote).toWellFormed()}...` : line;
}

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
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** `5 min ago`, `14:02` of today, `yesterday 14:02`, else the day; as the reader's clock has it. */
export function moment(instant: string, nowMs: number): string {
  const date = new Date(instant);
  const minutes = Math.floor((nowMs - date.getTime()) / 60_000);
  if (minutes >= 0 && minutes < 60) return minutes === 0 ? 'just now' : `${minutes} min ago`;
  const time = `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
  const now = new Date(nowMs);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (isSameDay(date, now)) return time;
  return isSameDay(date, yesterday) ? `yesterday ${time}` : day(instant);
}

function isSameDay(one: Date, other: Date): boolean {
  return one.toDateString() === other.toDateString();
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** In UTF-16 units: a message may be a pasted file. */
const longestQuote = 60;

/** A message on one line, cut. */
export function quote(text: string, longest = longestQuote): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest).toWellFormed()}...` : line;
}

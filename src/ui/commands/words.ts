/** Numbers as the commands say them. */

/** `12 345`: the groups are the same everywhere, and no comma is taken for a point. */
export function whole(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ' ');
}

export function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${whole(count)} ${noun}s`;
}

export function seconds(milliseconds: number): string {
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const whole = Math.round(milliseconds / 1000);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

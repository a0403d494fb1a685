/** Numbers as the commands say them. */

/** `12 345`: the groups are the same everywhere, and no comma is taken for a point. */
export function whole(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ' ');
}

export function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${whole(count)} ${noun}s`;
}

export function seconds(milliseconds: number): string {
  const total = milliseconds / 1000;
  return total < 60 ? `${total.toFixed(1)} s` : `${Math.floor(total / 60)} min ${Math.round(total % 60)} s`;
}

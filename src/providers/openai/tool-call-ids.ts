/** Tool call ids on their way back to the server. */

export type IdRewriter = (id: string) => string;

export const sameId: IdRewriter = (id) => id;

/**
 * Mistral takes only ids of nine letters and digits, and a conversation may have begun on another server.
 * Others are numbered in order of appearance, so a call and its result get the same id, in every request.
 */
export function nineAlphanumerics(): IdRewriter {
  const rewritten = new Map<string, string>();
  return (id) => {
    if (/^[a-zA-Z0-9]{9}$/.test(id)) return id;
    const known = rewritten.get(id);
    if (known !== undefined) return known;
    const fresh = `call${String(rewritten.size).padStart(5, '0')}`;
    rewritten.set(id, fresh);
    return fresh;
  };
}

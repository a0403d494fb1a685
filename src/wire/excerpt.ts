/** Text from outside, cut down to what fits into one sentence. */

/** Pages can be large and their markup repeats; what is not found this early is not worth looking for. */
const maxRead = 16 * 1024;

/** One line, at most 300 characters or as many as given; of a web page the title, or else its words. */
export function excerpt(text: string, maxLength = 300): string {
  const opening = text.slice(0, maxRead);
  const words = /^\s*(?:<!doctype html|<html|<head|<body)/i.test(opening) ? pageWords(opening) : opening;
  const line = words.replace(/\s+/g, ' ').trim();
  if (line.length <= maxLength) return line;
  // toWellFormed: the cut may fall inside a surrogate pair.
  return `${line.slice(0, maxLength - 1).toWellFormed()}…`;
}

function pageWords(html: string): string {
  const title = /<title[^>]*>([^<]+)/i.exec(html)?.[1]?.trim();
  if (title !== undefined && title !== '') return title;
  return html.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ');
}

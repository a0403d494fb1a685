/** Bytes of a page to text: by its byte order mark, its header, its own words, or a guess. */

/** @param contentType  the header, '' for none */
export function decodeText(bytes: Uint8Array, contentType: string): string {
  const label = markOf(bytes) ?? charsetOf(contentType) ?? declaredIn(bytes);
  const decoder = decoderFor(label) ?? guessDecoder(bytes);
  const text = decoder.decode(bytes);
  // Node 20 reads windows-1252 as ISO 8859-1, which has control characters where the quotation marks are.
  return decoder.encoding === 'windows-1252' ? text.replaceAll(/[\x80-\x9f]/g, withoutControl) : text;
}

const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function withoutControl(character: string): string {
  return windows1252.charAt(character.charCodeAt(0) - 0x80);
}

function markOf([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

function charsetOf(text: string): string | undefined {
  return /charset\s*=\s*["']?([^\s;"'/>]+)/i.exec(text)?.[1];
}

/** Node's global is declared as a value only. */
type Decoder = InstanceType<typeof TextDecoder>;

/** How far browsers look. */
const openingBytes = 1024;

function declaredIn(bytes: Uint8Array): string | undefined {
  const opening = new TextDecoder('latin1').decode(bytes.subarray(0, openingBytes));
  const meta = /<meta\s[^>]*charset[^>]*>/i.exec(opening)?.[0];
  const label = meta === undefined ? /^<\?xml[^>]*\sencoding=["']([^"']+)/.exec(opening)?.[1] : charsetOf(meta);
  // What could be read as ASCII so far is no UTF-16, whatever it says.
  return label?.toLowerCase().startsWith('utf-16') === true ? 'utf-8' : label;
}

function decoderFor(label: string | undefined): Decoder | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label);
  } catch (error) {
    // A name that nobody knows is as good as none.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** UTF-8 if it is, else what old western pages are in. A last character that was cut does not count against it. */
function guessDecoder(bytes: Uint8Array): Decoder {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return new TextDecoder();
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder('windows-1252');
    throw error;
  }
}

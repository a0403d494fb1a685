/** The grammar of a JSON number, one character at a time. */

/** What the last character read belongs to. */
export type NumberPart = 'minus' | 'zero' | 'integer' | 'point' | 'fraction' | 'e' | 'e-sign' | 'exponent';

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** undefined where no number begins with this character. */
export function beginNumber(code: number): NumberPart | undefined {
  if (code === 0x2d) return 'minus';
  if (!isDigit(code)) return undefined;
  return code === 0x30 ? 'zero' : 'integer';
}

/** The part of the number this character belongs to; undefined where the number cannot go on with it. */
export function continueNumber(part: NumberPart, code: number): NumberPart | undefined {
  if (isDigit(code)) {
    switch (part) {
      case 'minus':
        return beginNumber(code);
      case 'zero':
        return undefined;
      case 'integer':
      case 'fraction':
      case 'exponent':
        return part;
      case 'point':
        return 'fraction';
      case 'e':
      case 'e-sign':
        return 'exponent';
      default:
        return part satisfies never;
    }
  }
  const hasInteger = part === 'integer' || part === 'zero';
  if (code === 0x2e) return hasInteger ? 'point' : undefined;
  if (code === 0x65 || code === 0x45) return hasInteger || part === 'fraction' ? 'e' : undefined;
  if (code === 0x2b || code === 0x2d) return part === 'e' ? 'e-sign' : undefined;
  return undefined;
}

export function isWholeNumber(part: NumberPart): boolean {
  return part === 'integer' || part === 'zero' || part === 'fraction' || part === 'exponent';
}

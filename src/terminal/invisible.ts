/** Characters that show nothing, or change what others show: which to remove, which to keep beside which neighbour. */

/**
 * Reorders text on screen (the twelve bidi controls), hides it, or carries a message no one sees: never shown. The
 * joiners and the selectors of emoji and of Mongolian are shown beside what they belong to.
 */
const hidden =
  /(?!\u180b|\u180c|\u180d|\u180f|\u200c|\u200d|\ufe0e|\ufe0f)[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u;

/** Letters that join, where ZWJ and ZWNJ are spelling: Arabic and its kin, the Indic scripts, Mongolian. */
const joining =
  /[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mand}\p{scx=Mong}\p{scx=Phag}\p{scx=Nkoo}\p{scx=Adlm}\p{scx=Rohg}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Tibt}\p{scx=Mymr}\p{scx=Khmr}\p{scx=Bali}\p{scx=Java}\p{scx=Sund}\p{scx=Lepc}\p{scx=Limb}\p{scx=Cham}\p{scx=Cakm}\p{scx=Newa}\p{scx=Tirh}\p{scx=Gran}]/u;

/** What `reveal` writes out: controls, format characters, odd spaces, fillers, selectors, halves of pairs. */
export const invisible =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]/u;

/** Combining marks on one base: more than any script stacks; past it they only climb over other lines. */
export const maxMarks = 8;

const pictograph = /\p{Extended_Pictographic}/u;
const joinable = /\ufe0f|[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;
const emoji = /\p{Emoji}/u;
const keycapBase = /[0-9#*]/;
const mark = /\p{M}/u;
const mongolian = /\p{scx=Mong}/u;

export const isHidden = (character: string): boolean => hidden.test(character);
export const isInvisible = (character: string): boolean => invisible.test(character);
export const isMark = (character: string): boolean => mark.test(character);
export const isPictograph = (character: string): boolean => pictograph.test(character);
/** Whether a ZWJ after it may start an emoji sequence. */
export const isJoinableEmoji = (character: string): boolean => joinable.test(character);
export const isJoiningLetter = (character: string): boolean => joining.test(character);
export const isMongolian = (character: string): boolean => mongolian.test(character);

/** Whether VS15 or VS16 (text or emoji presentation) means something after this character. */
export function takesPresentation(character: string, selector: number): boolean {
  return emoji.test(character) && (selector === 0xfe0f || !keycapBase.test(character));
}

/**
 * Stretches that need no look at all: ASCII, Latin, Greek, Cyrillic, Hangul (also as jamo), kana, Han, symbols.
 * Holds no control, mark, invisible character or surrogate; a test checks that against Unicode's own tables.
 */
export const plainRange =
  '\\t\\n\\x20-\\x7e\\xa0-\\xac\\xae-\\u02ff\\u0370-\\u0482\\u048a-\\u0590\\u1100-\\u115e\\u1161-\\u11ff\\u1e00-\\u1fff' +
  '\\u2010-\\u2027\\u202f-\\u205f\\u2070-\\u20cf\\u2100-\\u2bff\\u2e80-\\u3029\\u3030-\\u3098\\u309b-\\u3163' +
  '\\u3165-\\u9fff\\uac00-\\ud7a3\\ud7b0-\\ud7fb\\uf900-\\ufaff\\uff00-\\uff9f\\uffa1-\\uffef';

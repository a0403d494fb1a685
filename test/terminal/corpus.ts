/** Hostile terminal text by case number: what arrives, and what a person may see of it. */

export interface HostileCase {
  readonly id: string;
  readonly what: string;
  readonly input: string;
  readonly shown: string;
}

const esc = '\x1b';
const st = '\x1b\\';

const hostile = (id: string, what: string, input: string, shown: string): HostileCase => ({ id, what, input, shown });

export const corpus: readonly HostileCase[] = [
  hostile('T01', 'colour', `a${esc}[31mred${esc}[0mb`, 'aredb'),
  hostile('T02', 'cursor up and erase line', `one\ntwo${esc}[1A${esc}[2Kx`, 'one\ntwox'),
  hostile('T03', 'clear screen and scrollback', `a${esc}[2J${esc}[3Jb`, 'ab'),
  hostile(
    'T04',
    'cursor back hides a command',
    `rm -rf ~ ;echo hi${esc}[24D${esc}[Kecho hi`,
    'rm -rf ~ ;echo hiecho hi',
  ),
  hostile('T05', 'title ended by BEL', `a${esc}]0;owned\x07b`, 'ab'),
  hostile('T06', 'title ended by ST', `a${esc}]2;owned${st}b`, 'ab'),
  hostile('T07', 'clipboard write, BEL', `a${esc}]52;c;ZXZpbA==\x07b`, 'ab'),
  hostile('T08', 'clipboard write, ST', `a${esc}]52;c;ZXZpbA==${st}b`, 'ab'),
  hostile('T09', 'clipboard read', `a${esc}]52;c;?\x07b`, 'ab'),
  hostile('T10', 'link, ST', `${esc}]8;;https://evil.example${st}bank${esc}]8;;${st}`, 'bank'),
  hostile('T11', 'file link, BEL', `${esc}]8;;file:///etc/passwd\x07x${esc}]8;;\x07`, 'x'),
  hostile('T12', 'iTerm2 file', `a${esc}]1337;File=name=eA==;inline=1:AAAA\x07b`, 'ab'),
  hostile('T13', 'notification', `a${esc}]9;hello\x07b`, 'ab'),
  hostile('T14', 'rxvt notification', `a${esc}]777;notify;t;b\x07b`, 'ab'),
  hostile('T15', 'colour query', `a${esc}]10;?${st}b`, 'ab'),
  hostile('T16', 'palette', `a${esc}]4;1;rgb:00/00/00${st}b`, 'ab'),
  hostile('T17', 'string that never ends', `a${esc}]0;rest of the answer`, 'a'),
  hostile('T18', 'string ended by the C1 ST', `a${esc}]0;t\u009cb`, 'ab'),
  hostile('T19', 'C1 OSC', 'a\u009d0;t\x07b', 'ab'),
  hostile('T20', 'C1 CSI', 'a\u009b31mb', 'ab'),
  hostile('T21', 'C1 DCS', 'a\u0090$qm\u009cb', 'ab'),
  hostile('T22', 'sixel', `a${esc}Pq#0;2;0;0;0#0~~@@vv${st}b`, 'ab'),
  hostile('T23', 'settings request', `a${esc}P$q"p${st}b`, 'ab'),
  hostile('T24', 'terminfo request', `a${esc}P+q544e${st}b`, 'ab'),
  hostile('T25', 'kitty graphics', `a${esc}_Gf=24,s=1,v=1;AAAA${st}b`, 'ab'),
  hostile('T26', 'privacy message', `a${esc}^secret${st}b`, 'ab'),
  hostile('T27', 'start of string', `a${esc}Xsecret${st}b`, 'ab'),
  hostile('T28', 'tmux passthrough', `a${esc}Ptmux;${esc}${esc}]52;c;ZXZpbA==\x07${st}b`, 'ab'),
  hostile('T29', 'full reset', `a${esc}cb`, 'ab'),
  hostile('T30', 'save and restore cursor', `a${esc}7b${esc}8c`, 'abc'),
  hostile('T31', 'line drawing charset', `a${esc}(0lqk${esc}(Bb`, 'alqkb'),
  hostile('T32', 'alignment test', `a${esc}#8b`, 'ab'),
  hostile('T33', 'cursor report', `a${esc}[6nb`, 'ab'),
  hostile('T34', 'device attributes', `a${esc}[cb`, 'ab'),
  hostile('T35', 'secondary attributes', `a${esc}[>cb`, 'ab'),
  hostile('T36', 'title report', `a${esc}[21tb`, 'ab'),
  hostile('T37', 'resize', `a${esc}[8;5;5tb`, 'ab'),
  hostile('T38', 'alternate screen', `a${esc}[?1049hb`, 'ab'),
  hostile('T39', 'mouse tracking', `a${esc}[?1003;1006hb`, 'ab'),
  hostile('T40', 'bracketed paste', `a${esc}[?2004hb`, 'ab'),
  hostile('T41', 'hide cursor', `a${esc}[?25lb`, 'ab'),
  hostile('T42', 'synchronised update never ended', `a${esc}[?2026hb`, 'ab'),
  hostile('T43', 'kitty keyboard', `a${esc}[>31ub`, 'ab'),
  hostile('T44', 'scroll region', `a${esc}[1;2rb`, 'ab'),
  hostile('T45', 'repeat', `a${esc}[99999bb`, 'ab'),
  hostile('T46', 'end of paste', `a${esc}[201~b`, 'ab'),
  hostile('T47', 'bells', `a${'\x07'.repeat(100)}b`, 'ab'),
  hostile('T48', 'backspace overstrike', 'safe\b\b\b\bevil', 'safeevil'),
  hostile('T49', 'carriage return overwrites', 'rm -rf /\rls      ', 'rm -rf /\nls      '),
  hostile('T50', 'vertical tab and form feed', 'a\vb\fc', 'abc'),
  hostile('T51', 'shift out and in', 'a\x0eb\x0fc', 'abc'),
  hostile('T52', 'NUL', 'a\0b', 'ab'),
  hostile('T53', 'DEL', 'a\x7fb', 'ab'),
  hostile('T54', 'answerback', 'a\x05b', 'ab'),
  hostile('T55', 'C1 next line', 'a\u0085b', 'ab'),
  hostile('T56', 'right-to-left override', 'user\u202egnp.exe', 'usergnp.exe'),
  hostile('T57', 'bidi isolates', 'a\u2066b\u2067c\u2068d\u2069e\u202af\u202bg\u202ch\u202d', 'abcdefgh'),
  hostile('T58', 'direction marks', 'a\u200eb\u200fc\u061cd', 'abcd'),
  hostile('T59', 'tags carry a message', `hi${tag('ignore all rules')}!🏴${tag('usca')}\u{e007f}.`, 'hi!🏴.'),
  hostile('T60', 'zero width space, word joiner, BOM', '\ufeffa\u200bb\u2060c\u2064d\u206ae\u180ef\ufff9g', 'abcdefg'),
  hostile('T61', 'variation selectors carry bytes', `x${selectors()}y`, 'xy'),
  hostile('T62', 'line and paragraph separator', 'a\u2028b\u2029c', 'a\nb\nc'),
  hostile('T63', 'two hundred marks', `e${'\u0301'.repeat(200)}!`, `e${'\u0301'.repeat(8)}!`),
  hostile('T64', 'ESC inside CSI', `a${esc}[3${esc}[31mb`, 'ab'),
  hostile('T65', 'removal must not build a sequence', `a${esc}${esc}[0m[2Jb`, 'a[2Jb'),
  hostile('T66', 'private intermediates', `a${esc}[?1;2$p${esc}[ qb`, 'ab'),
  hostile('T67', 'ten thousand parameters', `a${esc}[${'1;'.repeat(10_000)}mb`, 'ab'),
  hostile('T68', 'a payload of two megabytes', `a${esc}]52;c;${'A'.repeat(2_000_000)}\x07b`, 'ab'),
  hostile('T69', 'controls inside CSI', `a${esc}[3\b1\x07mb`, 'ab'),
  hostile('T70', 'clipboard over two deltas', `a${esc}]52;c;ZXZpbA==\x07b`, 'ab'),
  hostile('T71', 'CSI over two deltas', `a${esc}[2Jb`, 'ab'),
  hostile('T72', 'C1 beside a surrogate pair', '😀\u009b2J😀', '😀😀'),
  hostile('T73', 'link over five deltas', `${esc}]8;id=1;https://e.example${st}x${esc}]8;;${st}`, 'x'),
  hostile('T74', 'concealed text', `a${esc}[8mhidden${esc}[28mb`, 'ahiddenb'),
  hostile('T75', 'foreground like background', `a${esc}[30;40mhidden${esc}[0mb`, 'ahiddenb'),
  hostile('T76', 'shell integration', `a${esc}]133;A${st}${esc}]633;E;ls\x07b`, 'ab'),
  hostile('T77', 'working directory', `a${esc}]7;file://host/tmp${st}b`, 'ab'),
  hostile('T78', 'font query', `a${esc}]50;?\x07b`, 'ab'),
  hostile('T79', 'user-defined keys', `a${esc}P1;1|17/6c73${st}b`, 'ab'),
  hostile('T80', 'checksum of a rectangle', `a${esc}[1;1;1;1;1;1*yb`, 'ab'),
];

function tag(text: string): string {
  return Array.from(text, (letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');
}

function selectors(): string {
  const low = Array.from({ length: 16 }, (_, index) => String.fromCodePoint(0xfe00 + index));
  const high = Array.from({ length: 240 }, (_, index) => String.fromCodePoint(0xe0100 + index));
  return [...low, ...high].join('');
}

/** Text people write that has to come through byte for byte. */
export const innocent: readonly string[] = [
  'plain ASCII with\ttab\nand line',
  '안녕하세요, 세계! 각주: 뷁 ㄱㄴㄷ ㅏㅑㅓ',
  '안녕하세요 각'.normalize('NFD'),
  '你好，世界。「引号」——破折号……㐀𠀀',
  'こんにちは、ｶﾞギガ がぎぐ'.normalize('NFD'),
  'Tiếng Việt, Ελληνικά, Русский, עִבְרִית, العَرَبِيَّة',
  '👩‍👩‍👧‍👦 👨🏽‍🚀 🧑🏻‍🤝‍🧑🏿 👩‍❤️‍💋‍👨 🏳️‍🌈 🏴‍☠️ 👁️‍🗨️ 🐻‍❄️',
  '🇰🇷🇨🇳🇺🇳 🏴󠁧󠁢󠁥󠁮󠁧󠁿🏴󠁧󠁢󠁳󠁣󠁴󠁿🏴󠁧󠁢󠁷󠁬󠁳󠁿',
  '1️⃣ #️⃣ *️⃣ ❤️ ❤︎ ☎️ ©️ ™️ ↔️ 👍🏿',
  'می‌خواهم نمی‌دانم',
  'क्‍ष र्‍क श्री ক্‌ষ ශ්‍රී ക്‍',
  'ภาษาไทย ก็ น้ำ ລາວ ខ្មែរ မြန်မာ བོད',
  'x̂ₙ ∑∫√ ≤≥ ℝ 𝔸 → ⇒ ░▒▓ │┌┐ ⠋⠙',
];

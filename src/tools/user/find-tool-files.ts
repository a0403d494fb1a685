/** The files that may be tools, told apart without reading them. */

import { readdirSync, type Stats } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { ChatError } from '../../core/error.ts';
import type { Host } from './host.ts';
import { checkFolder, findTrusted, systemWords, type TrustOptions } from './trust.ts';

export interface ToolFile {
  readonly path: string;
  /** Its last part, for a person. */
  readonly name: string;
  readonly kind: 'module' | 'program';
  /** A program's description beside it. */
  readonly describedBy?: string;
  /** Differs when the file, or the one that describes it, changed. */
  readonly stamp: string;
}

export interface FoundFiles {
  readonly files: readonly ToolFile[];
  /** One line each, with the file's name. */
  readonly problems: readonly string[];
}

/** Those of a folder, in the order of their names. What looks like no tool (a README, data) is passed over. */
export function findToolFiles(folder: string, host: Host): FoundFiles {
  const names = listNames(folder);
  if (typeof names === 'string') return { files: [], problems: [`${folder}: ${names}`] };
  if (names.length === 0) return { files: [], problems: [] };
  const trust: TrustOptions = { userId: host.userId, folders: new Map() };
  const open = checkFolder(folder, trust);
  if (open !== undefined) return { files: [], problems: [`no tool is loaded: the ${open}`] };

  const files: ToolFile[] = [];
  const problems: string[] = [];
  for (const name of names) {
    const file = classify(join(folder, name), names, host, trust);
    if (file === undefined) continue;
    if (typeof file === 'string') problems.push(`${name}: ${file}`);
    else files.push(file);
  }
  return { files, problems };
}

/** @throws ChatError kind 'usage' when it cannot be a tool */
export function findNamedFile(path: string, host: Host): ToolFile {
  const names = listNames(dirname(path));
  const trust: TrustOptions = { userId: host.userId, folders: new Map() };
  const file = typeof names === 'string' ? names : classify(path, names, host, trust);
  if (typeof file === 'object') return file;
  const why = file ?? 'it is neither a module (.mjs, .js) nor a program that may be executed';
  throw new ChatError({ kind: 'usage', what: `${path}: ${why}` });
}

/** Why the file may not be run now, about `it`: it became somebody else's, or another than was described. */
export function whyNotAsFound(file: ToolFile, { userId }: Host): string | undefined {
  const trust: TrustOptions = { userId, folders: new Map() };
  const { stats, problem } = findTrusted(file.path, trust);
  if (problem !== undefined) return problem;
  const stamp = stampOf(stats);
  const now =
    file.describedBy === undefined ? { stamp } : describedProgram({ ...file, stamp }, file.describedBy, trust);
  if (typeof now === 'string') return now;
  return now.stamp === file.stamp ? undefined : 'it has changed since it was loaded; start banter again';
}

/** None for a folder that is not there, a sentence for one that cannot be read. */
function listNames(folder: string): readonly string[] | string {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    return isMissing(error) ? [] : systemWords(error);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** @returns the file, why it is skipped, or nothing for what is no tool */
function classify(
  path: string,
  names: readonly string[],
  host: Host,
  trust: TrustOptions,
): ToolFile | string | undefined {
  const name = basename(path);
  const extension = extname(name).toLowerCase();
  if (name.startsWith('.') || name.endsWith('~') || dataExtensions.has(extension) || /\.d\.[cm]?ts$/.test(name)) {
    return undefined;
  }
  const { stats, problem } = findTrusted(path, trust);
  if (problem !== undefined) return problem;
  if (!stats.isFile()) return undefined;

  if (typeScriptExtensions.has(extension) && !stripsTypes(host.nodeVersion)) {
    return `Node ${host.nodeVersion} cannot run TypeScript: use Node 22.18 or newer, or plain JavaScript`;
  }
  const stamp = stampOf(stats);
  if (typeScriptExtensions.has(extension) || moduleExtensions.has(extension)) {
    return { path, name, kind: 'module', stamp };
  }
  if (!isExecutable(stats, extension, host.platform)) {
    return scriptExtensions.has(extension) ? 'it may not be executed (chmod +x)' : undefined;
  }
  const companion = `${withoutExtension(name)}.json`;
  if (!names.includes(companion)) return { path, name, kind: 'program', stamp };
  return describedProgram({ path, name, kind: 'program', stamp }, join(dirname(path), companion), trust);
}

function describedProgram(file: ToolFile, describedBy: string, trust: TrustOptions): ToolFile | string {
  const { stats, problem } = findTrusted(describedBy, trust);
  if (problem !== undefined) return `${basename(describedBy)}: ${problem}`;
  return { ...file, describedBy, stamp: `${file.stamp} ${stampOf(stats)}` };
}

const moduleExtensions: ReadonlySet<string> = new Set(['.js', '.mjs', '.cjs']);
const typeScriptExtensions: ReadonlySet<string> = new Set(['.ts', '.mts']);
/** On disks without permissions everything has the executable bit. */
const dataExtensions: ReadonlySet<string> = new Set(['.json', '.md', '.txt', '.yaml', '.yml', '.toml', '.log']);
/** Worth a word when the bit was forgotten. */
const scriptExtensions: ReadonlySet<string> = new Set(['.py', '.sh', '.bash', '.rb', '.pl', '.php', '.lua']);

function isExecutable({ mode }: Stats, extension: string, platform: string): boolean {
  return platform === 'win32' ? extension === '.exe' : (mode & 0o111) !== 0;
}

/** Node runs TypeScript without being asked since 22.18 and 23.6. */
function stripsTypes(nodeVersion: string): boolean {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

/** With the time of the last change of name or mode: it cannot be set back as that of the content can. */
function stampOf({ mtimeMs, ctimeMs, size, ino }: Stats): string {
  return `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
}

function withoutExtension(name: string): string {
  return name.slice(0, name.length - extname(name).length);
}

/** The tools of a run: those there are, and those the model is offered. What no word asks for is not even looked at. */

import { existsSync } from 'node:fs';
import type { Notice } from '../core/notice.ts';
import type { Profile, ProviderKind } from '../core/profile.ts';
import type { Tool } from '../core/tool.ts';
import type { Settings } from '../store/settings.ts';
import { findTools, isOfferedUnnamed, isWholeList, nameIn, selectTools } from '../tools/index.ts';
import type { Network } from '../wire/index.ts';
import { loadBuiltIns } from './built-in-tools.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';
import type { ToolSources, ToolSourcesOptions } from './tool-sources.ts';
import { needsOf, readToolWords, type ToolNeeds } from './tool-words.ts';

export interface LoadedTools {
  /** All that were looked at, offered or not. */
  readonly tools: readonly Tool[];
  readonly offered: readonly Tool[];
  /** About tools that could not be loaded. */
  readonly notices: readonly Notice[];
  /** Ends what tools have started. Never rejects. */
  close(): Promise<void>;
}

export interface LoadToolsOptions {
  readonly profile: Profile;
  readonly settings: Settings;
  readonly network: Network | undefined;
  /** The answer is held to a format. */
  readonly isStructured: boolean;
  readonly signal: AbortSignal;
}

/** @throws ChatError kind 'usage' for a word of -T that means no tool, 'aborted' */
export async function loadTools(
  host: Host,
  flags: Pick<Flags, 'tool' | 'tools'>,
  { profile, settings, network, isStructured, signal }: LoadToolsOptions,
): Promise<LoadedTools> {
  const builtIn = await loadBuiltIns(host, settings, network);
  const wanted = wantedTools(host, flags, profile, isStructured);
  if (wanted === undefined) return { tools: builtIn, offered: [], notices: [], close: async () => {} };

  const words = [...wanted.usual, ...wanted.asked];
  const builtInNames = builtIn.map(({ name }) => name);
  const sources = await open(host, needsOf(words, builtInNames), { taken: builtInNames, network, signal });
  try {
    const tools = [...builtIn, ...sources.files, ...sources.servers];
    const named = (word: string): string => nameOfFile(word, sources) ?? word;
    const isMissing = (word: string): boolean => findTools(tools, nameIn(word)).length === 0;
    const usual = wanted.usual.map(named);
    const known = [...usual.filter((word) => !isMissing(word)), ...wanted.asked.map(named)];
    const standard = isWholeList(words) || !wanted.hasStandard ? [] : tools.filter(isOfferedUnnamed);
    const missing = usual.filter(isMissing).map((word) => `profile ${profile.name}: there is no tool ${nameIn(word)}`);
    return {
      tools,
      offered: selectTools(tools, known, { standard, problems: sources.problems }),
      notices: [...sources.problems, ...missing].map((text) => ({ level: 'warning', code: 'tool-problem', text })),
      close: sources.close,
    };
  } catch (error) {
    await sources.close();
    throw error;
  }
}

interface WantedTools {
  /** Of the profile; a name among them may be unknown today, when its server is down. */
  readonly usual: readonly string[];
  /** Of -T. */
  readonly asked: readonly string[];
  /** Words that are no whole list change what is offered without them; false where that is nothing. */
  readonly hasStandard: boolean;
}

const textKinds: readonly ProviderKind[] = ['tgi', 'completions'];

/**
 * A schema and tools in one request confuse small models and are refused by some servers (TGI), and a server that
 * completes text takes no tools: there, only tools that were asked for by name are offered.
 */
function wantedTools(
  host: Host,
  flags: Pick<Flags, 'tool' | 'tools'>,
  profile: Profile,
  isStructured: boolean,
): WantedTools | undefined {
  if (!flags.tools) return undefined;
  const asked = readToolWords(flags.tool, process.cwd());
  if (isStructured || textKinds.includes(profile.kind)) {
    return asked.length === 0 ? undefined : { usual: [], asked, hasStandard: false };
  }
  // A profile is the same wherever it is used: its paths begin at the folder of the settings.
  const usual = isWholeList(asked) ? [] : readToolWords(profile.tools ?? [], host.paths.configDir);
  return { usual, asked, hasStandard: profile.tools?.length !== 0 };
}

/** Nothing is loaded where there is nothing to find. */
async function open(
  host: Host,
  { files, folder, servers }: ToolNeeds,
  options: ToolSourcesOptions,
): Promise<ToolSources> {
  const needs = {
    files,
    folder: folder && existsSync(host.paths.toolsDir),
    servers: existsSync(host.paths.mcpFile) ? servers : 'none',
  } as const;
  if (files.length === 0 && !needs.folder && needs.servers === 'none') {
    return { files: [], servers: [], problems: [], close: async () => {} };
  }
  const { openToolSources } = await import('./tool-sources.ts');
  return openToolSources(host, needs, options);
}

/** `+weather` for `+/home/ann/weather.mjs`. */
function nameOfFile(word: string, { files }: ToolSources): string | undefined {
  const tool = files.find(({ file }) => file === nameIn(word));
  return tool === undefined ? undefined : `+${tool.name}`;
}

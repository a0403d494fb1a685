/** Every tool there is and where it comes from, for the commands that show tools and run them by hand. */

import type { Tool } from '../core/tool.ts';
import { noSuchTool } from '../tools/index.ts';
import type { Network } from '../wire/index.ts';
import { loadBuiltIns } from './built-in-tools.ts';
import type { Host } from './host.ts';
import { settingsOf } from './settings-of.ts';
import { openToolSources } from './tool-sources.ts';
import { needsOf, readToolWords } from './tool-words.ts';

export interface KnownTool {
  readonly tool: Tool;
  readonly source: ToolSource;
}

export type ToolSource =
  | { readonly kind: 'built-in' }
  | {
      readonly kind: 'module' | 'program';
      readonly file: string;
      /** Variables of the environment that the tool gets because it asks for them. */
      readonly environment: readonly string[];
    }
  | { readonly kind: 'mcp'; readonly server: string };

export interface AllTools {
  readonly tools: readonly KnownTool[];
  readonly problems: readonly string[];
  close(): Promise<void>;
}

export interface AllToolsOptions {
  readonly network: Network | undefined;
  readonly signal: AbortSignal;
}

/** Asks every server and every file that failed before, however long that takes. @throws ChatError 'aborted' */
export async function openAllTools(host: Host, options: AllToolsOptions): Promise<AllTools> {
  return open(host, [], { ...options, afresh: true });
}

/**
 * @param word  a name, or a file
 * @throws what `use` throws; ChatError 'usage' when there is no such tool, 'aborted'
 */
export async function withTool<Result>(
  host: Host,
  word: string,
  options: AllToolsOptions,
  use: (known: KnownTool) => Promise<Result>,
): Promise<Result> {
  const [name = word] = readToolWords([word], process.cwd());
  const { tools, problems, close } = await open(host, [name], options);
  try {
    const isNamed = ({ source }: KnownTool): boolean => 'file' in source && `+${source.file}` === name;
    const found = tools.find((known) => known.tool.name === name || isNamed(known));
    if (found !== undefined) return await use(found);
    throw noSuchTool(
      tools.map(({ tool }) => tool),
      name,
      problems,
    );
  } finally {
    await close();
  }
}

async function open(
  host: Host,
  words: readonly string[],
  { network, signal, afresh }: AllToolsOptions & { readonly afresh?: true },
): Promise<AllTools> {
  const builtIn = await loadBuiltIns(host, await settingsOf(host), network);
  const taken = builtIn.map(({ name }) => name);
  const options = { taken, network, signal, ...(afresh === undefined ? {} : { afresh }) };
  const { files, servers, problems, close } = await openToolSources(host, needsOf(words, taken), options);
  const tools = [
    ...builtIn.map((tool): KnownTool => ({ tool, source: { kind: 'built-in' } })),
    ...files.map((tool): KnownTool => {
      const { kind, file, environmentNames } = tool;
      return { tool, source: { kind, file, environment: environmentNames } };
    }),
    ...servers.map((tool): KnownTool => ({ tool, source: { kind: 'mcp', server: tool.server } })),
  ];
  return { tools, problems, close };
}

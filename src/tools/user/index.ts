/**
 * Tools of the user's own: files in the `tools/` folder of banter's settings, and those `-T FILE` names.
 *
 *     weather.mjs   a module: export default { name, description, parameters, safe?, env?, run(args, { signal }) }
 *     weather.py    a program: `--describe` prints { name?, description, parameters, safe?, env? } as JSON;
 *                   otherwise it reads its arguments as JSON on stdin and writes its result on stdout
 *     weather.json  beside a program of that name: its description, instead of `--describe`
 *
 * All of it runs in processes of its own, with an environment that holds no keys (child-environment.ts).
 */

import { ChatError } from '../../core/error.ts';
import type { JsonObject, JsonSchema } from '../../core/json.ts';
import type { Tool } from '../../core/tool.ts';
import type { Children } from './children.ts';
import { type Description, noTime, type ReadDescription } from './description.ts';
import { type DescriptionStore, openDescriptions } from './description-cache.ts';
import { findNamedFile, findToolFiles, type ToolFile } from './find-tool-files.ts';
import type { Host } from './host.ts';

export type { DescriptionStore } from './description-cache.ts';
export type { Host } from './host.ts';

export interface UserToolsOptions {
  /** Absolute; need not exist. */
  readonly folder: string;
  /** Absolute paths of the files that `-T` names. */
  readonly files: readonly string[];
  /** Names that a user's tool may not have: those of the tools built in. */
  readonly taken: readonly string[];
  readonly descriptions: DescriptionStore;
  readonly host: Host;
  /** Wall clock. */
  readonly clock: () => Date;
  /** What is wrong with a schema; asked only about files that are new or changed. */
  readonly checkSchema: (schema: JsonSchema) => Promise<string | undefined>;
  /** Describes what could not be described the last time again, without waiting for a change of the file. */
  readonly retry?: true;
}

export interface UserTools {
  /** Those of `files` first, then those of the folder by the names of their files. */
  readonly tools: readonly UserTool[];
  /** One line for each file that was left out: `weather.py: --describe printed no JSON`. */
  readonly problems: readonly string[];
  /** Ends what still runs, which gets a second to clean up. Never rejects. */
  close(): Promise<void>;
  /** The same at once, for a program that cannot wait. */
  kill(): void;
}

export interface UserTool extends Tool {
  readonly file: string;
  readonly kind: ToolFile['kind'];
  /** Variables of the environment it asked for by name. */
  readonly environmentNames: readonly string[];
}

/**
 * Costs a readdir and a stat a file while nothing changed: no file is read, no process started.
 * @throws ChatError kind 'usage' for one of `files` that cannot be used
 */
export async function loadUserTools(options: UserToolsOptions): Promise<UserTools> {
  const { host } = options;
  const named = options.files.map((path) => findNamedFile(path, host));
  const { files, problems: skipped } = findToolFiles(options.folder, host);
  const here = files.filter(({ path }) => !named.some((file) => file.path === path));
  const outcomes = await describeAll(named, here, options);

  const runner = lazyRunner(host);
  const tools = new Map<string, UserTool>();
  const problems = [...skipped];
  for (const file of [...named, ...here]) {
    const outcome = outcomes.get(file) ?? noTime;
    const problem = outcome.problem ?? nameTaken(outcome.description.name, options.taken, tools);
    if (problem === undefined && outcome.description !== undefined) {
      tools.set(outcome.description.name, toTool(file, outcome.description, runner.run));
      continue;
    }
    if (named.includes(file)) throw new ChatError({ kind: 'usage', what: `${file.path}: ${problem}` });
    problems.push(`${file.name}: ${problem}`);
  }
  return { tools: [...tools.values()], problems: problems.sort(), close: runner.close, kill: runner.kill };
}

/** Without a file of `here` for which there was no time. */
async function describeAll(
  named: readonly ToolFile[],
  here: readonly ToolFile[],
  { descriptions, host, clock, checkSchema, retry }: UserToolsOptions,
): Promise<ReadonlyMap<ToolFile, ReadDescription>> {
  const known = openDescriptions(descriptions, { nodeVersion: host.nodeVersion, now: clock() });
  // Without a file that was asked for by name there is nothing to start for.
  const isPatient = (file: ToolFile): boolean => retry === true || named.includes(file);
  const outcomes = new Map<ToolFile, ReadDescription>();
  const unknown: ToolFile[] = [];
  for (const file of [...named, ...here]) {
    const outcome = known.find(file);
    if (outcome === undefined || (outcome.problem !== undefined && isPatient(file))) unknown.push(file);
    else outcomes.set(file, outcome);
  }
  if (unknown.length > 0) {
    const { describeFiles } = await import('./describe-files.ts');
    const fresh = await describeFiles(unknown, { host, checkSchema, isPatient });
    for (const [file, outcome] of fresh) outcomes.set(file, outcome);
    known.save(fresh);
  }
  return outcomes;
}

type Run = (file: ToolFile, description: Description, args: JsonObject, signal: AbortSignal) => Promise<unknown>;

/** Why a tool cannot have its name: it belongs to one that is built in, or to another file. */
function nameTaken(name: string, taken: readonly string[], tools: ReadonlyMap<string, UserTool>): string | undefined {
  if (taken.includes(name)) return `the name ${name} belongs to a tool that is built in`;
  const other = tools.get(name);
  return other === undefined ? undefined : `the name ${name} is that of ${other.file} already`;
}

function toTool(file: ToolFile, description: Description, run: Run): UserTool {
  return {
    name: description.name,
    description: description.description,
    parameters: description.parameters,
    safe: description.safe,
    file: file.path,
    kind: file.kind,
    environmentNames: description.env,
    run: (args, { signal }) => run(file, description, args, signal),
  };
}

/** What starts processes is loaded by the first call. */
function lazyRunner(host: Host): Pick<UserTools, 'close' | 'kill'> & { readonly run: Run } {
  let children: Children | undefined;
  return {
    async run(file, description, args, signal) {
      const [{ startChildren }, { runFile }] = await Promise.all([import('./children.ts'), import('./run-file.ts')]);
      children ??= startChildren(host);
      return runFile(file, { description, args, signal, children, host });
    },
    close: async () => children?.close(),
    kill: () => children?.kill(),
  };
}

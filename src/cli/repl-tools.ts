/** The tools of a REPL: loaded again for another server, with what the person has switched by hand. */

import type { Notice } from '../core/notice.ts';
import type { Profile } from '../core/profile.ts';
import type { Tool } from '../core/tool.ts';
import type { ToolLine } from '../ui/actions.ts';
import { describeOrigin } from './tool-origin.ts';
import type { LoadedTools } from './tools.ts';

export interface ReplTools {
  readonly offered: readonly Tool[];
  /** @param allowed  what a person has allowed for the conversation */
  lines(allowed: ReadonlySet<string>): readonly ToolLine[];
  turn(name: string, enabled: boolean): void;
  /**
   * Another server may take tools where the one before took none, and a profile may name its own.
   * Resolves with what could not be loaded. @throws ChatError as `load` does, and nothing has changed
   */
  loadFor(profile: Profile, options: { readonly isStructured: boolean }): Promise<readonly Notice[]>;
  /** Never rejects. */
  close(): Promise<void>;
}

export type LoadTools = (profile: Profile, options: { readonly isStructured: boolean }) => Promise<LoadedTools>;

/** @param folder  where the person's own tools are; one outside it is shown with its whole path */
export function createReplTools(folder: string, first: Omit<LoadedTools, 'notices'>, load: LoadTools): ReplTools {
  let loaded = first;
  const byHand = new Map<string, boolean>();
  const isOffered = (tool: Tool): boolean => byHand.get(tool.name) ?? loaded.offered.includes(tool);
  return {
    get offered() {
      return loaded.tools.filter(isOffered);
    },
    lines: (allowed) =>
      loaded.tools.map((tool) => ({
        name: tool.name,
        description: tool.description,
        enabled: isOffered(tool),
        safe: tool.safe,
        allowed: allowed.has(tool.name),
        switched: isOffered(tool) !== loaded.offered.includes(tool),
        source: describeOrigin(tool, folder),
        parameters: tool.parameters,
      })),
    turn: (name, enabled) => void byHand.set(name, enabled),
    async loadFor(profile, options) {
      const next = await load(profile, options);
      await loaded.close();
      loaded = next;
      return next.notices;
    },
    close: () => loaded.close(),
  };
}

/** The management commands. Each loads when it is used; only its name and one line are known before. */

import type { Command } from 'commander';
import type { Host } from '../host.ts';

export interface CommandModule {
  /** @param setCode  the exit code of the program, for a command whose answer is one */
  createCommand(host: Host, setCode: (code: number) => void): Command;
}

interface CommandEntry {
  readonly description: string;
  readonly load: () => Promise<CommandModule>;
}

export const commands: Readonly<Record<string, CommandEntry>> = {
  profiles: {
    description: 'named servers: list, add, show, test, edit, use, remove',
    load: () => import('./profiles.ts'),
  },
  models: {
    description: 'the models a server offers',
    load: () => import('./models.ts'),
  },
  keys: {
    description: 'keys on disk: list, set, remove, path',
    load: () => import('./keys.ts'),
  },
  history: {
    description: 'conversations on disk: list, show, path',
    load: () => import('./history.ts'),
  },
  tools: {
    description: 'what the model may call: list, show, run, allow, deny, rules, path',
    load: () => import('./tools.ts'),
  },
  schema: {
    description: 'JSON Schemas: check, dsl, save, list, show, remove, path',
    load: () => import('./schema.ts'),
  },
  doctor: {
    description: 'check settings, keys, servers, network and terminal',
    load: () => import('./doctor.ts'),
  },
};

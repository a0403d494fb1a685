/** What the REPL shows of its session: the server, the model, what is held to what, and what the last turn took. */

import { optional } from '../core/optional.ts';
import type { Profile } from '../core/profile.ts';
import { currentSystem, type Session } from '../session/index.ts';
import type { Meter } from '../session/meter.ts';
import { tokensPerSecond } from '../session/turn-meter.ts';
import type { Figures, ReplStatus } from '../ui/actions.ts';

import { adHocName } from './resolve-server.ts';

export interface StatusSources extends Pick<ReplStatus, 'tools'> {
  readonly profile: Profile;
  /** The source of what the answers are held to. */
  readonly format: string | undefined;
  readonly meter: Meter;
}

export function toStatus(session: Session, { profile, format, meter, ...others }: StatusSources): ReplStatus {
  const { model, log, provider, approval, structured } = session.settings;
  return {
    profile: nameOf(profile),
    kind: profile.kind,
    model,
    target: provider.target,
    conversationId: log.id,
    ...optional('contextWindow', profile.contextWindow),
    ...others,
    system: currentSystem(session.settings) || undefined,
    approval: approval.policy,
    format:
      structured === undefined || format === undefined ? undefined : { kind: structured.wanted.kind, source: format },
    ...optional('figures', figuresOf(meter)),
  };
}

function figuresOf({ last, total }: Meter): Figures | undefined {
  if (last === undefined) return undefined;
  const { contextTokens, firstWordMs } = last;
  return { contextTokens, firstWordMs, tokensPerSecond: tokensPerSecond(last), cost: total.cost };
}

/** A server without a profile is known by its host. */
function nameOf({ name, baseUrl }: Profile): string {
  return name === adHocName && baseUrl !== undefined ? new URL(baseUrl).host : name;
}

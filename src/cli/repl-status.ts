/** What the REPL's screen says about the session: who answers, with which tools, held to what. */

import { optional } from '../core/optional.ts';
import type { Profile } from '../core/profile.ts';
import { currentSystem, type Session } from '../session/index.ts';
import type { ReplStatus } from '../ui/actions.ts';
import { adHocName } from './resolve-server.ts';

export function toStatus(
  session: Session,
  profile: Profile,
  { format, ...others }: Pick<ReplStatus, 'tools' | 'saved'> & { readonly format: string | undefined },
): ReplStatus {
  const { model, log, provider, approval, structured } = session.settings;
  return {
    profile: nameOf(profile),
    kind: profile.kind,
    model,
    target: provider.target,
    conversationId: log.id,
    ...optional('contextWindow', profile.contextWindow),
    ...optional('price', profile.price),
    ...others,
    system: currentSystem(session.settings) || undefined,
    approval: approval.policy,
    format:
      structured === undefined || format === undefined ? undefined : { kind: structured.wanted.kind, source: format },
  };
}

/** A server without a profile is known by its host. */
function nameOf({ name, baseUrl }: Profile): string {
  return name === adHocName && baseUrl !== undefined ? new URL(baseUrl).host : name;
}

/** One request as it will be sent, by what is known of the server, and what of it the server will not get. */

import type { JsonObject } from '../../core/json.ts';
import type { LearnedFacts } from '../../core/learned.ts';
import type { Notice } from '../../core/notice.ts';
import { optional } from '../../core/optional.ts';
import type { ChatRequest } from '../../core/provider.ts';
import { answerTool } from './answer-tool.ts';
import { concede, toolFields } from './concession.ts';
import { correctDialect, type Dialect } from './dialect.ts';
import { mustCall, toRequestBody } from './request.ts';
import { withoutTools } from './without-tools.ts';

export interface Plan {
  readonly body: JsonObject;
  /** With what was learned worked in. */
  readonly dialect: Dialect;
  /** Names of the tools the model may call. */
  readonly tools: readonly string[];
  /** The name of the tool that has to be called with the answer. */
  readonly answeredBy?: string;
  /** What a person asked for and does not get, in the same words each time: to be said once. */
  readonly omissions: readonly Notice[];
}

/** @param target  names the server in notices */
export function planRequest(request: ChatRequest, known: Dialect, facts: LearnedFacts, target: string): Plan {
  const dialect = correctDialect(known, facts);
  const kept = Object.keys(request.extraBody);
  // A call that must be made is not given up because an earlier request could do without: the server may refuse it.
  const concessions = (facts.concessions ?? []).filter(
    ({ field }) => !mustCall(request) || !toolFields.includes(field),
  );
  const takesTools = concessions.every(({ field }) => field !== 'tools');
  const told = takesTools ? request : { ...request, messages: withoutTools(request.messages) };
  const whole = toRequestBody(told, dialect);
  const body = concede(whole, concessions, kept);

  const lost = concessions.filter(({ field, renamedTo }) => renamedTo === undefined && isMissed(field));
  const fields = lost
    .map(({ field }) => field)
    .filter((field) => whole[field] !== undefined && body[field] === undefined);
  const omissions = [
    ...(whole.tools !== undefined && body.tools === undefined ? [noTools(target)] : []),
    ...(fields.length > 0 ? [dropped(target, `${fields.join(' and ')} for this model`)] : []),
    ...(request.thinking !== undefined && dialect.thinking === undefined
      ? [dropped(target, 'a level of thinking')]
      : []),
  ];
  const answeredBy = answerTool(request)?.name;
  const isCallable = body.tools !== undefined && request.toolChoice !== 'none';
  const tools = isCallable && answeredBy === undefined ? request.tools.map(({ name }) => name) : [];
  return { body, dialect, tools, ...optional('answeredBy', answeredBy), omissions };
}

/** Of stream_options nobody knows; tools have their own sentence. */
function isMissed(field: string): boolean {
  return field !== 'stream_options' && !toolFields.includes(field);
}

function noTools(target: string): Notice {
  const text = `${target} takes no tools for this model; asking without them.`;
  return { level: 'warning', code: 'tools-refused', text };
}

function dropped(target: string, what: string): Notice {
  return { level: 'warning', code: 'parameter-dropped', text: `${target} does not take ${what}; asking without.` };
}

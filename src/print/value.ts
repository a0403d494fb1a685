import type { StructuredResult, TurnOutcome } from '../core/turn-event.ts';

/**
 * The JSON text of a record with the structured value as its last field, `json`.
 * Spliced in as text, so that integers beyond 2^53 keep their digits; on one line, however the model laid it out:
 * a line end in JSON text is white space, never part of a string (RFC 8259, section 7).
 * @param value  JSON text, or undefined for no such field
 */
export function jsonTextWithValue(record: object, value: string | undefined): string {
  const json = JSON.stringify(record);
  return value === undefined ? json : `${json.slice(0, -1)},"json":${value.replace(/[\r\n]+/g, ' ')}}`;
}

/** The checked JSON text of a turn that was asked for a schema and got it. */
export function structuredValue(outcome: TurnOutcome): string | undefined {
  const structured = structuredResult(outcome);
  return structured?.kind === 'json-schema' ? structured.text : undefined;
}

/** What a turn came to that was held to a format; also when its tools had reached their limit before. */
export function structuredResult(outcome: TurnOutcome): StructuredResult | undefined {
  return outcome.kind === 'done' || outcome.kind === 'limit' ? outcome.structured : undefined;
}

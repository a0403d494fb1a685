/** The tool `get_time`: date and time anywhere, from the clock and the time zones Node carries. Offline. */

import type { Tool } from '../core/tool.ts';
import type { Zone } from './time-zone.ts';

/** @param clock  the current instant */
export function getTime(clock: () => Date): Tool {
  return {
    name: 'get_time',
    description: 'Current date, time and weekday, here or in another place or time zone.',
    safe: true,
    parameters: {
      type: 'object',
      properties: {
        place: {
          type: 'string',
          description:
            'IANA time zone such as Asia/Seoul, or a city or country such as Paris. Leave out for the local time.',
          maxLength: 100,
        },
      },
      // A synonym that was silently ignored ({"timezone": …}) would get the local time as its answer.
      additionalProperties: false,
    },
    async run({ place }) {
      // The names of the world's cities are loaded only when a call needs them: they cost 20 ms.
      const { findZone, formatOffset } = await import('./time-zone.ts');
      const at = clock();
      const zone = findZone(typeof place === 'string' ? place : '', at);
      return tellTime(at, zone, formatOffset(zone.offsetMinutes));
    },
  };
}

/** What the model is told. */
export interface LocalTime {
  readonly place: string;
  readonly timeZone: string;
  /** With its offset: `2026-11-21T09:03:00+09:00`. */
  readonly iso: string;
  readonly date: string;
  readonly time: string;
  readonly weekday: string;
  readonly utcOffset: string;
}

function tellTime(at: Date, { place, timeZone, offsetMinutes }: Zone, utcOffset: string): LocalTime {
  // A date whose UTC fields read as the wall clock of the place.
  const local = new Date(at.getTime() + offsetMinutes * 60_000);
  const [date = '', rest = ''] = local.toISOString().split('T');
  const time = rest.slice(0, 8);
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(local);
  return { place, timeZone, iso: `${date}T${time}${utcOffset}`, date, time, weekday, utcOffset };
}

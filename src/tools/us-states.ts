/** The states of the USA, as models write them after a city: `Austin, TX`. The zone is the one most of a state keeps. */

import { foldName } from './fold-name.ts';

export interface UsState {
  readonly name: string;
  readonly timeZone: string;
}

/** @param name  in full, in any case, or the abbreviation in capitals; several of those are country codes, too */
export function usState(name: string): UsState | undefined {
  return byAbbreviation.get(name.trim()) ?? byName.get(foldName(name));
}

const statesByZone: Readonly<Record<string, string>> = {
  'America/Anchorage': 'AK Alaska',
  'America/Boise': 'ID Idaho',
  'America/Chicago':
    'AL Alabama, AR Arkansas, IA Iowa, IL Illinois, KS Kansas, LA Louisiana, MN Minnesota, MO Missouri, MS Mississippi, ND North Dakota, NE Nebraska, OK Oklahoma, SD South Dakota, TN Tennessee, TX Texas, WI Wisconsin',
  'America/Denver': 'CO Colorado, MT Montana, NM New Mexico, UT Utah, WY Wyoming',
  'America/Detroit': 'MI Michigan',
  'America/Los_Angeles': 'CA California, NV Nevada, OR Oregon, WA Washington',
  'America/New_York':
    'CT Connecticut, DC Washington DC, DE Delaware, FL Florida, GA Georgia, IN Indiana, KY Kentucky, MA Massachusetts, MD Maryland, ME Maine, NC North Carolina, NH New Hampshire, NJ New Jersey, NY New York, OH Ohio, PA Pennsylvania, RI Rhode Island, SC South Carolina, VA Virginia, VT Vermont, WV West Virginia',
  'America/Phoenix': 'AZ Arizona',
  'Pacific/Honolulu': 'HI Hawaii',
};

const byAbbreviation: ReadonlyMap<string, UsState> = new Map(
  Object.entries(statesByZone).flatMap(([timeZone, states]) =>
    states.split(', ').map((state): [string, UsState] => [state.slice(0, 2), { name: state.slice(3), timeZone }]),
  ),
);

const byName: ReadonlyMap<string, UsState> = new Map(
  [...byAbbreviation.values()].map((state) => [foldName(state.name), state]),
);

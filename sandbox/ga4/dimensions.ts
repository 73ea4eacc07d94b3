import { KEY_EVENTS, type Session } from '../model/activity.ts';
import { hash } from '../model/random.ts';
import { cohortColumn, type SeenCohort } from './cohort-label.ts';
import type { DayRange } from './days.ts';
import { type Hit, NOT_SET, PAGE_VIEW } from './hits.ts';
import { NOTHING_SET, type Origin } from './origins.ts';
import { timeColumn } from './wall-time.ts';

/** What a column may need to know beside the hit. */
export type Lens = {
  range: Pick<DayRange, 'startDay'>;
  cohort: SeenCohort | null;
  firstOf(deviceId: string): FirstVisit | null; // null where it lies before history or was not seen yet
  originOf(session: Session): Origin;
};

export type FirstVisit = { session: Session; day: string };

/** What a hit shows in the column of a dimension. */
export function dimensionOf(hit: Hit, name: string, lens: Lens): string {
  if (name.startsWith('customEvent:')) return parameterOf(hit, name.slice('customEvent:'.length));
  if (name === 'customUser:plan') return text(hit.event?.properties['plan'] ?? planOfVisit(hit));
  if (name.startsWith('cohort')) return cohortColumn(hit, name, lens);
  if (name.startsWith('first')) return firstColumn(hit, name, lens);
  return timeColumn(hit.when, name, lens.range.startDay) ?? ownColumn(hit, name, lens);
}

function ownColumn(hit: Hit, name: string, lens: Lens): string {
  const session = hit.visit?.session;
  switch (name) {
    case 'eventName':
      return hit.eventName ?? NOT_SET;
    case 'isKeyEvent':
      return String(hit.eventName !== null && KEY_EVENTS.includes(hit.eventName));
    case 'pagePath':
      return hit.eventName === PAGE_VIEW ? pageOf(hit) : NOT_SET;
    case 'transactionId':
      return parameterOf(hit, 'transaction_id');
    case 'itemName':
      return parameterOf(hit, 'item_name');
    case 'deviceCategory':
      return session?.device ?? NOT_SET;
    case 'platform':
      return platformOf(hit);
    case 'country':
      return session === undefined ? NOT_SET : countryName(session.country);
    case 'newVsReturning':
      if (session === undefined) return NOT_SET;
      return session.newDevice ? 'new' : 'returning';
    case 'userAgeBracket':
      return AGES[hash(hit.deviceId, 'age') % AGES.length] ?? NOT_SET;
    case 'userGender':
      return GENDERS[hash(hit.deviceId, 'gender') % GENDERS.length] ?? NOT_SET;
    default:
      return originColumn(session === undefined ? NOTHING_SET : lens.originOf(session), name, 'session');
  }
}

function firstColumn(hit: Hit, name: string, lens: Lens): string {
  const first = lens.firstOf(hit.deviceId);
  if (name === 'firstSessionDate') return first === null ? NOT_SET : first.day.replaceAll('-', '');
  return originColumn(first === null ? NOTHING_SET : lens.originOf(first.session), name, 'firstUser');
}

function originColumn({ channel, source, medium }: Origin, name: string, prefix: string): string {
  switch (name) {
    case `${prefix}DefaultChannelGroup`:
      return channel;
    case `${prefix}Source`:
      return source;
    case `${prefix}Medium`:
      return medium;
    case `${prefix}SourceMedium`:
      return source === medium ? source : `${source} / ${medium}`;
    default:
      throw new RangeError(`the catalogue lists the dimension ${name}, but nothing knows its value`);
  }
}

function parameterOf({ event }: Hit, name: string): string {
  return text(event?.properties[name]);
}

function text(value: string | number | boolean | undefined): string {
  return value === undefined ? NOT_SET : String(value);
}

function planOfVisit({ visit }: Hit): string | number | boolean | undefined {
  return visit?.events[0]?.event?.properties['plan'];
}

/** A session ran on what its events say; the model keeps it with them. */
function platformOf({ event, visit }: Hit): string {
  const said = event ?? visit?.events[0]?.event;
  switch (said?.properties['platform']) {
    case 'ios':
      return 'iOS';
    case 'android':
      return 'Android';
    default:
      return 'web';
  }
}

/** The model knows views and not their pages, so the page is one of forty by the event's id. */
function pageOf({ event }: Hit): string {
  const page = hash(event?.insertId ?? '', 'page') % 40;
  return page < 12 ? '/' : `/p/${page - 12}`;
}

// Google knows the age and the gender of few: here of every third user, by the device's id.
const AGES = ['18-24', '25-34', '35-44', ...Array.from({ length: 6 }, () => 'unknown')] as const;
const GENDERS = ['female', 'male', ...Array.from({ length: 4 }, () => 'unknown')] as const;

const regions = new Intl.DisplayNames('en', { type: 'region' });
const knownCountries = new Map<string, string>();

/** GA4 tells countries by their English names, the model by their codes. */
function countryName(country: string): string {
  if (!/^[A-Z]{2}$/.test(country)) return country;
  const name = knownCountries.get(country) ?? regions.of(country) ?? country;
  knownCountries.set(country, name);
  return name;
}

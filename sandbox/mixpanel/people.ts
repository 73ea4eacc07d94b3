import { randomBytes } from 'node:crypto';
import { type EpochSeconds, HOUR_SECONDS } from '../model/time.ts';
import { addDays } from './calendar.ts';
import { badRequest } from './errors.ts';
import { truthy } from './expression.ts';
import { eventsOf, expression, names, optional, type Params, parseJson, whole } from './params.ts';
import type { Profile } from './profiles.ts';
import { SAVED_COHORTS, type SavedCohort } from './saved.ts';
import type { View } from './view.ts';

const PAGE_SIZE = 1_000;
const SESSION_SECONDS = HOUR_SECONDS;

type Session = { at: EpochSeconds; found: readonly Profile[] };

/** What the first page of a query found, so that later pages belong to it. */
export type Sessions = Map<string, Session>;

/** Profiles, 1,000 a page. The first call gives a session; a forgotten one has to be begun again. */
export function people(params: Params, view: View, sessions: Sessions): object {
  const page = whole(params, 'page', { otherwise: 0, min: 0, max: 1_000_000 });
  const given = optional(params, 'session_id');
  for (const [id, { at }] of sessions) if (at + SESSION_SECONDS < view.now) sessions.delete(id);
  const session = given === null ? undefined : sessions.get(given);
  if (given === null ? page > 0 : session === undefined) {
    throw badRequest(params.request, 'session_id is missing or has expired; query page 0 again');
  }
  const found = session?.found ?? search(params, view);
  const id = given ?? `${view.now}-${randomBytes(3).toString('hex').toUpperCase()}`;
  sessions.set(id, { at: view.now, found });
  const wanted = optional(params, 'output_properties') === null ? null : names(params, 'output_properties');
  const results = found
    .slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)
    .map((profile) => render(profile, wanted));
  return { page, page_size: PAGE_SIZE, session_id: id, status: 'ok', total: found.length, results };
}

function render({ distinctId, properties }: Profile, wanted: readonly string[] | null): object {
  const shown = Object.entries(properties).filter(([name]) => wanted === null || wanted.includes(name));
  return { $distinct_id: distinctId, $properties: Object.fromEntries(shown) };
}

/** In an expression about people, `properties` means the profile's. */
function search(params: Params, view: View): Profile[] {
  const where = expression(params, 'where');
  const only = optional(params, 'distinct_ids') === null ? null : new Set(names(params, 'distinct_ids'));
  const members = cohortFilter(params, view);
  return [...view.profiles().entries()]
    .filter(([id]) => (only === null || only.has(id)) && (members === null || members.has(id)))
    .map(([, profile]) => profile)
    .filter(({ properties }) => {
      const read = (name: string) => properties[name];
      return where === null || truthy(where({ property: read, user: read }));
    });
}

function cohortFilter(params: Params, view: View): ReadonlySet<string> | null {
  const text = optional(params, 'filter_by_cohort');
  if (text === null) return null;
  const asked = parseJson(text);
  const id = typeof asked === 'object' && asked !== null && 'id' in asked ? Number(asked.id) : null;
  const cohort = SAVED_COHORTS.find((saved) => saved.id === id);
  if (cohort === undefined) throw badRequest(params.request, `Invalid filter_by_cohort: ${text}`);
  return membersOf(cohort, view);
}

function membersOf({ event, days }: SavedCohort, view: View): ReadonlySet<string> {
  const recent = { fromDay: addDays(view.today, 1 - days), toDay: view.today };
  return new Set(eventsOf(view, recent, [event]).map(({ distinctId }) => distinctId));
}

export function listCohorts(projectId: number, view: View): object[] {
  return SAVED_COHORTS.map((cohort) => ({
    id: cohort.id,
    name: cohort.name,
    description: cohort.description,
    created: `${new Date(view.since * 1_000).toISOString().slice(0, 10)} 00:00:00`,
    count: membersOf(cohort, view).size,
    is_visible: 1,
    project_id: projectId,
    data_group_id: null,
  }));
}

import type { Column } from './asked-fields.ts';
import type { Cohort } from './cohort.ts';
import type { DayRange } from './days.ts';
import { dimensionOf, type Lens } from './dimensions.ts';
import { byEvent, type Hit } from './hits.ts';
import { measure } from './measures.ts';
import type { Plan } from './plan.ts';
import { count, emptyTally, type Tally } from './tally.ts';
import { isRolling, rolling, type Trail, trailsOf } from './trails.ts';

/** One line of a report before its numbers are written as text. */
export type Row = {
  dimensions: readonly string[];
  numbers: readonly number[];
  users: number;
  size: number; // how much happened in it
};

export type Table = { rows: Row[]; total: Row | null }; // no total when nothing happened

/** How the table is to differ from what happened. */
export type Bent = {
  restricted: readonly string[]; // metrics that read as zero
  relabelled(dimensions: readonly string[], day: string): readonly string[]; // rows that are no longer told apart
};

/** What one table is made of. */
export type Source = {
  range: DayRange;
  hits: readonly Hit[]; // of the range and of the days that its trailing windows reach back to
  lens: Lens;
  cohort: Cohort | null;
  firstHits: readonly Hit[]; // of a cohort: the first sessions of its members
};

/** Groups what happened in one range, or what one cohort did, and measures each group. */
export function tableOf(plan: Plan, source: Source, bent: Bent): Table {
  const hits = passing(plan, source.hits, source.lens);
  const isDate = plan.columns.map(({ sources }) => sources.includes('date'));
  const beside = plan.columns.filter((_, index) => isDate[index] !== true);
  const keyBeside = (hit: Hit) => keyOf(shownIn(beside, hit, source.lens));
  const trails = plan.sources.some(isRolling) ? trailsOf(hits, keyBeside) : new Map<string, Trail>();
  const members = membersOf(plan, source);
  const rows = groupsOf(plan, source, hits, bent).map((group) => {
    const key = keyOf(group.dimensions.filter((_, index) => isDate[index] !== true));
    const cohortUsers = members.get(keyOf(cohortDimensions(plan, group.dimensions)))?.size ?? 0;
    return rowOf(plan, bent, group, trails.get(key), cohortUsers);
  });
  const plain = { ...bent, relabelled: (dimensions: readonly string[]) => dimensions };
  const whole = groupsOf({ ...plan, columns: [] }, source, hits, plain)[0];
  if (whole === undefined || plan.cohorts !== null) return { rows, total: null };
  const wholeTrail = plan.sources.some(isRolling) ? trailsOf(hits, () => '').get('') : undefined;
  return { rows, total: rowOf(plan, bent, { ...whole, dimensions: [] }, wholeTrail, 0) };
}

/** What passes the filter, with a session once for each kind of event where these are told apart. */
function passing(plan: Plan, hits: readonly Hit[], lens: Lens): Hit[] {
  const shown = (event: Hit) => keyOf(plan.ofEvents.map((name) => dimensionOf(event, name, lens)));
  const counted = plan.ofEvents.length === 0 ? hits : hits.flatMap((hit) => byEvent(hit, shown));
  return counted.filter((hit) => plan.passes((field) => dimensionOf(hit, field, lens)));
}

/** `endDay` is the day on which its trailing windows end. */
type Group = { dimensions: readonly string[]; endDay: string; tally: Tally };

function groupsOf(plan: Plan, { range, lens }: Source, hits: readonly Hit[], bent: Bent): Group[] {
  const groups = new Map<string, Group>();
  const isByDate = plan.columns.some(({ sources }) => sources.includes('date'));
  for (const hit of hits) {
    const { day } = hit.when;
    if (day < range.startDay) continue;
    const plain = shownIn(plan.columns, hit, lens);
    const dimensions = bent.relabelled(plain, day);
    const key = keyOf(dimensions);
    let group = groups.get(key);
    if (group === undefined) {
      const endDay = isByDate && dimensions === plain ? day : range.endDay;
      group = { dimensions, endDay, tally: emptyTally() };
      groups.set(key, group);
    }
    count(group.tally, hit);
  }
  return [...groups.values()];
}

function rowOf(
  plan: Plan,
  { restricted }: Bent,
  { dimensions, tally, endDay }: Group,
  trail: Trail | undefined,
  cohortUsers: number,
): Row {
  const valueOf = (metric: string) => {
    if (restricted.includes(metric)) return 0;
    if (metric === 'cohortTotalUsers') return cohortUsers;
    return isRolling(metric) ? rolling(trail, endDay, metric) : measure(tally, metric, plan.currencyCode);
  };
  const numbers = plan.figures.map(({ value }) => value(valueOf));
  const size = tally.events.length + tally.visits.size;
  return { dimensions, numbers, users: tally.users.size, size };
}

/** The members of a cohort by its row without the period: all of them, whether they came back or not. */
function membersOf(plan: Plan, { firstHits, lens }: Source): Map<string, Set<string>> {
  const members = new Map<string, Set<string>>();
  for (const hit of passing(plan, firstHits, lens)) {
    const key = keyOf(cohortDimensions(plan, shownIn(plan.columns, hit, lens)));
    members.set(key, (members.get(key) ?? new Set()).add(hit.deviceId));
  }
  return members;
}

function cohortDimensions(plan: Plan, dimensions: readonly string[]): string[] {
  const isPeriod = plan.columns.map(({ sources }) => sources.some((name) => name.startsWith('cohortNth')));
  return dimensions.filter((_, index) => isPeriod[index] !== true);
}

function shownIn(columns: readonly Column[], hit: Hit, lens: Lens): string[] {
  return columns.map(({ sources, shown }) => shown(sources.map((name) => dimensionOf(hit, name, lens))));
}

function keyOf(dimensions: readonly string[]): string {
  return dimensions.join('\u0000');
}

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { EventFiles, EventListing } from '../../src/app/ports-events.ts';
import { checkParams, findMetric } from '../../src/domain/catalog/index.ts';
import type { Measurement, MetricWindow } from '../../src/domain/catalog/types.ts';
import { addDays } from '../../src/domain/day.ts';
import { createEventFiles } from '../../src/event-store/index.ts';
import { forgetPeak, peakMemory } from '../billing/processes.ts';
import { medianSeconds } from '../billing/question.ts';
import { alone, beside, memory, type Row } from '../billing/rows.ts';
import { type Counted, funnelByHand, retentionByHand } from './by-hand.ts';
import { DAYS, eventsOf, FIRST_DAY, FUNNEL, firstMs } from './people.ts';

export type EventOptions = { events: number; say: (line: string) => void };

const CONNECTION = 'bench';
/** So many days come at once, as from an export. */
const DAYS_AT_ONCE = 30;
const TIMES = 5;
const DAY_MS = 86_400_000;
const { signal } = new AbortController();

/** Events into the store, and two questions over all of them, each beside the same question written by hand over the same files. */
export async function runEvents({ events, say }: EventOptions): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-events-'));
  const files = createEventFiles({ folder });
  try {
    forgetPeak(process.pid);
    const began = performance.now();
    let listing: EventListing = { version: 0, segments: [] };
    for (let day = 0; day < DAYS; day += DAYS_AT_ONCE) {
      listing = await take(files, listing, events, day);
      say(`${listing.segments.reduce((sum, { rows }) => sum + rows, 0)} events are in the store`);
    }
    const seconds = (performance.now() - began) / 1_000;
    const peak = peakMemory(process.pid);
    listing = await tidied(files, listing);
    const rows = listing.segments.reduce((sum, segment) => sum + segment.rows, 0);
    const paths = listing.segments.map(({ path }) => join(folder, path));
    const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
    say(`${paths.length} files; the questions are asked ${TIMES} times each way`);
    return [
      alone('events into the store, as a connector hands them over', rows / seconds, 'events/s'),
      alone('events in the store', rows, 'events'),
      alone('bytes of one event in the store', bytes / rows, 'bytes'),
      ...memory('events into the store: peak memory', peak),
      ...(await questions(files, listing, paths)),
    ];
  } finally {
    await files.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function take(
  files: EventFiles,
  listing: EventListing,
  events: number,
  day: number,
): Promise<EventListing> {
  const taken = await files.stage(CONNECTION, eventsOf(events, day, DAYS_AT_ONCE), signal);
  if (!taken.ok) throw new Error(taken.refused.problems[0]?.problem);
  const range = { firstDay: addDays(FIRST_DAY, day), lastDay: addDays(FIRST_DAY, day + DAYS_AT_ONCE - 1) };
  const merge = await files.merge(CONNECTION, listing, taken.staged, { ...range, names: null }, signal);
  await files.discard(taken.staged);
  return after(listing, merge);
}

async function tidied(files: EventFiles, before: EventListing): Promise<EventListing> {
  let listing = before;
  for (;;) {
    const merge = await files.compact(CONNECTION, listing, signal);
    if (merge === null) return listing;
    listing = after(listing, merge);
  }
}

function after(
  { segments, version }: EventListing,
  { added, retired }: Awaited<ReturnType<EventFiles['merge']>>,
): EventListing {
  const stay = segments.filter(({ id }) => !retired.includes(id));
  return { version: version + 1, segments: [...stay, ...added] };
}

async function questions(files: EventFiles, listing: EventListing, paths: readonly string[]): Promise<Row[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '512MB' });
  const hand = await instance.connect();
  const byHand = async (sql: string) => (await hand.runAndReadAll(sql)).getRowObjects() as Counted[]; // the statements name them so
  const ask = async (metric: string, params: Record<string, unknown>, windows: MetricWindow[]) => {
    const found = findMetric(metric);
    const checked = found === null ? null : checkParams(found, params);
    if (checked === null || !checked.ok) throw new Error(`${metric} cannot be asked`);
    return (await files.measure(listing, [{ metric, params: checked.params, windows }], signal))[0] ?? [];
  };
  try {
    forgetPeak(process.pid);
    const funnel = await measured(
      () => ask('funnel_conversion', { steps: [...FUNNEL], withinHours: 168 }, [cohort(56, 28)]),
      () => byHand(funnelByHand(paths, FUNNEL, firstMs + 56 * DAY_MS, firstMs + 84 * DAY_MS, 168)),
    );
    const weeks = Array.from({ length: 12 }, (_, week) => cohort(week * 7, 7));
    const back = { startEvent: FUNNEL[0], criterion: 'on', unit: 'week', n: 4 };
    const retention = await measured(
      () => ask('retention', back, weeks),
      () => byHand(retentionByHand(paths, FUNNEL[0], firstMs, 12, 4)),
    );
    return [
      beside({ name: 'a 28-day funnel of three steps', ...funnel.ours }, funnel.hand),
      beside({ name: 'retention in week 4 of 12 weekly cohorts', ...retention.ours }, retention.hand),
      ...memory('the questions: peak memory', peakMemory(process.pid)),
    ];
  } finally {
    hand.disconnectSync();
    instance.closeSync();
  }
}

/** People who entered in so many days, judged when everybody is decided. */
function cohort(fromDay: number, days: number): MetricWindow {
  const startDay = addDays(FIRST_DAY, fromDay);
  return {
    kind: 'cohort',
    startDay,
    endDay: addDays(startDay, days),
    timeZone: 'UTC',
    asOfAt: new Date(firstMs + DAYS * DAY_MS),
  };
}

/** @throws Error when the two ways do not come to the same numbers: then neither time says anything */
async function measured(ours: () => Promise<Measurement[]>, hand: () => Promise<Counted[]>) {
  const [answer, other] = [await ours(), await hand()];
  const told = answer.map(({ denominator, numerator }) => [denominator, numerator]);
  const counted = other.map(({ done, entered }) => [entered, done]);
  if (JSON.stringify(told) !== JSON.stringify(counted))
    throw new Error(`the store says ${JSON.stringify(told)}, by hand it is ${JSON.stringify(counted)}`);
  return {
    ours: { value: await medianSeconds(TIMES, ours), unit: 's' },
    hand: { name: 'SQL by hand', value: await medianSeconds(TIMES, hand), unit: 's' },
  };
}

import { Decimal } from 'decimal.js';
import { driftError, redact } from '../sdk/index.ts';
import { dayOf } from './day-of.ts';
import { settingError } from './errors.ts';
import { readNumber, shown } from './number.ts';
import { fullWork, type Work } from './path-run.ts';
import { PathProblem } from './path-types.ts';
import { pickOf } from './pick.ts';
import type { Picking } from './question.ts';

/** Products of an average and its count stay exact. */
const Exact = Decimal.clone({ precision: 80 });

/** One number of one day, or two where it is a rate. No `value`: something stood there that is no value. */
export type Sample = {
  day: string;
  at: number | null;
  value: string | null;
  denominator?: string;
};

/** Where an answer comes from, for messages; `day` is what it was asked for, null where items say it. */
export type Source = {
  provider: string;
  /** The request without key and host. */
  request: string;
  secrets: readonly string[];
  timeZone: string;
  day: string | null;
};

/** Answers that hold more are no daily numbers. */
const MAX_ITEMS = 100_000;

/**
 * What an answer holds. `count` is how many items its list had, whatever became of them.
 *
 * @throws ConnectorError that names the path and what stood there, shortened and without secrets
 */
export function samplesIn(
  json: unknown,
  picking: Picking,
  source: Source,
): { samples: Sample[]; count: number } {
  const work = fullWork();
  try {
    const items = itemsIn(json, picking, source, work);
    if (items.length > MAX_ITEMS) {
      const problem = `${source.provider} sent more than ${MAX_ITEMS} items for ${source.request}.`;
      throw settingError('too_many_items', problem, 'Ask for totals by day instead of rows.');
    }
    return { samples: items.flatMap((item) => samplesOf(item, picking, source, work)), count: items.length };
  } catch (error) {
    if (!(error instanceof PathProblem)) throw error;
    const hint = 'Use a JSON Pointer, or a path with fewer steps.';
    throw settingError('path_too_costly', `${source.provider}, ${source.request}: ${error.message}`, hint);
  }
}

function itemsIn(json: unknown, { items, only }: Picking, source: Source, work: Work): unknown[] {
  let root = json;
  if (only !== undefined) {
    const [list] = pickOf(only).all(json, work);
    if (!Array.isArray(list)) throw drift(source, only, list);
    if (list.length === 0) return [];
    if (list.length > 1) {
      const problem = `${source.provider} answered with ${list.length} series, and a metric is one.`;
      throw settingError('several_series', problem, 'Aggregate them in the query, for example with sum(…).');
    }
    root = list[0];
  }
  if (items === undefined) return [root];
  const pick = pickOf(items);
  const found = pick.all(root, work);
  if (!pick.single) return found;
  const [list] = found;
  if (!Array.isArray(list)) throw drift(source, items, list);
  return list;
}

function samplesOf(item: unknown, picking: Picking, source: Source, work: Work): Sample[] {
  const when = dayIn(item, picking, source, work);
  if (when === 'passed_over') return [];
  if (picking.denominator !== undefined) {
    const of = (at: string | undefined) => numbersAt(at ?? '', item, picking, source, work)[0] ?? null;
    const denominator = of(picking.denominator);
    const numerator = of(picking.weighted === true ? picking.value : picking.numerator);
    if (numerator === null || denominator === null) return [{ ...when, value: null }];
    const value = picking.weighted === true ? new Exact(numerator).mul(denominator).toFixed() : numerator;
    return [{ ...when, value, denominator }];
  }
  if (picking.value === undefined) return [{ ...when, value: '1' }]; // `count` needs no more than the item
  return numbersAt(picking.value, item, picking, source, work).map((value) => ({ ...when, value }));
}

function dayIn(
  item: unknown,
  { day, dayAs, instants = 'in_day' }: Picking,
  source: Source,
  work: Work,
): { day: string; at: number | null } | 'passed_over' {
  if (source.day !== null) return { day: source.day, at: null };
  const at = day ?? '';
  const found = pickOf(at).all(item, work);
  if (found.length !== 1)
    throw misfit(
      source,
      at,
      `leads to ${found.length} places of ${shown(item, source.secrets)}, and a day is one`,
    );
  const when = dayOf(found[0], dayAs, instants, source.timeZone);
  if (typeof when === 'object' && 'wrong' in when)
    throw misfit(source, at, `holds ${shown(when.wrong, source.secrets)} instead of ${when.wanted}`);
  return when;
}

/** The numbers at a path; null for what is known to be no value. */
function numbersAt(
  at: string,
  item: unknown,
  { absent, combine }: Picking,
  source: Source,
  work: Work,
): (string | null)[] {
  const found = pickOf(at).all(item, work);
  if (found.length === 0) {
    if (absent === 'none') return [null];
    throw misfit(source, at, `leads nowhere in ${shown(item, source.secrets)}`);
  }
  if (found.length > 1 && combine === 'error') {
    const problem = `${source.provider}, ${source.request}: ${at} leads to ${found.length} places of one item.`;
    throw settingError(
      'several_places',
      problem,
      'Name one of them, or say with "combine" how they become one.',
    );
  }
  return found.map((value) => {
    if (combine === 'count') return '1';
    const read = readNumber(value);
    if ('wrong' in read)
      throw misfit(source, at, `holds ${shown(read.wrong, source.secrets)} instead of a number`);
    return 'number' in read ? read.number : null;
  });
}

/** What stood at a path; nothing at all where it leads nowhere. */
function drift(source: Source, at: string, instead: unknown) {
  return misfit(
    source,
    at,
    instead === undefined ? 'leads nowhere' : `holds ${shown(instead, source.secrets)} instead of a list`,
  );
}

function misfit({ provider, request, secrets }: Source, at: string, problem: string) {
  const place = at === '' ? 'the answer' : at;
  return driftError(provider, redact(`${request}: ${place} ${problem}`, secrets), at === '' ? '/' : at);
}

import { expect } from 'vitest';
import {
  movements,
  mrrByDay,
  netRevenueByDay,
  type Rational,
  retention,
  toNumber,
} from '../../../sandbox/truth.ts';
import type { SeriesRecord } from '../../../src/app/ports-billing.ts';
import { addDays } from '../../../src/domain/day.ts';
import type { LedgerWorld, StoredRow } from './ledger.ts';

/** The ledger of a company of lives, held against what those lives were. Days that are not over yet take no part. */

type Told = Omit<StoredRow, 'basis'>;
export type Difference = { customerId: string; day: string; truth: string; told: string };

const text = ({ numerator, denominator }: Rational): string => `${numerator}/${denominator}`;
const NOTHING = '0/1';

function optionsOf({ timeZone, discountPolicy: policy }: SeriesRecord, atSeconds: number) {
  return { timeZone, policy, now: new Date(atSeconds * 1_000) };
}

/** The days that were over at an instant, each with everybody's MRR at its close. */
export function closesOf(world: LedgerWorld, series: SeriesRecord, atSeconds: number) {
  return [...mrrByDay(world.billing, optionsOf(series, atSeconds))].slice(0, -1);
}

/** Who, what kind, when, from how much to how much: one row told for each that is true, and no other. */
export async function expectSameMovements(
  world: LedgerWorld,
  series: SeriesRecord,
  atSeconds: number,
): Promise<void> {
  const lastDay = closesOf(world, series, atSeconds).at(-1)?.day ?? '';
  const told = (await world.rows(series))
    .filter(({ day }) => day <= lastDay)
    .map(({ basis: _basis, ...row }): Told => row);
  expect(inOrder(told)).toEqual(inOrder(trueRows(world, series, atSeconds, lastDay)));
}

/** What is true of the days up to one, as rows. */
export function trueRows(
  world: LedgerWorld,
  series: SeriesRecord,
  atSeconds: number,
  lastDay: string,
): Told[] {
  return movements(world.billing, optionsOf(series, atSeconds))
    .filter(({ day }) => day <= lastDay)
    .map(({ before, after, ...rest }) => ({ ...rest, before: text(before), after: text(after) }));
}

const inOrder = (rows: readonly Told[]): Told[] =>
  rows.toSorted((a, b) => (`${a.day} ${a.customerId}` < `${b.day} ${b.customerId}` ? -1 : 1));

/** The closes at which somebody's MRR is told to be another than it was. */
export async function differencesOf(
  world: LedgerWorld,
  series: SeriesRecord,
  atSeconds: number,
): Promise<Difference[]> {
  const rows = (await world.rows(series)).toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const held = new Map<string, string>();
  const found: Difference[] = [];
  let next = 0;
  for (const { byCustomer, day } of closesOf(world, series, atSeconds)) {
    for (let row = rows[next]; row !== undefined && row.day <= day; row = rows[++next])
      held.set(row.customerId, row.after);
    for (const customerId of new Set([...held.keys(), ...byCustomer.keys()])) {
      const [amount] = byCustomer.get(customerId)?.values() ?? [];
      const truth = amount === undefined ? NOTHING : text(amount);
      const told = held.get(customerId) ?? NOTHING;
      if (truth !== told) found.push({ customerId, day, truth, told });
    }
  }
  return found;
}

/** What the metrics say of every day in one currency: MRR, who pays, and what was collected. */
export async function expectSameDays(
  world: LedgerWorld,
  series: SeriesRecord,
  atSeconds: number,
  currency: string,
): Promise<void> {
  const closes = closesOf(world, series, atSeconds);
  const { discountPolicy, timeZone } = series;
  const params = { discountPolicy };
  const scope = world.scope(series, currency);
  const snapshots = closes.map(({ day }) => ({ kind: 'snapshot' as const, day, timeZone }));
  const told = await world.measure('mrr', params, snapshots, scope);
  const payers = await world.measure('paying_customers', params, snapshots, scope);
  for (const [index, { byCustomer, day }] of closes.entries()) {
    const mine = [...byCustomer.values()].flatMap((amounts) => amounts.get(currency) ?? []);
    const mrr = mine.reduce((sum, amount) => sum + toNumber(amount), 0);
    expect([day, Math.abs((told[index]?.value ?? Number.NaN) - mrr) < 1e-6]).toEqual([day, true]);
    expect([day, payers[index]?.value]).toEqual([day, mine.length]);
  }
  const days = closes.map(({ day }) => day);
  const periods = days.map((day) => ({
    kind: 'period' as const,
    startDay: day,
    endDay: addDays(day, 1),
    timeZone,
  }));
  const cash = await world.measure('net_revenue', {}, periods, { ...scope, series: null });
  const options = { timeZone, currency, now: new Date(atSeconds * 1_000) };
  const truth = netRevenueByDay(world.billing, options);
  expect(days.map((day, index) => [day, cash[index]?.value])).toEqual(
    days.map((day) => [day, truth.get(day) ?? 0]),
  );
}

type Window = { startDay: string; endDay: string };

/** Opening and movements lead to the closing; nothing is retained more than wholly, net at least as much as gross. */
export async function expectIdentities(
  world: LedgerWorld,
  series: SeriesRecord,
  currency: string,
  windows: readonly Window[],
): Promise<void> {
  const { discountPolicy, timeZone } = series;
  const params = { discountPolicy };
  const scope = world.scope(series, currency);
  for (const window of windows) {
    const period = [{ kind: 'period' as const, ...window, timeZone }];
    const [moved] = await world.measure('mrr_movements', params, period, scope);
    const [nrr] = await world.measure('nrr', params, period, scope);
    const [grr] = await world.measure('grr', params, period, scope);
    const {
      churn = 0,
      closing = 0,
      contraction = 0,
      expansion = 0,
      new: won = 0,
      opening = 0,
      reactivation = 0,
    } = moved?.parts ?? {};
    expect(opening + won + expansion + reactivation - contraction - churn - closing).toBeCloseTo(0, 6);
    const [net, gross] = [nrr?.value ?? null, grr?.value ?? null];
    expect([net === null, gross === null]).toEqual([opening === 0, opening === 0]);
    if (net === null || gross === null) continue;
    expect(gross).toBeLessThanOrEqual(1);
    expect(gross).toBeLessThanOrEqual(net);
  }
}

/** NRR and GRR over windows, as the lives themselves have it. */
export async function expectSameRetention(
  world: LedgerWorld,
  series: SeriesRecord,
  atSeconds: number,
  currency: string,
  windows: readonly Window[],
): Promise<void> {
  const { discountPolicy, timeZone } = series;
  const scope = world.scope(series, currency);
  for (const window of windows) {
    const period = [{ kind: 'period' as const, ...window, timeZone }];
    const [nrr] = await world.measure('nrr', { discountPolicy }, period, scope);
    const [grr] = await world.measure('grr', { discountPolicy }, period, scope);
    const truth = retention(world.billing, {
      ...optionsOf(series, atSeconds),
      currency,
      openingDay: addDays(window.startDay, -1),
      closingDay: addDays(window.endDay, -1),
    });
    const close = (told: number | null | undefined, is: Rational | null) =>
      is === null ? told === null : Math.abs((told ?? Number.NaN) - toNumber(is)) < 1e-9;
    expect([window, close(nrr?.value, truth.nrr), close(grr?.value, truth.grr)]).toEqual([
      window,
      true,
      true,
    ]);
  }
}

import type { Sandbox } from '../../../../sandbox/index.ts';
import { toNumber } from '../../../../sandbox/model/rational.ts';
import { mrrByDay } from '../../../../sandbox/truth.ts';
import { type Silence, silences } from './silences.ts';

/** What is true of a day, and between which bounds it lies for whoever knows only what the provider still tells. */
export type Stand = { value: number | null; low: number | null; high: number | null };

/** What recurring revenue stood at when days closed, from the company's own facts: the truth of what has a past. */
export type Standing = Record<'mrr' | 'paying-customers' | 'ltv', ReadonlyMap<string, Stand>>;

const CURRENCY = 'usd';
const CHURN_MONTHS = 6;

type Amounts = ReadonlyMap<string, number>;
/** Payers in all currencies, and in the one that money is counted in: for certain, and perhaps. */
type Close = {
  day: string;
  mrr: Stand;
  payers: Stand;
  own: ReadonlySet<string>;
  perhaps: ReadonlySet<string>;
};

/** Of every local day up to the sandbox's now, which closes the running day. */
export function standingOf(sandbox: Sandbox): Standing {
  const { timeZone } = sandbox.state();
  const model = sandbox.model();
  const byDay = new Map<string, Amounts>();
  const everybody = new Map<string, ReadonlySet<string>>();
  for (const { day, byCustomer } of mrrByDay(model, { timeZone, now: sandbox.now() })) {
    const own = [...byCustomer].flatMap(([customer, amounts]): [string, number][] => {
      const amount = amounts.get(CURRENCY);
      return amount === undefined ? [] : [[customer, toNumber(amount)]];
    });
    byDay.set(day, new Map(own));
    everybody.set(day, new Set(byCustomer.keys()));
  }
  const silent = silences(model, sandbox.now(), timeZone);
  const closes = [...byDay].map(([day, own]) =>
    closeOf(day, own, everybody.get(day) ?? new Set(), silent, byDay),
  );
  const churn = churnByMonth(closes);
  return {
    mrr: new Map(closes.map(({ day, mrr }) => [day, mrr])),
    'paying-customers': new Map(closes.map(({ day, payers }) => [day, payers])),
    ltv: new Map(closes.map((close) => [close.day, lifetimeValue(close, churn)])),
  };
}

function closeOf(
  day: string,
  own: Amounts,
  everybody: ReadonlySet<string>,
  silent: readonly Silence[],
  byDay: ReadonlyMap<string, Amounts>,
): Close {
  const value = [...own.values()].reduce((sum, amount) => sum + amount, 0);
  let [low, high] = [value, value];
  const perhaps = new Set<string>();
  for (const [customer, spans] of spansOn(day, silent)) {
    const known = spans.flatMap(({ days }) => days.map((each) => byDay.get(each)?.get(customer) ?? 0));
    const now = own.get(customer) ?? 0;
    low += Math.min(now, ...known) - now;
    high += Math.max(now, ...known) - now;
    if (Math.min(now, ...known) === 0 && Math.max(now, ...known) > 0) perhaps.add(customer);
  }
  const inside = [...perhaps].filter((customer) => everybody.has(customer)).length;
  const payers = {
    value: everybody.size,
    low: everybody.size - inside,
    high: everybody.size + perhaps.size - inside,
  };
  return { day, mrr: { value, low, high }, payers, own: new Set(own.keys()), perhaps };
}

function spansOn(day: string, silent: readonly Silence[]): Map<string, Silence[]> {
  const found = new Map<string, Silence[]>();
  for (const silence of silent) {
    if (!silence.days.includes(day)) continue;
    found.set(silence.customer, [...(found.get(silence.customer) ?? []), silence]);
  }
  return found;
}

type Churn = { month: string; value: number; low: number; high: number };

/** Of those who paid when the day before a month closed, the share that did not when its last day did. */
function churnByMonth(closes: readonly Close[]): Churn[] {
  const ends = closes.filter(({ day }, index) => closes[index + 1]?.day.slice(0, 7) !== day.slice(0, 7));
  return ends.slice(1).flatMap((close, index): Churn[] => {
    const opening = ends[index];
    if (opening === undefined || opening.own.size === 0) return [];
    const lost = [...opening.own].filter((customer) => !close.own.has(customer));
    const doubtful = new Set([...opening.perhaps, ...close.perhaps]);
    const sure = (customers: Iterable<string>) =>
      [...customers].filter((customer) => !doubtful.has(customer));
    const [least, opened] = [sure(lost).length, sure(opening.own).length];
    return [
      {
        month: close.day.slice(0, 7),
        value: lost.length / opening.own.size,
        low: least / (opened + doubtful.size),
        high: (least + doubtful.size) / (opened + doubtful.size),
      },
    ];
  });
}

function lifetimeValue({ day, mrr, own, perhaps }: Close, churn: readonly Churn[]): Stand {
  const months = churn.filter(({ month }) => month < day.slice(0, 7)).slice(-CHURN_MONTHS);
  const mean = (of: 'value' | 'low' | 'high') =>
    months.reduce((sum, month) => sum + month[of], 0) / months.length;
  const inside = [...perhaps].filter((customer) => own.has(customer)).length;
  const over = (money: number | null, customers: number, rate: number) =>
    money === null || customers === 0 || !(rate > 0) ? null : money / customers / rate;
  return {
    value: over(mrr.value, own.size, mean('value')),
    low: over(mrr.low, own.size + perhaps.size - inside, mean('high')),
    high: over(mrr.high, own.size - inside, mean('low')),
  };
}

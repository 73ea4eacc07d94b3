import type { Sandbox } from '../../../../sandbox/index.ts';
import { add, type Rational, toNumber, ZERO } from '../../../../sandbox/model/rational.ts';
import { mrrByDay } from '../../../../sandbox/truth.ts';

/** What recurring revenue stood at when days closed, from the company's own facts: the truth of what has a past. */
export type Standing = Record<'mrr' | 'paying-customers' | 'ltv', ReadonlyMap<string, number | null>>;

const CURRENCY = 'usd';
const CHURN_MONTHS = 6;

/** Of every local day up to the sandbox's now, which closes the running day. */
export function standingOf(sandbox: Sandbox): Standing {
  const { timeZone } = sandbox.state();
  const mrr = new Map<string, number>();
  const paying = new Map<string, number>();
  const payers = new Map<string, ReadonlySet<string>>();
  for (const { day, byCustomer } of mrrByDay(sandbox.model(), { timeZone, now: sandbox.now() })) {
    const own = [...byCustomer].flatMap(([customer, amounts]): [string, Rational][] => {
      const amount = amounts.get(CURRENCY);
      return amount === undefined ? [] : [[customer, amount]];
    });
    mrr.set(day, toNumber(own.reduce((sum, [, amount]) => add(sum, amount), ZERO)));
    paying.set(day, byCustomer.size);
    payers.set(day, new Set(own.map(([customer]) => customer)));
  }
  const churn = churnByMonth(payers);
  const ltv = new Map(
    [...mrr].map(([day, amount]): [string, number | null] => {
      const months = churn.filter(({ month }) => month < day.slice(0, 7)).slice(-CHURN_MONTHS);
      const mean = months.reduce((sum, { rate }) => sum + rate, 0) / months.length;
      const customers = payers.get(day)?.size ?? 0;
      return [day, customers === 0 || !(mean > 0) ? null : amount / customers / mean];
    }),
  );
  return { mrr, 'paying-customers': paying, ltv };
}

/** Of those who paid when the day before a month closed, the share that did not when its last day did. */
function churnByMonth(payers: ReadonlyMap<string, ReadonlySet<string>>): { month: string; rate: number }[] {
  const days = [...payers.keys()];
  const closes = days.filter((day, index) => days[index + 1]?.slice(0, 7) !== day.slice(0, 7));
  return closes.slice(1).flatMap((close, index) => {
    const opened = [...(payers.get(closes[index] ?? '') ?? [])];
    const lost = opened.filter((customer) => payers.get(close)?.has(customer) === false);
    return opened.length === 0 ? [] : [{ month: close.slice(0, 7), rate: lost.length / opened.length }];
  });
}

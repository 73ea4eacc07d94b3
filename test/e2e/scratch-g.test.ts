import { expect, it } from 'vitest';
import { dumpLines, historyUntil, newState } from '../../sandbox/index.ts';
import { ltvAt } from '../../sandbox/truth/ltv.ts';
import { customerChurn } from '../../sandbox/truth/customer-churn.ts';
import { trialToPaidByDay } from '../../sandbox/truth/trial-to-paid.ts';
import { mrrAt, netRevenueByDay, payingCustomersAt, toNumber } from '../../sandbox/truth.ts';
import { openTruth } from './support/truth/truth.ts';
import { METRIC_TRUTHS } from './support/truth/definitions.ts';

it('x', async () => {
  for (const [seed, timeZone] of [[42, 'UTC'], [7, 'America/New_York'], [99, 'Europe/Berlin']] as const) {
  const now = new Date();
  const state = newState(now, { seed, timeZone });
  const model = historyUntil(state, Math.floor(now.getTime() / 1000));
  function* lines() { yield* dumpLines(model, now);
  for (const price of model.catalog.prices.values()) yield JSON.stringify({ kind: 'price', ...price });
  for (const coupon of model.catalog.coupons.values()) yield JSON.stringify({ kind: 'coupon', ...coupon });
  }
  let t = performance.now();
  const all = [...lines()];
  console.log('dump', all.length, performance.now() - t); t = performance.now();
  const truth = await openTruth(all);
  console.log('load', performance.now() - t);
  for (const currency of ['usd', 'eur']) {
    const by = netRevenueByDay(model, { timeZone, currency, now });
    const mine = await truth.days(currency === 'usd' ? 'net-revenue' : 'net-revenue-eur');
    let bad = 0;
    for (const [day, v] of by) if (mine.get(day)?.value !== v) { bad++; if (bad < 5) console.log(day, v, mine.get(day)); }
    console.log(currency, 'days', by.size, mine.size, 'bad', bad);
  }
  console.log('mrr', toNumber(mrrAt(model, now, 'usd')), [...(await truth.days('mrr'))]);
  console.log('paying', payingCustomersAt(model, now), [...(await truth.days('paying-customers'))]);
  console.log('ltv', ltvAt(model, { timeZone, currency: 'usd', now, months: 6 }), [...(await truth.days('ltv'))]);
  console.log(customerChurn(model, { timeZone, currency: 'usd', now, months: 6 }));
  const t2p = trialToPaidByDay(model, { timeZone, graceDays: 7, now });
  const mine = await truth.days('trial-to-paid');
  let bad = 0;
  for (const [day, v] of t2p) { const m = mine.get(day); if (v.mature === 0 ? m !== undefined : Math.abs((m?.value ?? -1) - v.paid / v.mature) > 1e-12) { bad++; console.log(day, v, m); } }
  console.log('t2p', t2p.size, mine.size, 'bad', bad);
  for (const m of Object.keys(METRIC_TRUTHS)) console.log(m, [...(await truth.days(m))].slice(-8).map(([d, x]) => `${d.slice(5)} ${x.value} ${x.settled}`).join(' | '));
  await truth.close();
  }
});

import { expect, it } from 'vitest';
import {
  type DumpLine,
  dumpFacts,
  historyUntil,
  type Life,
  newState,
  playLives,
} from '../../sandbox/index.ts';
import { netRevenueByDay } from '../../sandbox/truth.ts';
import { ANCHOR_DAY, NOW } from './support.ts';

const nowAt = NOW.getTime() / 1_000;
const model = historyUntil(newState(NOW, { seed: 42, anchorDay: ANCHOR_DAY }), nowAt);
const lines: string[] = [];
dumpFacts(model, NOW, (line) => lines.push(line));
const [head, ...rest] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
const isCatalog = ({ kind }: Record<string, unknown>) => kind === 'price' || kind === 'coupon';
const isActivity = ({ kind }: Record<string, unknown>) => kind === 'session' || kind === 'event';

it('begins with a line that says it is sandbox data and how many lines of each kind follow', () => {
  expect(head).toEqual({
    sandbox: true,
    company: 'Acme',
    seed: 42,
    anchorDay: ANCHOR_DAY,
    timeZone: 'UTC',
    until: NOW.toISOString(),
    catalog: rest.filter(isCatalog).length,
    facts: rest.filter((line) => !isActivity(line) && !isCatalog(line)).length,
    activity: rest.filter(isActivity).length,
  });
  expect(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
});

it('holds every fact, and of what people did all that has been seen by now and nothing else', () => {
  expect(rest.filter((line) => !isActivity(line) && !isCatalog(line))).toEqual(model.facts);
  expect(rest.filter(({ kind }) => kind === 'price')).toHaveLength(model.catalog.prices.size);
  expect(rest.filter(({ kind }) => kind === 'coupon')).toHaveLength(model.catalog.coupons.size);
  const seen = model.activity.filter(({ seenAt }) => seenAt <= nowAt);
  expect(seen.length).toBeLessThan(model.activity.length); // some is still on a phone
  expect(rest.filter(isActivity).map((line) => line['at'])).toEqual(seen.map(({ at }) => at));
  expect(rest.at(-1)).toEqual(seen.at(-1));
});

it('is enough to work out the truth with other tools', () => {
  // Net revenue of one day by hand: captured charges of that day, less refunds of that day that went through.
  const day = '2026-10-14';
  const today = rest.filter(
    ({ at = 0, currency }) =>
      new Date(Number(at) * 1_000).toISOString().startsWith(day) && currency === 'usd',
  );
  const failed = new Set(
    rest.flatMap(({ kind, status, refundId }) =>
      kind === 'refund_changed' && status !== 'succeeded' ? [refundId] : [],
    ),
  );
  const charged = today.filter(
    ({ kind, captured, status }) => kind === 'charge_created' && captured && status === 'succeeded',
  );
  const refunded = today.filter(({ kind, refundId }) => kind === 'refund_created' && !failed.has(refundId));
  const sum = (all: typeof today) => all.reduce((total, line) => total + Number(line['amountMinor']), 0);
  const truth = netRevenueByDay(model, { timeZone: 'UTC', currency: 'usd', now: NOW });
  const late = rest.filter(({ kind }) => kind === 'charge_captured' || kind === 'charge_settled');
  const ids = new Set(today.map(({ chargeId }) => chargeId));
  expect(late.filter(({ chargeId }) => ids.has(chargeId)).map(({ kind }) => kind)).toEqual([]);
  expect(sum(charged) - sum(refunded)).toBe(truth.get(day));
});

it('has a type for every line', () => {
  const kinds = new Set(rest.map(({ kind }) => kind));
  const known: (DumpLine & { kind: string })['kind'][] = ['charge_created', 'session', 'event'];
  for (const kind of known) expect(kinds).toContain(kind);
});

it('holds of scripted lives the tax rates and promotion codes that their invoices name', () => {
  const at = Date.parse('2026-01-01T00:00:00Z') / 1_000;
  const life: Life = {
    at,
    currency: 'usd',
    steps: [
      {
        at: at + 1,
        do: 'subscribe',
        items: [{ price: 'life_base_month_usd', quantity: 1 }],
        promotionCode: 'promo_life_friend',
        taxRates: ['txr_life_sales'],
      },
    ],
  };
  const played = playLives([life], { anchorDay: '2026-01-01' }, at + 60);
  const dumped: Record<string, unknown>[] = [];
  dumpFacts({ ...played, activity: [] }, new Date((at + 60) * 1_000), (line) => {
    dumped.push(JSON.parse(line) as Record<string, unknown>);
  });
  expect(dumped).toContainEqual(
    expect.objectContaining({ kind: 'tax_rate', id: 'txr_life_sales', percentage: '8.875' }),
  );
  expect(dumped).toContainEqual(
    expect.objectContaining({ kind: 'promotion_code', id: 'promo_life_friend', couponId: 'LIFE_TEN' }),
  );
  const facts = dumped.slice(1 + Number(dumped[0]?.['catalog']));
  expect(facts).toHaveLength(played.facts.length);
});

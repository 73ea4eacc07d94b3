import { afterEach, beforeEach, expect, it } from 'vitest';
import { mirrorBilling } from '../../src/app/mirror-billing.ts';
import type { ConnectionRecord } from '../../src/app/ports.ts';
import type { RateStore, RateWrite, ToldRate } from '../../src/app/ports-billing.ts';
import { keepProviderRates } from '../../src/app/provider-rates.ts';
import type { LedgerRecord } from '../../src/domain/billing/ledger-records.ts';
import { moveClock } from '../support/database.ts';
import { KINDS, type LedgerBench, NOW, payment, startLedgerBench } from '../wiring/support/ledger-bench.ts';

let bench: LedgerBench;
let shop: ConnectionRecord;
beforeEach(async () => {
  bench = await startLedgerBench();
  shop = await bench.connect('shop');
});
afterEach(() => bench.close());

/** A movement of the balance, in dollars, that was converted. */
const entry = (sourceId: string, at: string, exchangeRate: string | null): LedgerRecord => ({
  kind: 'balance_entry',
  id: `txn_${sourceId}`,
  customerId: null,
  parentId: null,
  at: new Date(at),
  data: {
    id: `txn_${sourceId}`,
    createdAt: new Date(at),
    currency: 'USD',
    amountMinor: 1000,
    feeMinor: 0,
    netMinor: 1000,
    category: 'charge',
    sourceId,
    exchangeRate,
  },
});
const list = (day: string, rates: Record<string, string>): LedgerRecord => ({
  kind: 'exchange_rates',
  id: `usd ${day}`,
  customerId: null,
  parentId: null,
  at: new Date(`${day}T00:00:00Z`),
  data: { base: 'USD', day, rates },
});
const euros = (id: string, day = '2026-03-05') => payment(id, 'cus_1', day, 'EUR', 1000);

const killed = new Error('killed');
const deadRates = (): RateStore => ({ ...bench.rates, keepRates: () => Promise.reject(killed) });

/** A walk some days after the first one, which goes on where the one before it was; the provider tells these pages by then. */
async function walk(pages: LedgerRecord[][], { afterDays = 0, rates = bench.rates } = {}): Promise<void> {
  const now = new Date(NOW.getTime() + afterDays * 86_400_000);
  await moveClock(bench.database.pool, now.getTime() - Date.now());
  const batches = pages.map((records) => ({ records }));
  const deps = { billing: bench.billing, rates, sources: bench.provider({ batches }) };
  const needs = { kinds: KINDS, series: [] };
  const mirrored = await mirrorBilling(deps, shop, needs, now, new AbortController().signal);
  expect(mirrored).toMatchObject({ failure: null, lost: false });
}
const kept = (): Promise<RateWrite[]> => bench.rates.rates(shop.workspaceId, shop.id, 'USD');
const euro = (fromDay: string, rate: string): RateWrite => ({ currency: 'EUR', fromDay, rate });

it('keeps a provider’s list of a day under the connection, without the rate of a currency into itself', async () => {
  await walk([[list('2026-03-05', { EUR: '1.1', USD: '1' })]]);
  expect(await kept()).toEqual([euro('2026-03-05', '1.1')]);
});

it.each([
  { currency: 'EUR', told: '1.0842', rate: '1.0842', why: 'cents into cents' },
  // 1,000 yen at 0.66 are 660 cents: a yen is 0.0066 dollars.
  { currency: 'JPY', told: '0.66', rate: '0.0066', why: 'whole yen into cents' },
  // 1,000 fils, a dinar, at 0.325 are 325 cents: a dinar is 3.25 dollars.
  { currency: 'KWD', told: '0.325', rate: '3.25', why: 'fils into cents' },
])('tells from what was settled what $why means for a whole unit', async ({ currency, rate, told }) => {
  const conversion: ToldRate = {
    base: 'USD',
    currency,
    day: '2026-03-05',
    rate: told,
    between: 'minor',
  };
  await keepProviderRates({ conversions: async () => [conversion] }, bench.rates, shop, null);
  expect(await kept()).toEqual([{ currency, fromDay: '2026-03-05', rate }]);
});

it('believes the list of a day before a single conversion, and takes none from an unknown payment', async () => {
  const unknown = entry('ch_unknown', '2026-03-06T12:00:00Z', '7');
  const unconverted = entry('ch_same', '2026-03-07T12:00:00Z', null);
  await walk([
    [euros('ch_1'), list('2026-03-05', { EUR: '1.1' })],
    [entry('ch_1', '2026-03-05T22:00:00Z', '1.09'), unknown, unconverted],
  ]);
  expect(await kept()).toEqual([euro('2026-03-05', '1.1')]);
});

it.each([
  { order: 'newest first', pages: (older: LedgerRecord, newer: LedgerRecord) => [[newer], [older]] },
  { order: 'oldest first', pages: (older: LedgerRecord, newer: LedgerRecord) => [[older], [newer]] },
  { order: 'one page', pages: (older: LedgerRecord, newer: LedgerRecord) => [[newer, older]] },
])('takes the last conversion of a day, told with $order', async ({ pages }) => {
  const [older, newer] = [
    entry('ch_1', '2026-03-05T10:00:00Z', '1.1'),
    entry('ch_2', '2026-03-05T22:00:00Z', '1.2'),
  ];
  // Payments come after what became of them, too.
  await walk([...pages(older, newer), [euros('ch_1'), euros('ch_2')]]);
  expect(await kept()).toEqual([euro('2026-03-05', '1.2')]);
});

it('leaves the last conversion of a day in force when an earlier one of it is told a month later', async () => {
  const first = [euros('ch_2'), entry('ch_2', '2026-03-05T22:00:00Z', '1.2')];
  await walk([first]);
  await walk([first, [euros('ch_1'), entry('ch_1', '2026-03-05T10:00:00Z', '1.1')]], { afterDays: 30 });
  expect(await kept()).toEqual([euro('2026-03-05', '1.2')]);
});

it('loses no rate of the first walk when the process dies between the records and their rates', async () => {
  const pages = [[euros('ch_1'), entry('ch_1', '2026-03-05T22:00:00Z', '1.2')]];
  const rest = [list('2026-03-06', { EUR: '1.3' })];
  await expect(walk([...pages, rest], { rates: deadRates() })).rejects.toBe(killed);
  // Whoever comes is not told again what is stored, and counts nothing before its rates are there.
  expect(await bench.billing.position(shop.id)).toMatchObject({ state: 2, throughAt: null });
  await walk([...pages, rest, []]);
  expect(await kept()).toEqual([euro('2026-03-05', '1.2'), euro('2026-03-06', '1.3')]);
  expect(await bench.billing.position(shop.id)).toMatchObject({ state: 3, throughAt: NOW });
});

it('loses no rate of an old day when processes die at each read of a month', async () => {
  const pages: LedgerRecord[][] = [[list('2026-03-05', { EUR: '1.1' })]];
  await walk(pages);
  // A payment of a month ago is told late, and then nothing more; both reads die before they have kept a rate.
  pages.push([euros('ch_1', '2026-03-02'), entry('ch_1', '2026-03-02T12:00:00Z', '1.2')]);
  await expect(walk(pages, { afterDays: 10, rates: deadRates() })).rejects.toBe(killed);
  pages.push([]);
  await expect(walk(pages, { afterDays: 20, rates: deadRates() })).rejects.toBe(killed);
  pages.push([]);
  await walk(pages, { afterDays: 30 });
  expect(await kept()).toEqual([euro('2026-03-02', '1.2'), euro('2026-03-05', '1.1')]);
});

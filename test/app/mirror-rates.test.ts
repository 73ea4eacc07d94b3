import { expect, it } from 'vitest';
import type { RateStore, RateWrite } from '../../src/app/ports-billing.ts';
import { createRateKeeper } from '../../src/app/provider-rates.ts';
import type { LedgerRecord } from '../../src/domain/billing/ledger-records.ts';

const at = new Date('2026-03-05T22:00:00Z');
const payment = (id: string, currency: string): LedgerRecord => ({
  kind: 'payment',
  id,
  customerId: 'cus_1',
  parentId: null,
  at,
  data: {
    id,
    customerId: 'cus_1',
    intentId: null,
    currency,
    status: 'succeeded',
    amountMinor: 1000,
    capturedMinor: 1000,
    createdAt: at,
  },
});
const entry = (sourceId: string, currency: string, exchangeRate: string | null): LedgerRecord => ({
  kind: 'balance_entry',
  id: `txn_${sourceId}`,
  customerId: null,
  parentId: null,
  at,
  data: {
    id: `txn_${sourceId}`,
    createdAt: at,
    currency,
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
  at,
  data: { base: 'USD', day, rates },
});

async function kept(...batches: LedgerRecord[][]): Promise<Record<string, RateWrite[]>> {
  const written: Record<string, RateWrite[]> = {};
  const rates: RateStore = {
    rates: async () => [],
    async keepRates(workspaceId, source, base, told) {
      expect([workspaceId, source]).toEqual(['wsp_1', 'con_1']);
      written[base] = [...(written[base] ?? []), ...told];
      return told.length;
    },
  };
  const keeper = createRateKeeper(rates, { id: 'con_1', workspaceId: 'wsp_1' });
  for (const batch of batches) await keeper.keep(batch);
  return written;
}

it('keeps a provider’s list of a day under the connection, without the rate of a currency into itself', async () => {
  expect(await kept([list('2026-03-05', { EUR: '1.1', USD: '1' })])).toEqual({
    USD: [{ currency: 'EUR', fromDay: '2026-03-05', rate: '1.1' }],
  });
});

it.each([
  { from: 'EUR', told: '1.0842', rate: '1.0842', why: 'cents into cents' },
  // 1,000 yen at 0.66 are 660 cents: a yen is 0.0066 dollars.
  { from: 'JPY', told: '0.66', rate: '0.0066', why: 'whole yen into cents' },
  // 1,000 fils, a dinar, at 0.325 are 325 cents: a dinar is 3.25 dollars.
  { from: 'KWD', told: '0.325', rate: '3.25', why: 'fils into cents' },
])('tells from what was settled what $why means for a whole unit', async ({ from, rate, told }) => {
  const written = await kept([payment('ch_1', from)], [entry('ch_1', 'USD', told)]);
  expect(written).toEqual({ USD: [{ currency: from, fromDay: '2026-03-05', rate }] });
});

it('believes the list of a day before a single conversion, and takes none from an unknown payment', async () => {
  const written = await kept([
    payment('ch_1', 'EUR'),
    list('2026-03-05', { EUR: '1.1' }),
    entry('ch_1', 'USD', '1.09'),
    entry('ch_unknown', 'USD', '7'),
    entry('ch_same', 'USD', null),
  ]);
  expect(written).toEqual({ USD: [{ currency: 'EUR', fromDay: '2026-03-05', rate: '1.1' }] });
});

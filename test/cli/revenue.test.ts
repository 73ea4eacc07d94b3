import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { type FakeApi, fakeApi, list } from './support/fake-api.ts';
import { fakeIo } from './support/fake-io.ts';
import { movements } from './support/movements-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidemark-rates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let api: FakeApi;
afterEach(async () => api.close());

async function run(argv: string[], env: Record<string, string> = {}) {
  const io = fakeIo({ env: { LANG: 'en_US.UTF-8', ...api.env, ...env } });
  const code = await main(argv, io);
  return { code, out: io.out(), err: io.err() };
}

it('uploads a file of rates into a currency, and says what came of it', async () => {
  api = await fakeApi({
    keepRates: () => ({
      base: 'EUR',
      rows: 2,
      changed: 1,
      currencies: ['JPY', 'USD'],
      firstDay: '2026-07-01',
      lastDay: '2026-07-02',
    }),
  });
  const path = join(folder, 'rates.csv');
  writeFileSync(path, 'day,currency,rate\n2026-07-01,USD,0.92\n2026-07-02,JPY,0.0061\n');
  const { code, err, out } = await run(['rates', 'upload', path, '--into', 'EUR']);
  expect(code, err).toBe(0);
  expect(out).toBe(
    '2 rates of JPY, USD into EUR taken, 1 new or changed. Next: tidemark rates list --into EUR\n',
  );
  expect(api.asked).toMatchObject([
    { params: { id: 'EUR' }, body: { format: 'csv', text: expect.stringContaining('0.0061') } },
  ]);
});

it('lists rates with every digit that they have', async () => {
  api = await fakeApi({ listRates: () => list({ currency: 'JPY', day: '2026-07-01', rate: '0.0061234' }) });
  const { code, out } = await run(['rates', 'list', '--into', 'eur']);
  expect(code).toBe(0);
  expect(out).toMatch(/JPY +2026-07-01 +0\.0061234/);
});

it('explains a metric between two closes, in words and as the API has it', async () => {
  api = await fakeApi({ explainMovements: () => movements });
  const days = ['--from', '2026-06-30', '--to', '2026-07-07', '--limit', '3'];
  const { code, out } = await run(['metric', 'explain', 'revenue.mrr', ...days]);
  expect(code).toBe(0);
  expect(out).toContain('+$550.00 = new $300.00 + expansion $400.00 − churn $150.00');
  expect(Object.fromEntries(api.asked[0]?.query ?? [])).toEqual({
    from: '2026-06-30',
    to: '2026-07-07',
    limit: '3',
  });
  const json = await run(['metric', 'explain', 'revenue.mrr', '--json']);
  expect(JSON.parse(json.out)).toEqual(movements);
});

it('explains the metric of a Key Result when days are named, and its number when none are', async () => {
  api = await fakeApi({ explainKeyResultMovements: () => movements });
  const { code, out } = await run(['explain', 'growth.mrr', '--from', '2026-06-30']);
  expect(code).toBe(0);
  expect(out).toContain('Borg Ltd (cus_borg)');
  expect(api.asked).toMatchObject([{ name: 'explainKeyResultMovements', params: { id: 'growth.mrr' } }]);
});

it('asks for no fraction of a customer', async () => {
  api = await fakeApi({});
  expect(await run(['metric', 'explain', 'mrr', '--limit', '2.5'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--limit "2.5" is not a whole number from 1 to 200'),
  });
});

import { expect, it } from 'vitest';
import type { Explanation } from '../../src/api/contract.ts';
import type { MovementsView } from '../../src/api/contracts/revenue.ts';
import { routes } from '../../src/api/routes.ts';
import { cashMovements } from '../cli/support/cash-movements-fixture.ts';
import { movements as week } from '../cli/support/movements-fixture.ts';
import { explanationOf, rows } from './fixtures.ts';
import { type Canned, problem, type TestServer } from './support/server.ts';
import { inBrowser } from './support/suite.ts';

const mrr = '/key-results/revenue.mrr';

/** The MRR of the fixtures as a number over subscriptions. */
function overSubscriptions(): Explanation {
  const row = rows.find(({ key }) => key === 'revenue.mrr');
  if (row === undefined) throw new Error('the fixtures have no revenue.mrr');
  const explanation = explanationOf(row);
  const metric = explanation.metric === null ? null : { ...explanation.metric, movements: true };
  return routes.explainKeyResult.answer.parse({ ...explanation, metric });
}
const answered = (view: MovementsView): Canned => ({
  status: 200,
  body: routes.explainKeyResultMovements.answer.parse(view),
});
function play(server: TestServer, moved: () => Canned): void {
  server.answers.set(`${mrr}/explanation`, () => ({ status: 200, body: overSubscriptions() }));
  server.answers.set(`${mrr}/movements`, moved);
}

inBrowser('what moved a number over subscriptions', ({ server, story }) => {
  it('names the customers of its last week, with what each did', () =>
    story({}, async (page) => {
      play(server(), () => answered({ ...week, others: 4 }));
      await page.goto(server().url + mrr);
      const moved = page.getByRole('region', { name: 'What moved it' }).first();
      await moved.getByText('Borg Ltd').waitFor();
      const text = (await moved.innerText()).replaceAll(/\s+/g, ' ');
      for (const part of [
        'MRR $12,340.00 (Jun 30, 2026) → $12,890.00 (Jul 7, 2026): +$550.00 = new $300.00 + expansion $400.00 − churn $150.00',
        'expansion +$400.00 on Jul 3, 2026: quantity of sub_1: 10 → 14',
        '€0.00 → €250.00, reconstructed from invoices',
        '4 more customers moved it less.',
      ])
        expect(text).toContain(part);
    }));

  it('reads in Chinese, too', () =>
    story({}, async (page) => {
      play(server(), () => answered(week));
      await page.goto(`${server().url}${mrr}?lang=zh-CN`);
      await page.getByText('sub_1 的数量：10 → 14').waitFor();
      expect(await page.getByRole('heading', { name: '变动原因' }).count()).toBe(1);
    }));

  it('names the payments and refunds behind a sum of money', () =>
    story({}, async (page) => {
      play(server(), () => answered(cashMovements));
      await page.goto(server().url + mrr);
      const moved = page.getByRole('region', { name: 'What moved it' }).first();
      await moved.getByText('Borg Ltd').waitFor();
      const text = (await moved.innerText()).replaceAll(/\s+/g, ' ');
      for (const part of [
        'Net revenue $1,234.00 (Jul 6, 2026) → $2,000.00 (Jul 7, 2026): +$766.00 = payments $800.00 − refunds $34.00',
        'payment −$200.00 on Jul 6, 2026: ch_1; only in the earlier days',
        'payment +$900.00 on Jul 7, 2026: ch_2 (€750.00)',
        'payment ch_3 without a customer',
        'refund −$34.00 on Jul 7, 2026: re_1 of payment ch_0',
      ])
        expect(text).toContain(part);
    }));

  it('says that nobody changed anything', () =>
    story({}, async (page) => {
      const totals = { new: 0, expansion: 0, contraction: 0, churn: 0, reactivation: 0, fx: 0 };
      play(server(), () => answered({ ...week, closing: week.opening, totals, customers: [] }));
      await page.goto(server().url + mrr);
      await page.getByText('No customer’s MRR changed in these days.').waitFor();
      expect(await page.getByText('Borg Ltd').count()).toBe(0);
    }));

  it('says calmly what is still missing, and loudly what failed', () =>
    story({}, async (page) => {
      play(server(), () =>
        problem(409, { code: 'not_read_yet', detail: 'The subscriptions have not been worked out yet.' }),
      );
      await page.goto(server().url + mrr);
      await page.getByText('The subscriptions have not been worked out yet.').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      play(server(), () => problem(500, { detail: 'The ledger is locked.' }));
      await page.reload();
      await page.getByRole('alert').getByText('The ledger is locked.').waitFor();
    }));

  it('is not there for a number that no customer moves', () =>
    story({}, async (page) => {
      await page.goto(server().url + mrr);
      await page.getByRole('button', { name: 'Why this number?' }).waitFor();
      await expect.poll(() => server().asked.some((each) => each.endsWith('/explanation'))).toBe(true);
      expect(await page.getByRole('heading', { name: 'What moved it' }).count()).toBe(0);
      expect(server().asked.filter((each) => each.includes('/movements'))).toEqual([]);
    }));
});

import { describe, expect, it } from 'vitest';
import type { Look } from '../../../src/cli/render/look.ts';
import { renderMovements } from '../../../src/cli/render/movements.ts';
import { textWidth } from '../../../src/cli/render/text.ts';
import { cashMovements } from '../support/cash-movements-fixture.ts';
import { movements } from '../support/movements-fixture.ts';

const look: Look = {
  columns: null,
  color: false,
  ascii: false,
  lang: 'en',
  verbose: false,
  now: new Date('2026-07-08T12:00:00.000Z'),
};

describe('why MRR moved', () => {
  it('reads as one sum, and below it who did what', () => {
    const lines = renderMovements(movements, look).split('\n');
    expect(lines).toContain(
      'MRR $12,340.00 (2026-06-30) → $12,890.00 (2026-07-07): +$550.00 = new $300.00 + expansion $400.00 − churn $150.00',
    );
    expect(lines).toContain('Borg Ltd (cus_borg)  +$400.00');
    expect(lines).toContain('    expansion +$400.00 on 2026-07-03: quantity of sub_1: 10 → 14');
    expect(lines).toContain('    churn −$150.00 on 2026-07-05');
  });

  it('says what was paid in another currency, and what was reconstructed', () => {
    expect(renderMovements(movements, look)).toContain(
      'new +$300.00 on 2026-07-04: sub_2 began (€0.00 → €250.00, reconstructed from invoices)',
    );
  });

  it('reads in Chinese, too', () => {
    const text = renderMovements(movements, { ...look, lang: 'zh-CN' });
    expect(text).toContain('新增 US$300.00 + 扩展 US$400.00 − 流失 US$150.00');
    expect(text).toContain('sub_1 的数量：10 → 14');
    expect(text).toContain('根据发票重建');
  });

  it('admits that amounts rounded for themselves do not add up to the cent', () => {
    // 0.4 + 0.4 = 0.8: each rounds to nothing, and the sum to one cent.
    const totals = { ...movements.totals, new: 0.4, expansion: 0.4, churn: 0 };
    const text = renderMovements({ ...movements, opening: 0, closing: 0.8, totals, customers: [] }, look);
    expect(text).toContain('Each amount is rounded for itself; the exact ones add up.');
    expect(renderMovements(movements, look)).not.toContain('rounded');
  });

  it('says that nothing changed, and how many are not named', () => {
    const totals = { new: 0, expansion: 0, contraction: 0, churn: 0, reactivation: 0, fx: 0 };
    const text = renderMovements(
      { ...movements, closing: movements.opening, totals, customers: [], others: 3 },
      look,
    );
    expect(text).toContain('nothing changed');
    expect(text).toContain('No customer’s MRR changed in these days.');
    expect(text).toContain('3 more customers moved it less.');
  });

  it('shows what exchange rates alone did with their sign', () => {
    const totals = { ...movements.totals, new: 0, expansion: 0, churn: 0, fx: -2_000 };
    const text = renderMovements({ ...movements, closing: 1_232_000, totals }, look);
    expect(text).toContain('−$20.00 = − exchange rates $20.00');
  });

  it('fits a narrow terminal', () => {
    const lines = renderMovements(movements, { ...look, columns: 60 }).split('\n');
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(60);
  });
});

describe('why a sum over payments moved', () => {
  const lines = (view = cashMovements, lang: Look['lang'] = 'en') =>
    renderMovements(view, { ...look, lang }).split('\n');

  it('reads as one sum of payments and refunds, and below it who paid what', () => {
    const told = lines();
    for (const line of [
      'Net revenue $1,234.00 (2026-07-06) → $2,000.00 (2026-07-07): +$766.00 = payments $800.00 − refunds $34.00',
      'Borg Ltd (cus_borg)  +$700.00',
      '    payment −$200.00 on 2026-07-06: ch_1; only in the earlier days',
      '    payment +$900.00 on 2026-07-07: ch_2 (€750.00)',
      'payment ch_3 without a customer  +$100.00',
      '    refund −$34.00 on 2026-07-07: re_1 of payment ch_0',
    ])
      expect(told).toContain(line);
  });

  it('says over which days each of the two was summed', () => {
    const windows = {
      opening: { startDay: '2026-06-09', endDay: '2026-07-07' },
      closing: { startDay: '2026-06-10', endDay: '2026-07-08' },
    };
    const [, head] = lines({ ...cashMovements, measure: 'refunds', windows });
    expect(head).toContain(
      'Refunds $1,234.00 (2026-06-09 to 2026-07-06) → $2,000.00 (2026-06-10 to 2026-07-07)',
    );
  });

  it('reads in Chinese, too', () => {
    const told = lines(cashMovements, 'zh-CN');
    expect(told[1]).toBe(
      '净收入 US$1,234.00（2026-07-06）→ US$2,000.00（2026-07-07）：+US$766.00 = 付款 US$800.00 − 退款 US$34.00',
    );
    expect(told).toContain('付款 ch_3，无客户  +US$100.00');
    expect(told).toContain('    2026-07-07 退款 −US$34.00：re_1，属于付款 ch_0');
  });

  it('says that nothing made a difference', () => {
    const totals = { ...cashMovements.totals, payment: 0, refund: 0 };
    const text = lines({ ...cashMovements, closing: 123_400, totals, customers: [] }).join('\n');
    expect(text).toContain('nothing changed');
    expect(text).toContain('No payment, refund or dispute makes a difference between them.');
  });
});

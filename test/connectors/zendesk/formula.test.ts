import { describe, expect, it } from 'vitest';
import { ga4 } from '../../../connectors/ga4/index.ts';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import type { Connector } from '../../../connectors/sdk/index.ts';
import { zendesk } from '../../../connectors/zendesk/index.ts';
import {
  checkExpression,
  type ExpressionTraits,
  evaluateDay,
  parse,
} from '../../../src/domain/expression/index.ts';
import { pointWindow } from '../../../src/domain/metric-window.ts';
import { planned, valuesOf, window } from './support/read.ts';

/** A metric as a formula reads it, from the connector's own definition. */
function traitsOf(connector: Connector, name: string, given: object): ExpressionTraits {
  const metric = connector.metrics[name];
  if (metric === undefined) throw new Error(`${connector.id} has no ${name}`);
  const params = metric.paramsSchema.parse(given) as Record<string, unknown>;
  const cadence = metric.cadenceOf?.(params) ?? metric.cadence ?? 'day';
  return {
    kind: metric.kindOf?.(params) ?? metric.kind,
    unit: metric.unit,
    currency: null,
    timeZone: 'UTC',
    cadence,
    window: pointWindow({ cadence, params, window: null }),
  };
}

function formula(text: string, metrics: Record<string, ExpressionTraits>) {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(`${text} cannot be read`);
  return checkExpression(parsed.tree, new Map(Object.entries(metrics)), 'custom:tickets per user');
}

describe('“每个用户每月将支持请求的数量从2.3减少到1.0”', () => {
  const monthly = traitsOf(zendesk, 'ticket_count', { per: 'month' });
  const active = traitsOf(mixpanel, 'unique_users', { event: 'Opened', unit: 'month' });

  it('is tickets of a calendar month by the active users of that very month', async () => {
    const checked = formula('tickets / active', { tickets: monthly, active });
    if (!checked.ok) throw new Error(checked.problems.map(({ sentence }) => sentence).join(' '));
    expect(checked.expression.traits).toMatchObject({ cadence: 'month', window: { kind: 'month' } });
    // Five tickets of February, one of them merged into another, and two people: 4 / 2.
    const tickets = [1, 2, 3, 4, 5].map((id) => ({
      id,
      createdAt: `2026-02-1${id}T10:00:00Z`,
      tags: id === 5 ? ['closed_by_merge'] : [],
    }));
    const read = planned('ticket_count', window('2026-02-01', '2026-03-01'), { per: 'month' });
    const values = await valuesOf({ tickets }, read);
    const points = new Map([
      ['tickets', [pointOf('2026-02-28', Number(values['2026-02-28']))]],
      ['active', [pointOf('2026-02-28', 2)]],
    ]);
    expect(evaluateDay(checked.expression, '2026-02-28', points)).toMatchObject({ value: 2 });
  });

  it('or of the newest 28 days by the users of those days: tickets by day add up', () => {
    const daily = traitsOf(zendesk, 'ticket_count', {});
    const users = traitsOf(ga4, 'users', { days: 28 });
    expect(formula('rolling_sum(tickets, 28) / users', { tickets: daily, users }).ok).toBe(true);
  });

  it('and days are not divided by months', () => {
    const daily = traitsOf(zendesk, 'ticket_count', {});
    expect(formula('tickets / active', { tickets: daily, active })).toMatchObject({
      ok: false,
      problems: [{ code: 'cadence' }],
    });
  });
});

const pointOf = (day: string, value: number) => ({ day, value, numerator: null, denominator: null });

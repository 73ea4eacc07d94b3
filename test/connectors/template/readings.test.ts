import { expect, it } from 'vitest';
import { template } from '../../../connectors/template/index.ts';
import type { TemplateWorld } from '../../../sandbox/template/server.ts';
import { windowOf } from '../../../src/domain/day.ts';
import { testContext } from '../support/context.ts';
import { startTemplate } from './support/server.ts';
import { itemAt, NOW, TOKEN, worldOf } from './support/world.ts';

async function readItems(given: Partial<TemplateWorld>, startDay: string, endDay: string, timeZone: string) {
  const server = await startTemplate(worldOf(given));
  try {
    const { context } = testContext({ token: TOKEN }, server.endpoint, NOW);
    const reading = await template.metrics['items_created']?.read(
      context,
      windowOf(startDay, endDay, timeZone),
      {},
    );
    return { points: reading?.points, asked: server.asked };
  } finally {
    await server.close();
  }
}

it('counts the day on which clocks go forward as the 23 hours that it has', async () => {
  // New York, 8 March 2026: midnight is 05:00 in UTC before, and 04:00 after.
  const items = [
    itemAt('2026-03-08T04:59:59Z'), // still 7 March
    itemAt('2026-03-08T05:00:00Z'),
    itemAt('2026-03-09T03:59:59Z'),
    itemAt('2026-03-09T04:00:00Z'), // 9 March
  ];
  const { points } = await readItems({ items }, '2026-03-08', '2026-03-09', 'America/New_York');
  expect(points).toEqual([{ day: '2026-03-08', value: '2' }]);
});

it('says nothing of days that have not begun', async () => {
  const { points } = await readItems({}, '2026-03-10', '2026-03-13', 'UTC');
  expect(points).toEqual([{ day: '2026-03-10', value: '0' }]);
});

it('reads again what comes late', async () => {
  const items = [itemAt('2026-03-10T11:00:00Z')];
  const late = await readItems({ items, lateSeconds: 7_200 }, '2026-03-10', '2026-03-11', 'UTC');
  expect(late.points).toEqual([{ day: '2026-03-10', value: '0' }]);
  const there = await readItems({ items, lateSeconds: 3_600 }, '2026-03-10', '2026-03-11', 'UTC');
  expect(there.points).toEqual([{ day: '2026-03-10', value: '1' }]);
});

it('asks for hundreds, below the address that was given', async () => {
  const { asked } = await readItems({}, '2026-03-06', '2026-03-07', 'UTC');
  expect(asked.map(({ pathname }) => pathname)).toEqual(['/gateway/v1/items']);
  expect(asked[0]?.searchParams.get('limit')).toBe('100');
});

it.each([
  { given: { token: 'another-token' }, errorClass: 'auth', says: 'The token is not valid.' },
  { given: { scopes: [] }, errorClass: 'auth', says: 'lacks the scope items:read' },
  { given: { retryAfterSeconds: 30 }, errorClass: 'rate_limited', says: 'Too many requests.' },
])('explains what was refused: $says', async ({ errorClass, given, says }) => {
  const failure: unknown = await readItems(given, '2026-03-06', '2026-03-07', 'UTC').catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ errorClass, message: expect.stringContaining(says) as string });
});

it('names the account that it reached', async () => {
  const server = await startTemplate(worldOf());
  try {
    const { context } = testContext({ token: TOKEN }, server.endpoint, NOW);
    await expect(template.check(context)).resolves.toEqual({
      account: 'New Provider account Globex',
      livemode: null,
      warnings: [],
    });
  } finally {
    await server.close();
  }
});

import { createRevenueReader } from '../../src/db/billing/measure/index.ts';
import { openDatabase } from '../../src/db/database.ts';
import { addDays } from '../../src/domain/day.ts';
import { assertSame, medianSeconds, mrrByHand, mrrByReader } from './question.ts';
import { alone, beside, type Row } from './rows.ts';

const DAYS = 730;

/** MRR by day over 24 months in one currency: the product's reader and SQL by hand, over the same rows in the same run. */
export async function compare(databaseUrl: string): Promise<Row[]> {
  const database = openDatabase(databaseUrl, 2);
  try {
    const { rows: series } = await database.pool.query<{
      id: string;
      connectionId: string;
      timeZone: string;
    }>(
      `SELECT id, connection_id AS "connectionId", time_zone AS "timeZone" FROM mrr_series
        WHERE discount_policy = 'recurring' ORDER BY created_at LIMIT 1`,
    );
    const [found] = series;
    if (found === undefined) throw new Error('the product stored no series of movements');
    const chosen = { ...found, discountPolicy: 'recurring' as const };
    const { rows: counts } = await database.pool.query<{ rows: string }>(
      'SELECT count(*) AS rows FROM mrr_movement',
    );
    const lastDay = new Date().toISOString().slice(0, 10);
    const days = { firstDay: addDays(lastDay, 1 - DAYS), lastDay };
    const reader = createRevenueReader(database);
    const own = () => mrrByReader(reader, chosen, 'USD', days);
    const byHand = () => mrrByHand(database.pool, chosen.id, 'USD', days);
    assertSame(await byHand(), await own());
    const handSeconds = await medianSeconds(5, byHand);
    const hand = { name: 'SQL by hand', value: handSeconds, unit: 's' };
    return [
      alone('movements stored', Number(counts[0]?.rows ?? 0), 'rows'),
      beside(
        { name: `MRR by day, ${DAYS} days, one currency`, value: await medianSeconds(5, own), unit: 's' },
        hand,
      ),
    ];
  } finally {
    await database.close();
  }
}

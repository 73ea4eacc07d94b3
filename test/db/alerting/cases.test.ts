import { afterEach, beforeEach, expect, it } from 'vitest';
import { createJudge } from '../../../src/app/evaluate-key-result.ts';
import { addDays } from '../../../src/domain/day.ts';
import { createForecaster } from '../../../src/forecast/create-forecaster.ts';
import { type Bench, openBench } from './support/bench.ts';
import { addSource } from './support/source.ts';

// Cases of the acceptance list, from a number that a source brings to what is told; judged by the product's own judge.
let bench: Bench;
beforeEach(async () => {
  bench = await openBench(new Date('2026-08-01T00:00:00Z'), createJudge(createForecaster()));
  await bench.rule(1, 1);
  await bench.channel('ops');
});
afterEach(() => bench.close());

const status = async (id: string): Promise<unknown> =>
  (
    await bench.rows<{ status: string }>('SELECT status FROM key_result_state WHERE key_result_id = $1', [id])
  )[0]?.status;

it('C21: nothing has moved in the first 10 % of the cycle, which is too early to say and no alert', async () => {
  // 1 August to 30 September are 61 days: the first 6 are silent, and the 7th is judged. 60 days of history at 0 before
  // them leave hardly a chance for 100.
  const shop = await addSource(bench, 'shop');
  const id = await bench.keyResult('growth', {
    metricVersionId: shop.metric.versionId,
    startDay: '2026-08-01',
    endDay: '2026-10-01',
  });
  const before: Record<string, number> = {};
  for (let day = '2026-06-02'; day < '2026-08-01'; day = addDays(day, 1)) before[day] = 0;
  await shop.brings(before);
  for (let day = '2026-08-01'; day <= '2026-08-06'; day = addDays(day, 1)) {
    await bench.moveTo(new Date(`${addDays(day, 1)}T06:00:00Z`));
    await shop.brings({ [day]: 0 });
    await bench.alerting.follow();
    expect([day, await status(id)]).toEqual([day, 'too_early']);
  }
  expect(await bench.news()).toEqual([]);
  expect(await bench.episodes()).toEqual([]);
  await bench.moveTo(new Date('2026-08-08T06:00:00Z'));
  await shop.brings({ '2026-08-07': 0 });
  expect(await status(id)).toBe('off_track');
  expect(await bench.news()).toEqual(['ops: key_result.off_track growth']);
});

it('C14: yesterday’s value changes when it is read again: the status follows, the old value is kept, nobody is told', async () => {
  const shop = await addSource(bench, 'shop');
  const id = await bench.keyResult('growth', { metricVersionId: shop.metric.versionId });
  await bench.moveTo(new Date('2026-08-09T06:00:00Z'));
  // 39 of 92 days, 42.4 % of the way expected: 1 is off track, 60 ahead.
  await shop.brings({ '2026-08-08': 1 });
  expect(await status(id)).toBe('off_track');
  await shop.brings({ '2026-08-08': 60 });
  expect(await status(id)).toBe('on_track');
  const kept = await bench.rows('SELECT day, value::float8 AS value FROM metric_point_revision', []);
  expect(kept).toEqual([{ day: '2026-08-08', value: 1 }]);
  // A day counts once: what was told of it stands until the next one, and then it is over.
  await bench.alerting.follow();
  expect(await bench.news()).toEqual(['ops: key_result.off_track growth']);
  await bench.moveTo(new Date('2026-08-10T06:00:00Z'));
  await shop.brings({ '2026-08-09': 60 });
  expect(await bench.news()).toEqual([
    'ops: key_result.off_track growth',
    'ops: key_result.recovered growth',
  ]);
});

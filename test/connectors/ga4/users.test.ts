import { describe, expect, it } from 'vitest';
import { peopleOf } from './support/people.ts';
import { berlin, readOne, valuesOf } from './support/read.ts';

const now = new Date('2026-03-10T12:00:00Z');
const window = berlin('2026-03-02', '2026-03-05');

describe.each(['rest', 'grpc'] as const)('different users of a window over %s', (transport) => {
  it('are asked for by exactly its days, and never added up', async () => {
    const counts: Record<string, number> = {
      '2026-02-03 2026-03-02': 900,
      '2026-02-04 2026-03-03': 912,
      '2026-02-05 2026-03-04': 905,
    };
    const respond = peopleOf(({ startDate, endDate }) => counts[`${startDate} ${endDate}`] ?? 0);
    const reading = await readOne(
      respond,
      { metric: 'users', params: { days: 28 }, window },
      { now, transport },
    );
    // 28 days that end with the day: 3 February to 2 March and so on
    expect(valuesOf(reading)).toEqual({ '2026-03-02': '900', '2026-03-03': '912', '2026-03-04': '905' });
    expect(reading.asked[0]?.body.requests?.[0]?.dimensions ?? []).toEqual([]);
  });

  it('of a month are those of its first to its last day, told on the last once it is over', async () => {
    const respond = peopleOf(({ startDate, endDate }) =>
      `${startDate} ${endDate}` === '2026-02-01 2026-02-28' ? 4_100 : 0,
    );
    const long = berlin('2026-02-01', '2026-03-11');
    const reading = await readOne(respond, { metric: 'users_of_month', window: long }, { now, transport });
    expect(valuesOf(reading)).toEqual({ '2026-02-28': '4100' });
  });
});

it('a window that is still running has no number yet', async () => {
  const running = berlin('2026-03-09', '2026-03-11');
  const reading = await readOne(
    peopleOf(() => 5),
    { metric: 'users', window: running },
    { now },
  );
  expect(Object.keys(valuesOf(reading))).toEqual(['2026-03-09']);
});

it('a filter goes with every range', async () => {
  const params = { days: 7, filter: 'country == France', count: 'totalUsers' };
  const { asked } = await readOne(
    peopleOf(() => 5),
    { metric: 'users', params, window },
    { now },
  );
  const [request] = asked[0]?.body.requests ?? [];
  expect(request?.metrics).toEqual([{ name: 'totalUsers' }]);
  expect(JSON.stringify(request?.dimensionFilter)).toContain('France');
});

it('a window in which nobody came is zero; one that may have been withheld has no value', async () => {
  const nobody = ({ endDate }: { endDate: string }) => (endDate === '2026-03-03' ? null : 5);
  const whole = await readOne(peopleOf(nobody), { metric: 'users', window }, { now });
  expect(Object.values(valuesOf(whole))).toEqual(['5', '0', '5']);
  const metadata = { subjectToThresholding: true };
  const withheld = await readOne(peopleOf(nobody, { metadata }), { metric: 'users', window }, { now });
  expect(Object.values(valuesOf(withheld))).toEqual(['5', null, '5']);
  expect(withheld.points.every(({ flags }) => flags?.['thresholded'] === true)).toBe(true);
});

it('a sampled window has no value but its fraction', async () => {
  const share = { samplesReadCount: '25', samplingSpaceSize: '100' };
  const metadata = { samplingMetadatas: [share, share, share] };
  const { points } = await readOne(
    peopleOf(() => 5, { metadata }),
    { metric: 'users', window },
    { now },
  );
  expect(points.map(({ value, flags }) => [value, flags])).toEqual(
    [1, 2, 3].map(() => [null, { sampled: 0.25 }]),
  );
});

it('twenty points fit into one request', async () => {
  const long = berlin('2026-02-01', '2026-03-01');
  const { asked, points } = await readOne(
    peopleOf(() => 5),
    { metric: 'users', window: long },
    { now },
  );
  expect(points).toHaveLength(28);
  expect(asked.map(({ body }) => body.requests?.length)).toEqual([5, 2]);
});

it('days of another zone than the property’s are refused', async () => {
  const respond = peopleOf(() => 5, { timeZone: 'America/New_York' });
  await expect(readOne(respond, { metric: 'users', window }, { now })).rejects.toMatchObject({
    code: 'time_zone',
  });
});

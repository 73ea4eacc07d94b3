import { expect, it } from 'vitest';
import type { Sprint } from '../../../src/domain/delivery/records.ts';
import { measure, snapshot } from '../surveys/measure.ts';

const sprint = (
  id: string,
  completedAt: string | null,
  points: number,
  state: Sprint['state'] = 'closed',
) => ({
  id,
  state,
  completedAt: completedAt === null ? null : new Date(completedAt),
  completedPoints: points,
});
const sprints = [
  sprint('1', '2026-02-13T12:00:00Z', 28),
  sprint('2', '2026-02-27T12:00:00Z', 32),
  sprint('3', '2026-03-13T12:00:00Z', 37),
  sprint('4', null, 20, 'active'),
];
const velocity = (found: Sprint[], params = {}, day = '2026-03-31', timeZone = 'UTC') =>
  measure('sprint_velocity', params, snapshot(day, timeZone), { sprints: found });

it('takes as many of the newest sprints as asked, or those there are', () => {
  expect(velocity(sprints, { lastN: 1 }).value).toBe(37);
  expect(velocity(sprints, { lastN: 2 }).value).toBe(34.5);
  expect(velocity(sprints, { lastN: 10 })).toMatchObject({ numerator: 97, denominator: 3, sampleSize: 3 });
  expect(velocity(sprints)).toEqual(velocity(sprints.toReversed()));
});

it('counts a sprint from the day on which it closed, by the clock of the workspace', () => {
  // 13 March 20:00 UTC is the 14th in Shanghai.
  const late = [sprint('1', '2026-03-13T20:00:00Z', 40)];
  expect(velocity(late, {}, '2026-03-13').value).toBe(40);
  expect(velocity(late, {}, '2026-03-13', 'Asia/Shanghai')).toMatchObject({ reason: 'zero_denominator' });
  expect(velocity(late, {}, '2026-03-14', 'Asia/Shanghai').value).toBe(40);
});

it('counts a sprint in which nothing was finished as zero, not as absent', () => {
  expect(
    velocity([sprint('1', '2026-03-01T00:00:00Z', 0), sprint('2', '2026-03-14T00:00:00Z', 10)]).value,
  ).toBe(5);
});

it('settles two sprints that closed at once by their ids, in any order', () => {
  const twins = [sprint('a', '2026-03-01T00:00:00Z', 10), sprint('b', '2026-03-01T00:00:00Z', 20)];
  expect([velocity(twins, { lastN: 1 }).value, velocity(twins.toReversed(), { lastN: 1 }).value]).toEqual([
    20, 20,
  ]);
});

it('has no value before the first sprint closed, and another reason when sprints were not read', () => {
  expect(velocity([sprint('1', null, 5, 'future')])).toMatchObject({
    value: null,
    reason: 'zero_denominator',
  });
  expect(velocity([])).toMatchObject({ value: null, reason: 'zero_denominator' });
  const notRead = { value: null, reason: 'no_observation' };
  expect(measure('sprint_velocity', {}, snapshot('2026-03-31'), {})).toEqual(notRead);
});

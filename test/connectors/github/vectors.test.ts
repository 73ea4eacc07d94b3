import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { planned, valuesOf, window } from './support/read.ts';

// Oracle: the worked examples of the catalogue, told by GitHub instead of as records.
const vectors = z
  .object({
    vectors: z.array(
      z.object({ id: z.string(), input: z.unknown(), expected: z.object({ value: z.number() }) }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('../../vectors/delivery.json', import.meta.url), 'utf8'))).vectors;

function vector<T>(id: string, schema: z.ZodType<T>): { input: T; value: number } {
  const found = vectors.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return { input: schema.parse(found.input), value: found.expected.value };
}

const NOW = '2026-05-10T12:00:00Z';
const march = window('2026-03-31', '2026-04-01');
const dated = { createdAt: z.string(), doneAt: z.string().nullable() };

it('bugs per feature: DEL-002 over the 31 days of March', async () => {
  const { input, value } = vector(
    'DEL-002',
    z.object({ issues: z.array(z.object({ type: z.string(), ...dated })) }),
  );
  const issues = input.issues.map(({ createdAt, doneAt, type }, index) => ({
    number: index + 1,
    created_at: createdAt,
    closed_at: doneAt,
    labels: [type],
  }));
  const read = planned('bugs_per_feature', march, { days: 31, featureLabels: ['feature'] });
  expect(Number((await valuesOf({ issues }, read, NOW))['2026-03-31'])).toBe(value);
});

it.each([
  { id: 'DEL-003', stat: 'mean' },
  { id: 'DEL-004', stat: 'median' },
])('lead time: $id as $stat, in seconds', async ({ id, stat }) => {
  const { input, value } = vector(id, z.object({ items: z.array(z.object(dated)) }));
  const issues = input.items.map(({ createdAt, doneAt }, index) => ({
    number: index + 1,
    created_at: createdAt,
    closed_at: doneAt,
  }));
  const values = await valuesOf({ issues }, planned('lead_time', march, { days: 31, stat }), NOW);
  expect(Number(values['2026-03-31'])).toBe(value * 86_400);
});

const deploys = z.object({
  deploys: z.array(
    z.object({ startedAt: z.string(), finishedAt: z.string().nullable(), conclusion: z.string() }),
  ),
});

it('deployment time and count: DEL-005 and DEL-009, failures left out', async () => {
  const { input, value } = vector('DEL-005', deploys);
  const deployments = input.deploys.map(({ conclusion, finishedAt, startedAt }, index) => ({
    id: index + 1,
    environment: 'production',
    created_at: startedAt,
    statuses: [
      { state: 'in_progress', created_at: startedAt },
      ...(finishedAt === null ? [] : [{ state: conclusion, created_at: finishedAt }]),
    ],
  }));
  const minutes = await valuesOf({ deployments }, planned('deployment_minutes', march, { days: 31 }), NOW);
  expect(Number(minutes['2026-03-31'])).toBe(value * 60);
  const counts = await valuesOf(
    { deployments },
    planned('deployment_count', window('2026-03-01', '2026-04-01')),
    NOW,
  );
  const total = Object.values(counts).reduce((sum, count) => sum + Number(count), 0);
  expect(total).toBe(vector('DEL-009', deploys).value);
});

it('bugs after a release: DEL-008, from the day on which its 30 days are over', async () => {
  const { input, value } = vector(
    'DEL-008',
    z.object({
      release: z.object({ version: z.string(), releasedAt: z.string() }),
      bugs: z.array(z.object({ createdAt: z.string(), affectedVersion: z.string().nullable() })),
    }),
  );
  const releases = [{ id: 1, tag_name: input.release.version, published_at: input.release.releasedAt }];
  const issues = input.bugs.map(({ affectedVersion, createdAt }, index) => ({
    number: index + 1,
    created_at: createdAt,
    labels: ['bug', ...(affectedVersion === null ? [] : [`affects ${affectedVersion}`])],
  }));
  const read = planned('post_release_bugs', window('2026-04-07', '2026-04-10'), {
    versionLabel: 'affects {version}',
  });
  // Released at the beginning of 10 March: 30 days end with the close of 8 April, and equality is over.
  expect(await valuesOf({ releases, issues }, read, NOW)).toEqual({
    '2026-04-07': null,
    '2026-04-08': String(value),
    '2026-04-09': String(value),
  });
});

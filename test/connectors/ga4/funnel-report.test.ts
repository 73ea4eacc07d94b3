import { describe, expect, it } from 'vitest';
import { funnelConversion, funnelSteps } from '../../../connectors/ga4/funnel-report.ts';
import { decodedFunnel } from './support/decode.ts';
import { fixture } from './support/property.ts';

type Row = { dimensionValues: Array<{ value: string }>; metricValues: Array<{ value: string }> };
type Table = {
  dimensionHeaders: Array<{ name: string }>;
  metricHeaders: Array<{ name: string; type: string }>;
  rows: Row[];
  metadata: object;
};
const made = fixture('run_funnel_report.json');
const table = made.response['funnelTable'] as Table;
const expected = made.expected as { users: number[]; conversion: number };
const asked = { steps: 3, limit: 10_000 };

/** The made answer with another table, as the official client decodes it. */
const read = async (change: Partial<Table>, limit = asked.limit) =>
  funnelSteps(await decodedFunnel({ ...made.response, funnelTable: { ...table, ...change } }), {
    ...asked,
    limit,
  });
const row = (labels: string[], users: string, rate = '0.5'): Row => ({
  dimensionValues: labels.map((value) => ({ value })),
  metricValues: [users, rate, '0', '0'].map((value) => ({ value })),
});
const usersOf = (steps: Awaited<ReturnType<typeof read>>) => steps.map(({ users }) => users);

describe('run_funnel_report.json', () => {
  it('gives the people at each step and the conversion from the first to the last', async () => {
    const steps = await read({});
    expect(usersOf(steps)).toEqual(expected.users);
    expect(funnelConversion(steps)).toBeCloseTo(expected.conversion, 12);
  });

  it('has rates that are fractions though their header says integer, and none after the last step', async () => {
    // 420 / 1000 = 0.42 and 105 / 420 = 0.25; after the third step Google writes "0".
    expect((await read({})).map(({ completionRate }) => completionRate)).toEqual([0.42, 0.25, null]);
  });

  it('also where Google leaves the last rate empty', async () => {
    const rows = [...table.rows.slice(0, 2), row(['3. Invite teammate'], '105', '')];
    expect((await read({ rows })).at(-1)).toEqual({ users: 105, completionRate: null });
  });
});

it('a block of headers that is repeated changes nothing: the four values belong to the first', async () => {
  const metricHeaders = [...table.metricHeaders, ...table.metricHeaders];
  expect(usersOf(await read({ metricHeaders }))).toEqual(expected.users);
});

it('columns are found by their name, wherever the first block has them', async () => {
  const swapped = (values: Table['metricHeaders']) => [values[1], values[0], ...values.slice(2)];
  const metricHeaders = swapped(table.metricHeaders) as Table['metricHeaders'];
  const rows = table.rows.map(({ dimensionValues, metricValues: [users, rate, ...rest] }) => ({
    dimensionValues,
    metricValues: [rate, users, ...rest] as Row['metricValues'],
  }));
  expect(usersOf(await read({ metricHeaders, rows }))).toEqual(expected.users);
});

it('a step that nobody reached has no row and is zero', async () => {
  const rows = table.rows.slice(0, 2);
  const steps = await read({ rows });
  expect(usersOf(steps)).toEqual([1000, 420, 0]);
  expect(funnelConversion(steps)).toBe(0);
});

it('a missing step of a table that may be cut off is unknown and not zero', async () => {
  const steps = await read({ rows: table.rows.slice(0, 2) }, 2);
  expect(usersOf(steps)).toEqual([1000, 420, null]);
  expect(funnelConversion(steps)).toBeNull();
});

it('a funnel that nobody entered has no conversion, which is not one of zero', async () => {
  const steps = await read({ rows: [] });
  expect(usersOf(steps)).toEqual([0, 0, 0]);
  expect(funnelConversion(steps)).toBeNull();
});

it('steps are joined by the number in their name, not by the order of the rows or by what follows it', async () => {
  const rows = [row(['3. 1. of May'], '5'), row(['1. Sign up'], '50'), row(['2. 3. try'], '20')];
  expect(usersOf(await read({ rows }))).toEqual([50, 20, 5]);
});

it('the tenth step comes after the ninth', async () => {
  // "10. …" sorts before "2. …" as text.
  const rows = Array.from({ length: 10 }, (_, at) => row([`${at + 1}. Step`], String(100 - at)));
  const answer = await decodedFunnel({
    ...made.response,
    funnelTable: { ...table, rows: rows.toReversed() },
  });
  const steps = funnelSteps(answer, { steps: 10, limit: 10_000 });
  expect(usersOf(steps)).toEqual([100, 99, 98, 97, 96, 95, 94, 93, 92, 91]);
});

describe('a funnel that is broken down', () => {
  const dimensionHeaders = [{ name: 'funnelStepName' }, { name: 'deviceCategory' }];
  const segments = [
    row(['1. Sign up', 'mobile'], '600'),
    row(['1. Sign up', 'desktop'], '450'), // some people use both
    row(['1. Sign up', 'RESERVED_TOTAL'], '1000'),
  ];

  it('counts its totals and never the sum of its segments', async () => {
    const rows = [...segments, row(['2. Create project', 'RESERVED_TOTAL'], '420')];
    expect(usersOf(await read({ dimensionHeaders, rows }))).toEqual([1000, 420, 0]);
  });

  it('with a step that has segments and no total is not understood', async () => {
    const rows = [...segments, row(['2. Create project', 'mobile'], '420')];
    await expect(read({ dimensionHeaders, rows })).rejects.toMatchObject({ errorClass: 'schema_drift' });
  });
});

it('no step of a sampled answer has a value', async () => {
  const metadata = { samplingMetadatas: [{ samplesReadCount: '5', samplingSpaceSize: '10' }] };
  expect(usersOf(await read({ metadata }))).toEqual([null, null, null]);
});

describe('what is no funnel of ours is not taken', () => {
  it.each([
    { what: 'a step twice', rows: [row(['1. A'], '5'), row(['1. A'], '5')], errorClass: 'bad_payload' },
    { what: 'a step that was not asked for', rows: [row(['4. D'], '5')], errorClass: 'schema_drift' },
    { what: 'a step without a number', rows: [row(['Sign up'], '5')], errorClass: 'schema_drift' },
    { what: 'users that are no number', rows: [row(['1. A'], 'NaN')], errorClass: 'schema_drift' },
    { what: 'no users', rows: [row(['1. A'], '')], errorClass: 'schema_drift' },
  ])('$what', async ({ rows, errorClass }) => {
    await expect(read({ rows })).rejects.toMatchObject({ errorClass });
  });

  it('{} of a proxy, which decodes to an empty answer', async () => {
    const answer = await decodedFunnel({});
    expect(() => funnelSteps(answer, asked)).toThrow(
      expect.objectContaining({ errorClass: 'bad_payload', code: 'wrong_kind' }),
    );
  });

  it('a table without the column of users', async () => {
    await expect(read({ metricHeaders: table.metricHeaders.slice(1) })).rejects.toMatchObject({
      errorClass: 'schema_drift',
    });
  });
});

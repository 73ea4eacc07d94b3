import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explanation, KeyResultRow } from '../../src/api/contract.ts';
import { casebook } from '../../src/cli/demo/casebook/index.ts';
import { casebookRows } from '../../src/cli/demo/casebook/key-results.ts';
import { casebookTruths } from './support/casebook/truth.ts';
import { type FrozenDemo, rowsOf, startFrozenDemo } from './support/truth/frozen-demo.ts';

// The demo as anybody starts it: all of the casebook on every source of the sandbox company, and each number held
// against what really happened there, counted by loops that share nothing with connectors, queries or the domain.

let frozen: FrozenDemo;
let rows: Map<string, KeyResultRow>;
let startDay: string;

beforeAll(async () => {
  frozen = await startFrozenDemo({}, casebook);
  const board = await frozen.board();
  rows = rowsOf(board);
  startDay = board.cycle?.startDay ?? '';
}, 300_000);
afterAll(() => frozen?.stop());

const TRACKED = casebookRows.filter(({ metric }) => metric !== null).map(({ key }) => key);
const JUDGED = casebookRows.filter(({ metric }) => metric === null).map(({ key }) => key);

function rowOf(key: string): KeyResultRow {
  const row = rows.get(key);
  if (row === undefined) throw new Error(`the board has no ${key}`);
  return row;
}

describe('what a source tells', () => {
  it.each(TRACKED)('%s: the value is what really happened', (key) => {
    const { currentValue, status } = rowOf(key);
    const { demo } = frozen;
    const truth = casebookTruths(demo.sandbox.model(), demo.sandbox.now(), startDay)[key];
    if (truth === undefined) throw new Error(`nobody knows the truth of ${key}`);
    const told = status.asOfDay === null ? null : truth(status.asOfDay);
    expect(told).not.toBeNull();
    expect(told).not.toBeNaN();
    expect([key, status.asOfDay, Number(currentValue?.toPrecision(9))]).toEqual([
      key,
      status.asOfDay,
      Number(told?.toPrecision(9)),
    ]);
  });

  it.each(TRACKED)('%s: the explanation leads to the answer of the source', async (key) => {
    const explained = await frozen.demo.client.call('explainKeyResult', { params: { id: key } });
    expect(explained.points.length).toBeGreaterThan(0);
    expect(answersOf(explained)).not.toEqual([]);
  });
});

/** The whole answers of a provider that the shown value was made from. */
function answersOf({ runs }: Explanation): string[] {
  const exchanges = runs.flatMap(({ evidence }) => evidence.flatMap((each) => each.exchanges));
  return exchanges.flatMap(({ responseSha256, status }) =>
    responseSha256 !== null && (status === null || status < 300) ? [responseSha256] : [],
  );
}

/** What is counted from what people write down: interviews, tests, hours, plans. The rest of what is tracked has no hand in it. */
const COUNTED = [
  'discover.hypotheses',
  'discover.interviews',
  'user-tests.live',
  'user-tests.remote',
  'satisfaction.churn-calls',
  'learning.time',
  'learning.plans',
  'learning.sharing',
  'community.meet-ups',
];

it('holds every Key Result of the casebook once, under 17 objectives: 40 automatic, 9 counted, 8 judged', async () => {
  const { objectives } = await frozen.board();
  expect(objectives).toHaveLength(17);
  expect([...rows.keys()].toSorted()).toEqual([...TRACKED, ...JUDGED].toSorted());
  expect(COUNTED.filter((key) => !TRACKED.includes(key))).toEqual([]);
  expect([TRACKED.length - COUNTED.length, COUNTED.length, JUDGED.length]).toEqual([40, 9, 8]);
  expect(casebookRows.map(({ casebookId }) => casebookId)).toEqual(
    Array.from({ length: 57 }, (_, index) => `K${String(index + 1).padStart(2, '0')}`),
  );
});

it('titles each in both languages', async () => {
  const { objectives } = await frozen.board();
  for (const { keyResults, title, titles } of objectives) {
    for (const each of [{ title, titles }, ...keyResults]) {
      expect(each.titles['zh-CN']).toMatch(/\p{Script=Han}/u);
      expect(each.title).not.toMatch(/\p{Script=Han}/u);
    }
  }
});

it.each(JUDGED)('%s: a person is asked for it, and no source is shown', async (key) => {
  const { source } = rowOf(key);
  expect(source?.kind ?? 'check_in').toBe('check_in');
  expect(source?.connectorId ?? '').toBe('');
  const cadence = await frozen.demo.client.call('getCadence', { params: { id: key } });
  expect(cadence.remindsAfterDays).toBe(14);
});

it.each(TRACKED)('%s: nobody is asked for what is read', async (key) => {
  expect(['connector', 'formula']).toContain(rowOf(key).source?.kind);
  await expect(frozen.demo.client.call('getCadence', { params: { id: key } })).rejects.toMatchObject({
    code: 'measured_by_metric',
  });
});

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
    expect(rowOf(key).source).not.toBeNull();
  });
});

/** The whole answers of a provider that the shown value was made from. */
function answersOf({ runs }: Explanation): string[] {
  const exchanges = runs.flatMap(({ evidence }) => evidence.flatMap((each) => each.exchanges));
  return exchanges.flatMap(({ responseSha256, status }) =>
    responseSha256 !== null && (status === null || status < 300) ? [responseSha256] : [],
  );
}

it('holds every Key Result of the casebook once, and under its objective', () => {
  expect([...rows.keys()].toSorted()).toEqual([...TRACKED, ...JUDGED].toSorted());
  expect(rows.size).toBe(57);
});

it.each(JUDGED)('%s: only a person says how it stands, and nothing else is pretended', (key) => {
  const row = rowOf(key);
  expect(row.source?.connectorId ?? null).toBeNull();
});

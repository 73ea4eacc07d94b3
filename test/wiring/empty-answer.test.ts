import { expect, it } from 'vitest';
import type { ConnectionRecord, MetricRecord, Sources } from '../../src/app/ports.ts';
import { syncConnection } from '../../src/app/sync-connection.ts';

const now = new Date('2026-11-20T12:00:00Z');
const metric = (history: 'backfill' | 'from_now'): MetricRecord => ({
  id: 'met_1',
  workspaceId: 'wsp_1',
  source: 'connector',
  connectionId: 'con_1',
  connectionKey: 'shop',
  key: 'sales',
  title: 'Sales',
  versionId: 'mv_1',
  version: 1,
  connectorMetric: 'sales',
  params: {},
  kind: history === 'backfill' ? 'flow' : 'stock',
  unit: 'count',
  currency: null,
  timeZone: 'UTC',
  settlesAfterHours: history === 'backfill' ? 24 : 0,
  rereadDays: 5,
  cadence: 'day',
  readEveryHours: null,
  staleAfterDays: 3,
  history,
  historyStartDay: '2026-10-01',
  cursorDay: '2026-11-20',
  definitionHash: 'hash',
  definition: null,
  inputs: [],
  changeReason: null,
});

/** A provider that answers zero for today, made of `items` objects. */
const answering = (items: number): Sources =>
  ({
    find: () => null,
    read: async () => [
      {
        ok: true,
        exchanges: [],
        reading: {
          points: [
            { day: '2026-11-20', value: '0', numerator: null, denominator: null, counts: null, flags: null },
          ],
          completeness: { pages: 1, items, lastPageReached: true, notes: [] },
        },
      },
    ],
  }) as unknown as Sources; // the other questions are not asked

// The flow is read over [14 Nov, 21 Nov): one day that settles and five that are read again, before today. A stock
// vouches for its last value for 7 days: from 13 Nov on.
it.each([
  {
    history: 'backfill',
    lastDay: '2026-11-14',
    items: 0,
    kept: false,
    why: 'the first day of the window had some',
  },
  {
    history: 'backfill',
    lastDay: '2026-11-13',
    items: 0,
    kept: true,
    why: 'the window was empty before as well',
  },
  {
    history: 'backfill',
    lastDay: '2026-11-19',
    items: 1,
    kept: true,
    why: 'one object is there, and comes to zero',
  },
  { history: 'backfill', lastDay: null, items: 0, kept: true, why: 'there never was anything' },
  { history: 'from_now', lastDay: '2026-11-13', items: 0, kept: false, why: 'a week ago there were some' },
  {
    history: 'from_now',
    lastDay: '2026-11-12',
    items: 0,
    kept: true,
    why: 'more than a week ago is too long',
  },
] as const)('an answer of $items objects to a $history metric counts: $kept, because $why', async (row) => {
  const known = {
    connection: { id: 'con_1', connectorId: 'made-up' } as ConnectionRecord,
    metrics: [metric(row.history)],
    takenBack: new Map(),
    lastNonZeroDays: new Map(row.lastDay === null ? [] : [['mv_1', row.lastDay] as const]),
    history: { failures: 0, lastErrorClass: null, limitedCount: 0, limitedForMs: 0, nextSlotInMs: null },
  };
  const signal = new AbortController().signal;
  const { outcomes, error } = await syncConnection(answering(row.items), known, now, signal);
  expect(outcomes.map((outcome) => outcome.ok)).toEqual([row.kept]);
  if (row.kept) expect(error).toBeNull();
  else
    expect(error).toMatchObject({
      class: 'bad_payload',
      message: expect.stringContaining(`the value of ${row.lastDay} is not zero`),
    });
});

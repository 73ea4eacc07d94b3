import { expect, it } from 'vitest';
import type { ConnectionRecord, ReadFailure, ReadRequest, Sources } from '../../src/app/ports.ts';
import type { Mirrored } from '../../src/app/ports-billing.ts';
import { syncConnection } from '../../src/app/sync-connection.ts';
import { metric } from './support/metric.ts';

// On one connection some metrics are computed from its raw events, and others are asked of the provider. An export that
// waits for its next hour stops the former and not the latter.

const now = new Date('2026-11-20T12:00:00Z');
const limited: ReadFailure = {
  errorClass: 'rate_limited',
  message: 'the calls of this hour are used up',
  hint: null,
  afterMs: 60_000,
};

async function sync(mirrored: Partial<Mirrored>) {
  const asked: string[] = [];
  const sources = {
    find: () => null,
    async read(_connection: ConnectionRecord, requests: ReadRequest[]) {
      asked.push(...requests.map(({ metric: name }) => name));
      const completeness = { pages: 1, items: 1, lastPageReached: true, notes: ['asked'] };
      return requests.map(() => ({ ok: true, exchanges: [], reading: { points: [], completeness } }));
    },
  } as unknown as Sources; // the other questions are not asked
  const known = {
    connection: { id: 'con_1', connectorId: 'made-up' } as ConnectionRecord,
    metrics: [metric('events_retention'), metric('event_total')],
    takenBack: new Map(),
    lastNonZeroDays: new Map(),
    history: { failures: 0, lastErrorClass: null, limitedCount: 0, limitedForMs: 0, nextSlotInMs: null },
  };
  const prepared: Mirrored = {
    failure: limited,
    lost: false,
    exchanges: [],
    unlisted: 0,
    notes: ['exported'],
    ...mirrored,
  };
  const result = await syncConnection(sources, known, now, new AbortController().signal, prepared);
  const notes = result.outcomes.map((each) => (each.ok ? each.reading.completeness.notes : null));
  return { ...result, asked, notes };
}

it('stops the metrics over events alone when the export has to wait', async () => {
  const { asked, ending, error, notes, outcomes } = await sync({ metrics: ['events_retention'] });
  expect(asked).toEqual(['event_total']);
  expect(outcomes.map(({ ok }) => ok)).toEqual([false, true]);
  expect(notes).toEqual([null, ['asked']]);
  // The run comes back for what is missing.
  expect(error?.class).toBe('rate_limited');
  expect(ending).toMatchObject({ status: 'queued', countsAsFailure: false });
});

it('stops all of them where all stand on what could not be brought up to date', async () => {
  const { asked, outcomes } = await sync({});
  expect(asked).toEqual([]);
  expect(outcomes.map(({ ok }) => ok)).toEqual([false, false]);
});

it('tells of the export in the evidence of those that stand on it', async () => {
  const { notes } = await sync({ failure: null, metrics: ['events_retention'] });
  expect(notes).toEqual([['exported', 'asked'], ['asked']]);
});

import { expect, it } from 'vitest';
import type { ConnectionRecord, ReadFailure, ReadRequest, Sources } from '../../src/app/ports.ts';
import { syncConnection } from '../../src/app/sync-connection.ts';
import { metric } from './support/metric.ts';

// Of a provider that has answered nothing for long one thing is asked, and the others only when that is answered.

const now = new Date('2026-11-20T12:00:00Z');
const failure = (errorClass: string): ReadFailure => ({
  errorClass,
  message: `it is ${errorClass}`,
  hint: null,
  afterMs: null,
});

/** Reads three metrics, of which the first answers with `first` and the others answer. */
async function sync(probing: boolean, first: ReadFailure | null) {
  const asked: string[][] = [];
  const sources = {
    find: () => null,
    async read(_connection: ConnectionRecord, requests: ReadRequest[]) {
      asked.push(requests.map(({ metric: name }) => name));
      const completeness = { pages: 1, items: 1, lastPageReached: true, notes: [] };
      const exchanges = [{ method: 'GET', url: 'https://api.example.com/' }];
      return requests.map((request) =>
        request.metric === 'first' && first !== null
          ? { ok: false, failure: first, exchanges }
          : { ok: true, exchanges, reading: { points: [], completeness } },
      );
    },
  } as unknown as Sources; // the other questions are not asked
  const known = {
    connection: { id: 'con_1', connectorId: 'made-up' } as ConnectionRecord,
    metrics: ['first', 'second', 'third'].map(metric),
    takenBack: new Map(),
    lastNonZeroDays: new Map(),
    probing,
    history: { failures: 0, lastErrorClass: null, limitedCount: 0, limitedForMs: 0, nextSlotInMs: null },
  };
  const { ending, outcomes } = await syncConnection(sources, known, now, new AbortController().signal);
  return { asked, ending: ending.status, outcomes };
}

it('asks everything at once of a provider that usually answers', async () => {
  expect((await sync(false, failure('transient'))).asked).toEqual([['first', 'second', 'third']]);
});

it('asks for one thing of one that has answered nothing for long, and says the same of the others', async () => {
  const { asked, ending, outcomes } = await sync(true, failure('transient'));
  expect(asked).toEqual([['first']]);
  expect(ending).toBe('queued');
  expect(outcomes.map((each) => (each.ok ? null : each.errorClass))).toEqual(Array(3).fill('transient'));
  // What was not asked is no evidence.
  expect(outcomes.map(({ exchanges }) => exchanges.length)).toEqual([1, 0, 0]);
});

it('asks for the others, too, when it is answered', async () => {
  const { asked, ending, outcomes } = await sync(true, null);
  expect(asked).toEqual([['first'], ['second', 'third']]);
  expect(ending).toBe('succeeded');
  expect(outcomes.map(({ metricVersionId }) => metricVersionId)).toEqual([
    'mv_first',
    'mv_second',
    'mv_third',
  ]);
});

it('asks for the others when the answer is of no use: somebody is there', async () => {
  const { asked, outcomes } = await sync(true, failure('bad_payload'));
  expect(asked).toEqual([['first'], ['second', 'third']]);
  expect(outcomes.map(({ ok }) => ok)).toEqual([false, true, true]);
});

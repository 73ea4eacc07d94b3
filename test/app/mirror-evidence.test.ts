import { expect, it } from 'vitest';
import { type MirrorDeps, mirrorBilling } from '../../src/app/mirror-billing.ts';
import type { ConnectionRecord, ExchangeRecord } from '../../src/app/ports.ts';
import type { MirrorStep } from '../../src/app/ports-billing.ts';

const request = (number: number): ExchangeRecord => ({
  method: 'GET',
  url: `https://provider.example/${number}`,
  status: number === 100 ? 500 : 200,
  requestId: null,
  responseSha256: null,
  responseBytes: 2,
  startedAt: '2026-03-01T00:00:00.000Z',
  durationMs: 1,
});

/** A provider whose walk takes `requests`, five a step; nothing of it concerns a customer. */
function depsFor(requests: number): MirrorDeps {
  async function* steps(): AsyncGenerator<MirrorStep> {
    const position = { state: {}, throughAt: null, gaps: [], note: '', records: [], deleted: [] };
    for (let at = 0; at < requests; at += 5) {
      const exchanges = Array.from({ length: 5 }, (_, index) => request(at + index));
      yield { ok: true, exchanges, batch: position };
    }
  }
  const billing = {
    ensureSeries: async () => [],
    listSeries: async () => [],
    position: async () => ({ version: 0, state: null, throughAt: null, gaps: [], note: '' }),
    catalogue: async () => ({ prices: new Map(), coupons: new Map() }),
    openEvents: async () => [],
    keep: async (_: string, version: number) => version + 1,
    loadStale: async () => [],
  };
  const sources = { find: () => ({ mirrors: ['payment'] }), mirror: steps };
  return { sources, billing, rates: {} } as unknown as MirrorDeps; // nothing else is asked
}

const mirror = (requests: number) =>
  mirrorBilling(
    depsFor(requests),
    { id: 'con_1', workspaceId: 'ws_1', connectorId: 'stripe' } as ConnectionRecord, // nothing else is looked at
    { kinds: ['payment'], series: [] },
    new Date('2026-03-01T00:00:00Z'),
    new AbortController().signal,
  );

it('lists the first and the last requests of a long walk and the one that failed, and counts them all', async () => {
  const { exchanges, notes, unlisted } = await mirror(200);
  const numbers = exchanges.map(({ url }) => Number(url.split('/').at(-1)));
  const from = (start: number, count: number) => Array.from({ length: count }, (_, index) => start + index);
  expect(numbers).toEqual([...from(0, 30), 100, ...from(170, 30)]);
  expect(exchanges.length + unlisted).toBe(200);
  expect(notes).toContain('mirror: 200 requests, 139 between the first and the last are not listed');
});

it('lists every request of a short one', async () => {
  const { exchanges, unlisted } = await mirror(60);
  expect([exchanges.length, unlisted]).toEqual([60, 0]);
});

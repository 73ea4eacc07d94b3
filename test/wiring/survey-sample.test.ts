import { expect, it } from 'vitest';
import type { ConnectionRecord, QuotaStore, ReadOutcome, ReadRequest, Vault } from '../../src/app/ports.ts';
import { createEgress, parseEgressAllow } from '../../src/egress/index.ts';
import { createSources } from '../../src/wiring/sources.ts';
import {
  response,
  startTypeform,
  TOKEN as TYPEFORM_TOKEN,
  worldOf as typeformWorld,
} from '../connectors/typeform/support/server.ts';
import {
  EMAIL,
  startZendesk,
  TOKEN as ZENDESK_TOKEN,
  worldOf as zendeskWorld,
} from '../connectors/zendesk/support/server.ts';

/** Room for every call. */
const quota: QuotaStore = {
  take: async () => ({ ok: true, id: 'call' }),
  renew: async () => {},
  done: async () => {},
  pause: async () => {},
  untilOldestExpiresMs: async () => 0,
  look: async () => ({ now: new Date(0), calls: 0, oldestAt: null, pausedUntil: null, book: null }),
  changeBook: async (_, step) => step(null, new Date()).result,
  costs: async () => ({}),
  learnCost: async () => {},
};
const now = new Date('2026-03-20T12:00:00Z');

type Asked = {
  connectorId: string;
  endpoint: URL;
  config: object;
  secrets: Record<string, string>;
  metric: string;
};

/** One metric of one day, as a worker reads it: through the guarded way out, bound to the connection's host. */
async function readOnce({ config, connectorId, endpoint, metric, secrets }: Asked): Promise<ReadOutcome> {
  const allowed = parseEgressAllow(endpoint.host);
  const egress = createEgress({ allow: allowed.ok ? allowed.rules : [] });
  const vault = { open: async () => secrets } as unknown as Vault; // nothing is sealed here
  const sources = createSources(egress, vault, quota);
  // Of a connection nothing else is looked at.
  const connection = { connectorId, endpoint: endpoint.href, config } as unknown as ConnectionRecord;
  const checked = sources.checkParams(connectorId, metric, {});
  if (!checked.ok) throw new Error(checked.problems.join(' '));
  const days = { startDay: '2026-03-10', endDay: '2026-03-11', timeZone: 'UTC' };
  const request: ReadRequest = { metric, params: checked.params, ...days };
  try {
    const [outcome] = await sources.read(connection, [request], now, new AbortController().signal);
    if (outcome === undefined) throw new Error('nothing was read');
    return outcome;
  } finally {
    await egress.close();
  }
}

const flagsOf = (outcome: ReadOutcome) => (outcome.ok ? outcome.reading.points[0]?.flags : outcome.failure);

it('keeps the sample of a score where that of records is kept, so that noise is told from change', async () => {
  const responses = [10, 10, 10].map((nps1) => response('2026-03-10T10:00:00Z', { nps1 }));
  const server = await startTypeform(typeformWorld({ responses }));
  try {
    const outcome = await readOnce({
      connectorId: 'typeform',
      endpoint: server.endpoint,
      config: { form: 'u6nXL7' },
      secrets: { token: TYPEFORM_TOKEN },
      metric: 'nps',
    });
    // Three promoters: the interval of the published method begins at -6.579.
    expect(flagsOf(outcome)).toEqual({
      sample: { size: 3, lower: expect.closeTo(-6.579, 3) as number, upper: 100, level: 0.95 },
    });
  } finally {
    await server.close();
  }
});

it('says of a value without a sample nothing of the sort', async () => {
  const server = await startZendesk(
    zendeskWorld({ tickets: [{ id: 1, createdAt: '2026-03-10T10:00:00Z' }] }),
  );
  const asked = {
    connectorId: 'zendesk',
    endpoint: server.endpoint,
    config: { email: EMAIL },
    secrets: { apiToken: ZENDESK_TOKEN },
  };
  try {
    const counted = await readOnce({ ...asked, metric: 'ticket_count' });
    expect(counted).toMatchObject({ ok: true, reading: { points: [{ value: '1', flags: null }] } });
    const unrated = await readOnce({ ...asked, metric: 'csat' });
    expect(unrated).toMatchObject({
      ok: true,
      reading: { points: [{ value: null, reason: 'zero_denominator', flags: null }] },
    });
  } finally {
    await server.close();
  }
});

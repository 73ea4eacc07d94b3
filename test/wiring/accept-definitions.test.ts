import { expect, it } from 'vitest';
import { z } from 'zod';
import { type Connector, ConnectorError, defineConnector, defineMetric } from '../../connectors/sdk/index.ts';
import type { ConnectionRecord } from '../../src/app/ports.ts';
import { acceptAll } from '../../src/wiring/accept-definitions.ts';
import { acceptedLately } from '../../src/wiring/accepted-lately.ts';
import type { Way } from '../../src/wiring/sources.ts';

type Params = { name: string };
const metric = {
  title: 'A number',
  description: '',
  stage: 'acquisition' as const,
  unit: 'count' as const,
  kind: 'flow' as const,
  paramsSchema: z.object({ name: z.string() }),
  settlesAfterHours: 0,
  rereadDays: 1,
  history: 'backfill' as const,
  read: async () => Promise.reject(new Error('accepting reads nothing')),
};
let listed = 0;
const connector: Connector = defineConnector<unknown>({
  id: 'names',
  title: 'Names',
  version: '1',
  configSchema: z.object({}),
  secretFields: [],
  guide: '',
  allowedHosts: () => [],
  limits: { requestsPerSecond: 1, concurrent: 1 },
  check: async () => ({ account: 'a', livemode: null, warnings: [] }),
  metrics: {
    plain: defineMetric<unknown, Params>(metric),
    named: defineMetric<unknown, Params>({
      ...metric,
      async accept({ record, shared }, { name }) {
        if (name === 'refused') {
          const remedy = { by: 'owner', hint: 'Make a new key.' } as const;
          throw new ConnectorError('Names refused the key.', { errorClass: 'auth', code: '401', remedy });
        }
        const names = await shared('names', async () => {
          listed += 1;
          record({
            method: 'GET',
            url: 'https://names.test/',
            status: 200,
            requestId: null,
            responseSha256: null,
            responseBytes: 2,
            startedAt: '2026-06-01T10:00:00Z',
            durationMs: 1,
          });
          return ['known'];
        });
        const problems = names.includes(name) ? [] : [`name "${name}" does not exist. Choose known.`];
        return { problems, warnings: [], timeZone: 'Europe/Berlin', currency: null };
      },
    }),
  },
});
const connection = { id: 'c', workspaceId: 'w', config: {}, endpoint: null } as unknown as ConnectionRecord;

/** Counts how often the key was opened. */
function way() {
  const opened = { times: 0 };
  const parts = {
    egress: { forHosts: () => async () => Promise.reject(new Error('no network')), resolve: async () => [] },
    vault: {
      open: async () => {
        opened.times += 1;
        return {};
      },
    },
    quota: {},
    signal: new AbortController().signal,
    now: new Date(),
  };
  return { opened, way: parts as unknown as Way }; // what a context is made of
}

it('takes what a connector has no question about, and opens no key for it', async () => {
  const { opened, way: given } = way();
  const nothing = { problems: [], warnings: [], timeZone: null, currency: null };
  const plain = [{ metric: 'plain', params: { name: 'x' } }];
  expect(await acceptAll(connector, connection, plain, given, acceptedLately())).toEqual([
    { ok: true, acceptance: nothing, exchanges: [] },
  ]);
  expect(await acceptAll(null, connection, plain, given, acceptedLately())).toMatchObject([{ ok: true }]);
  expect(opened.times).toBe(0);
});

it('answers each definition by itself, and asks once for what they share', async () => {
  const { opened, way: given } = way();
  listed = 0;
  const asked = ['known', 'other', 'refused'].map((name) => ({ metric: 'named', params: { name } }));
  const [known, other, refused] = await acceptAll(connector, connection, asked, given, acceptedLately());
  expect(known).toMatchObject({ ok: true, acceptance: { problems: [], timeZone: 'Europe/Berlin' } });
  expect(known?.exchanges).toMatchObject([{ url: 'https://names.test/', status: 200 }]);
  expect(other).toMatchObject({
    ok: true,
    acceptance: { problems: ['name "other" does not exist. Choose known.'] },
  });
  expect(refused).toMatchObject({ ok: false, failure: { errorClass: 'auth', hint: 'Make a new key.' } });
  expect({ listed, opened: opened.times }).toEqual({ listed: 1, opened: 1 });
});

it('asks once for many metrics of one definition, and again later, elsewhere, or once it was refused', async () => {
  const lately = acceptedLately();
  const { opened, way: given } = way();
  const accept = (name: string, now: Date, over: Partial<ConnectionRecord> = {}) =>
    acceptAll(
      connector,
      { ...connection, ...over },
      [{ metric: 'named', params: { name } }],
      { ...given, now },
      lately,
    );
  const now = new Date('2026-06-01T10:00:00Z');
  const first = await accept('known', now);
  expect(await accept('known', new Date('2026-06-01T10:04:59Z'))).toMatchObject([
    { ok: true, acceptance: first[0]?.ok === true ? first[0].acceptance : null, exchanges: [] },
  ]);
  expect(opened.times).toBe(1);
  await accept('known', new Date('2026-06-01T10:05:00Z'));
  await accept('known', now, { config: { propertyId: '2' } });
  expect(opened.times).toBe(3);
  await accept('other', now);
  await accept('other', now);
  expect(opened.times).toBe(5);
});

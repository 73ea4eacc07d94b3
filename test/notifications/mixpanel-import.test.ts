import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  mixpanelSettingsSchema,
  progressMessageSchema,
  sendProgress,
} from '../../src/notifications/mixpanel.ts';
import { startReceiver } from './receiver.ts';

const file = new URL('../fixtures/mixpanel/made/import_partly_refused.json', import.meta.url);
const { status, response, expected } = JSON.parse(readFileSync(file, 'utf8')) as {
  status: number;
  response: { failed_records: object[] };
  expected: { retry: boolean };
};
const message = progressMessageSchema.parse({
  v: 1,
  type: 'key_result.progress',
  keyResult: { id: 'kr_1', key: 'growth.signups', title: 'Sign-ups' },
  asOfDay: '2026-03-08',
  revision: 'snapshot-7',
  computedAt: '2026-03-09T06:00:00Z',
  value: 120,
  target: 200,
  progress: 0.2,
  expected: 0.5,
  status: 'off_track',
  dataState: 'fresh',
  sandbox: true,
});

it('import_partly_refused.json: an event that a strict import refuses is not sent again', async () => {
  // We send one event at a time, so the refused one is the first of its request.
  const failed = response.failed_records.map((record) => ({ ...record, index: 0 }));
  const receiver = await startReceiver((_, answer) => {
    answer.writeHead(status, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ ...response, failed_records: failed }));
  });
  try {
    const outcome = await sendProgress({
      settings: mixpanelSettingsSchema.parse({ projectId: 2195193, serviceAccount: 'tidemark.sa' }),
      secrets: { serviceAccountSecret: 'kEpt0utOfSight' },
      endpoint: new URL(receiver.url),
      message,
      fetch: receiver.fetch,
      signal: new AbortController().signal,
      now: new Date('2026-03-09T06:00:01Z'),
    });
    expect(outcome).toMatchObject({ ok: false, status, permanent: !expected.retry });
    expect(receiver.received).toHaveLength(1);
  } finally {
    await receiver.close();
  }
});

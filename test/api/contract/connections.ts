import type { Driver } from './driver.ts';
import { idOf } from './plan.ts';

/** Connections, their checks, syncs and what was read. */
export async function connections({ done, reads, refused }: Driver): Promise<void> {
  await reads('listConnectors', {}, { id: 'stripe' });
  const records = { key: 'c-rec', connectorId: 'records', config: {} };
  await done('createConnection', { body: records });
  await reads('listConnections', {}, { key: 'c-rec' });
  await refused('createConnection', 409, 'already_exists', { body: records });
  const stripe = {
    connectorId: 'stripe',
    environment: 'sandbox',
    config: { apiKey: 'rk_test_planted_12345' },
  };
  const inside = 'http://169.254.169.254';
  await refused('createConnection', 422, 'blocked_destination', {
    body: { ...stripe, key: 'c-in', endpoint: inside },
  });
  await done('createConnection', { body: { ...stripe, key: 'c-stripe', endpoint: 'http://127.0.0.1:2525' } });
  await refused('updateConnection', 422, 'blocked_destination', {
    id: 'c-stripe',
    body: { endpoint: inside, config: stripe.config },
  });
  await refused('checkChange', 422, 'blocked_destination', {
    id: 'c-stripe',
    body: { endpoint: inside, config: stripe.config },
  });
  await done('updateConnection', { id: 'c-stripe', body: { title: 'Till' } });
  await reads('getConnection', { id: 'c-stripe' }, { title: 'Till' });
  await reads('checkConnection', { id: 'shop' }, {});
  await reads('checkChange', { id: 'shop', body: {} }, {});
  await done('checkDraft', { body: { connectorId: 'records', config: {} } });
  await refused('checkDraft', 422, 'validation', { body: { connectorId: 'stripe', config: {} } });
  await refused('checkDraft', 422, 'blocked_destination', {
    body: { ...stripe, environment: undefined, endpoint: inside },
  });
  await done('listBudgets', { id: 'c-stripe' });
  await reads('listCoverage', { id: 'shop' }, {});
  await reads('listMeasurable', { id: 'shop' }, { metric: 'mrr' });
  const member = idOf(
    await done('addMember', { body: { email: 'keeper@c.test', name: 'Keeper', role: 'editor' } }),
  );
  await done('setConnectionOwner', { id: 'c-stripe', body: { member } });
  await reads('getConnection', { id: 'c-stripe' }, { owner: 'Keeper' });
  await refused('switchWriteBack', 422, 'write_back_unsupported', {
    id: 'c-stripe',
    body: { enabled: true },
  });
  await done('createConnection', {
    body: { key: 'c-mix', connectorId: 'mixpanel', environment: 'live', config: MIXPANEL },
  });
  await done('switchWriteBack', { id: 'c-mix', body: { enabled: true } });
  await reads('listChannels', { query: { kind: 'mixpanel' } }, { enabled: true });

  const runs = (await done('startSync', { body: { connection: 'shop' } }))['data'] as { id: string }[];
  const run = runs[0]?.id ?? '';
  await reads('getRun', { id: run }, { id: run });
  await reads('listRuns', {}, { id: run });
  const worked = (await done('listRuns', { query: { status: 'succeeded' } }))['data'] as { id: string }[];
  await reads('listRunEvidence', { id: worked[0]?.id }, {});
  await done('updateConnection', { id: 'c-stripe', body: { paused: true } });
  await refused('startSync', 409, 'connection_paused', { body: { connection: 'c-stripe' } });
  await refused('archiveConnection', 409, 'in_use', { id: 'shop' });
  await done('createMetric', { body: { key: 'c-of-rec', connection: 'c-rec', metric: 'nps' } });
  await done('archiveMetric', { id: 'c-of-rec' });
  await done('archiveConnection', { id: 'c-rec' });
  await refused('getConnection', 404, 'not_found', { id: 'c-rec' });
  await refused('restoreMetric', 409, 'within_archived', { id: 'c-of-rec' });
  await done('restoreConnection', { id: 'c-rec' });
  await reads('getConnection', { id: 'c-rec' }, { key: 'c-rec' });
  await refused('restoreConnection', 409, 'not_archived', { id: 'c-rec' });
}

const MIXPANEL = {
  projectId: 1234567,
  serviceAccount: 'tidemark.a1b2c3.mp-service-account',
  serviceAccountSecret: 'kEpt0utOfSight',
  region: 'us',
  projectToken: 'a'.repeat(32),
};

import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectionNotices } from '../../src/app/account-notices.ts';
import { checkConnection } from '../../src/app/check-connection.ts';
import { createMetric } from '../../src/app/create-metric.ts';
import type { Actor } from '../../src/app/ports.ts';
import { type Simulation, startSimulation } from './support/simulation.ts';

let simulation: Simulation;
/** Works in a workspace whose days are not the property's. */
let elsewhere: Actor;

beforeAll(async () => {
  simulation = await startSimulation({
    startAt: new Date('2026-05-04T06:00:00Z'),
    historyDays: 20,
    sandbox: { seed: 5, anchorDay: '2026-03-01', company: { dailyVisitors: 6 } },
  });
  await simulation.connect('ga4', 'web', 360);
  const { actor } = simulation;
  elsewhere = { ...actor, workspace: { ...actor.workspace, timeZone: 'Pacific/Auckland' } };
});
afterAll(() => simulation?.close());

const named = (key: string, metric: string, params = {}, actor = simulation.actor) =>
  createMetric(simulation.services.deps, actor, { key, connection: 'web', metric, params, historyDays: 5 });
const metrics = () => simulation.services.deps.sources.listMetrics(simulation.services.workspace.id);

it('refuses a key event that the property does not have, before anything is stored', async () => {
  await expect(named('never', 'key_event_conversion', { keyEvent: 'no_such_event' })).rejects.toMatchObject({
    kind: 'invalid',
    message: expect.stringContaining('no_such_event'),
  });
  expect(await metrics()).toEqual([]);
});

it('says that the key is refused, and stores nothing that could not be read', async () => {
  simulation.breakProvider('ga4', 'revoked');
  await expect(named('never', 'sessions')).rejects.toMatchObject({ kind: 'source_failed' });
  simulation.heal('ga4');
  expect(await metrics()).toEqual([]);
});

it('takes the definition while the provider is out, with a warning', async () => {
  simulation.breakProvider('ga4', 'server_error');
  const { warnings } = await named('unchecked', 'sessions');
  simulation.heal('ga4');
  expect(warnings.map(({ code }) => code)).toEqual(['not_asked']);
  expect(await metrics()).toHaveLength(1);
});

it('gives a metric the days that the property cuts, and shows that they are not the workspace’s', async () => {
  const { timeZone } = simulation.sandbox.state();
  const metric = await named('visits', 'sessions', {}, elsewhere);
  expect(metric.timeZone).toBe(timeZone);
  expect(metric.warnings).toEqual([
    { code: 'days_differ', values: { accountZone: timeZone, workspaceZone: 'Pacific/Auckland' } },
  ]);
  const [connection] = await simulation.services.deps.sources.listConnections(elsewhere.workspace.id);
  expect(connection?.account).toMatchObject({ timeZone, currency: expect.stringMatching(/^[A-Z]{3}$/) });
});

it('notices at the next check that the property’s zone was changed', async () => {
  const { deps } = simulation.services;
  const { timeZone: from } = simulation.sandbox.state();
  simulation.change((state) => ({ ...state, timeZone: 'America/Los_Angeles' }));
  const { notices, timeZone } = await checkConnection(
    deps,
    simulation.actor,
    'web',
    new AbortController().signal,
  );
  expect(timeZone).toBe('America/Los_Angeles');
  expect(notices).toContainEqual({
    code: 'zone_changed',
    values: { from, to: 'America/Los_Angeles', changedDay: '2026-05-04' },
  });
  const [connection] = await deps.sources.listConnections(simulation.actor.workspace.id);
  if (connection === undefined) throw new Error('it was just checked');
  const later = new Date('2026-05-20T00:00:00Z');
  expect(connectionNotices(connection, simulation.actor.workspace, later).map(({ code }) => code)).toContain(
    'zone_changed',
  );
});

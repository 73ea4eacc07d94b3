import { expect, it } from 'vitest';
import { type AskedDefinition, askProviders } from '../../src/app/accept-metric.ts';
import type {
  Acceptance,
  AcceptOutcome,
  Actor,
  ConnectionRecord,
  Deps,
  ReadFailure,
} from '../../src/app/ports.ts';

const NOW = new Date('2026-06-01T10:00:00Z');
const workspace = { id: 'w', name: 'W', timeZone: 'Europe/Berlin' };
const actor: Actor = { workspace, name: 'ada', requestId: null };
const connection = (change: Partial<ConnectionRecord> = {}): ConnectionRecord => ({
  id: 'con_1',
  workspaceId: 'w',
  key: 'web',
  title: 'Website',
  connectorId: 'ga4',
  environment: 'live',
  endpoint: null,
  config: {},
  state: 'active',
  stateReason: null,
  blockedUntil: null,
  circuitUntil: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  owner: null,
  schedule: null,
  account: null,
  ...change,
});
const fine: Acceptance = { problems: [], warnings: [], timeZone: null, currency: null };
const accepted = (change: Partial<Acceptance> = {}): AcceptOutcome => ({
  ok: true,
  acceptance: { ...fine, ...change },
  exchanges: [],
});
const failed = (failure: Partial<ReadFailure>): AcceptOutcome => ({
  ok: false,
  failure: { errorClass: 'transient', message: 'It did not answer.', hint: null, afterMs: null, ...failure },
  exchanges: [],
});
const asked = (change: Partial<AskedDefinition> = {}): AskedDefinition => ({
  connection: connection(),
  metric: 'report',
  params: { metric: 'sessions' },
  ...change,
});

/** Use cases over a provider that says `outcome`, with what it was asked and what was kept. */
function provider(outcome: AcceptOutcome) {
  const calls: unknown[][] = [];
  const kept: unknown[] = [];
  const audit: unknown[] = [];
  const deps = {
    clock: { now: async () => NOW },
    audit: { append: async (entry: unknown) => void audit.push(entry) },
    sources: { saveAccount: async (id: string, account: unknown) => void kept.push([id, account]) },
    connectors: {
      accept: async (_connection: unknown, definitions: unknown[]) => {
        calls.push(definitions);
        return definitions.map(() => outcome);
      },
    },
  } as unknown as Deps; // what asking needs of them
  return { deps, calls, kept, audit };
}

it('refuses a definition with the provider’s own problem, and names the field', async () => {
  const detail = 'metric "sesions" does not exist; did you mean "sessions"?';
  const { deps } = provider(accepted({ problems: [detail] }));
  await expect(askProviders(deps, actor)(asked())).rejects.toMatchObject({
    kind: 'invalid',
    message: `Website cannot answer report: ${detail}`,
    fix: expect.stringContaining('tidemark connection metrics web'),
    errors: [{ pointer: '/params', code: 'not_accepted', detail }],
  });
});

it('hands on what the provider warns of', async () => {
  const { deps } = provider(accepted({ warnings: ['It is renamed next month.'] }));
  expect((await askProviders(deps, actor)(asked())).warnings).toEqual([
    { code: 'provider', values: { text: 'It is renamed next month.' } },
  ]);
});

it('says that a key is refused, instead of storing what cannot be read', async () => {
  const { deps } = provider(
    failed({ errorClass: 'auth', message: 'The key is refused.', hint: 'Make one.' }),
  );
  await expect(askProviders(deps, actor)(asked())).rejects.toMatchObject({
    code: 'source_auth',
    fix: 'Make one.',
  });
});

it.each(['transient', 'rate_limited', 'bad_payload', 'schema_drift'])(
  'costs nobody their work when the provider fails (%s): the definition is taken, and that it was not checked is said',
  async (errorClass) => {
    const { deps } = provider(failed({ errorClass }));
    expect((await askProviders(deps, actor)(asked())).warnings).toEqual([
      { code: 'not_asked', values: { connection: 'Website', why: 'It did not answer.' } },
    ]);
  },
);

it('asks nothing of a provider that has asked for quiet', async () => {
  const { calls, deps } = provider(accepted());
  const quiet = connection({ blockedUntil: new Date('2026-06-01T10:00:01Z') });
  const { warnings } = await askProviders(deps, actor)(asked({ connection: quiet }));
  expect(warnings).toMatchObject([{ code: 'not_asked' }]);
  expect(calls).toEqual([]);
});

it('asks about everything of one connection at once, and about the same only once', async () => {
  const { calls, deps } = provider(accepted());
  const users = asked({ params: { metric: 'users' } });
  const other = asked({ connection: connection({ id: 'con_2' }) });
  const ask = askProviders(deps, actor, { known: [asked(), users, asked(), other] });
  for (const each of [asked(), users, asked(), other]) await ask(each);
  expect(calls.map((definitions) => definitions.length)).toEqual([2, 1]);
});

it('stops when whoever asked has gone', async () => {
  const reason = new Error('hung up');
  const { deps } = provider(failed({}));
  const ask = askProviders(deps, actor, { signal: AbortSignal.abort(reason) });
  await expect(ask(asked())).rejects.toBe(reason);
});

it('keeps the zone and the money that the answer names', async () => {
  const { audit, deps, kept } = provider(accepted({ timeZone: 'America/Los_Angeles', currency: 'usd' }));
  await askProviders(deps, actor)(asked());
  expect(kept).toEqual([['con_1', { timeZone: 'America/Los_Angeles', currency: 'USD', zoneChanged: null }]]);
  expect(audit).toEqual([]);
});

it('keeps what it knew where an answer does not name it', async () => {
  const { deps, kept } = provider(accepted());
  const account = { timeZone: 'Europe/Berlin', currency: null, checkedAt: NOW, zoneChanged: null };
  const { account: known } = await askProviders(deps, actor)(asked({ connection: connection({ account }) }));
  expect(known).toEqual(account);
  expect(kept).toEqual([]);
});

it('writes down that the provider has changed the zone, for the connection and for good', async () => {
  const { audit, deps, kept } = provider(accepted({ timeZone: 'Europe/Paris' }));
  const account = { timeZone: 'Europe/Berlin', currency: 'EUR', checkedAt: NOW, zoneChanged: null };
  await askProviders(deps, actor)(asked({ connection: connection({ account }) }));
  expect(kept).toEqual([
    ['con_1', { timeZone: 'Europe/Paris', currency: 'EUR', zoneChanged: { from: 'Europe/Berlin', at: NOW } }],
  ]);
  expect(audit).toMatchObject([
    {
      action: 'account_zone_changed',
      objectId: 'con_1',
      details: { key: 'web', from: 'Europe/Berlin', to: 'Europe/Paris' },
    },
  ]);
});

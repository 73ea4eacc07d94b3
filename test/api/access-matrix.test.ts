import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIVE_PATH } from '../../src/api/live-path.ts';
import { type Route, type RouteName, routes } from '../../src/api/routes.ts';
import { bodies, FOREIGN_BODY, MIXED, NAMES_NOTHING } from './support/route-bodies.ts';
import type { Answer } from './support/server.ts';
import {
  type Credentials,
  digestOf,
  issue,
  type Refs,
  sessionOf,
  startTwoWorlds,
  type TwoWorlds,
  tokenOf,
} from './support/two-worlds.ts';

// Row R21 of the reliability rules: every route × every role × objects of one's own and of a foreign workspace. What is
// expected is written here by hand, from section 13, and not read from the routes.

type Kind = 'view' | 'edit' | 'sync' | 'credentials' | 'admin' | 'self' | 'open';
const names = (text: string): RouteName[] => text.trim().split(/\s+/) as RouteName[];

/** Who may what. A route that is missing here fails the first test. */
const MAY: Record<Kind, RouteName[]> = {
  open: names('createSession setPassword'),
  self: names(`endSession switchWorkspace createSignInLink getMe changePassword createToken listTokens revokeToken
    listWorkspaces`),
  view: names(`getBoard getKeyResult explainKeyResult listCycles listObjectives listConnectors listConnections
    getConnection listMeasurable listBudgets listCoverage listMetrics listPoints listRuns getRun listChannels getChannel previewDigest
    listDeliveries getDelivery listAlertRules simulateAlertRule listAlerts getAlert listSnoozes getCadence listCatalog
    getCatalogEntry getCycle getScorecard listHints getObjective readTextDrafts listCheckIns listRecords listEventNames
    explainMovements explainKeyResultMovements listRates listPublicLinks listBaselines listVersions
    listDefinitionChanges getDefinitionChange listMembers getMember getWorkspace listKeyResults listBindings getForecast
    getEvidence downloadChart listOverrides listInitiatives getInitiative getMetric listRunEvidence getAlertRule`),
  edit: names(`createKeyResult bindKeyResult createCycle createObjective previewMetric createMetric testChannel redeliver
    createAlertRule changeAlertRule acknowledgeAlert withdrawAcknowledgement createSnooze endSnooze setCadence
    previewMeasurement previewBinding closeCycle carryOver updateObjective importText measureKeyResult createValuesMetric pushValues
    uploadValues checkIn tickStep pushRecords uploadRecords uploadEvents keepRates createPublicLink revokePublicLink
    setBaseline overrideValue endOverride setGuard removeGuard createFormula changeMetric withdrawVersion
    acceptDefinition updateCycle archiveCycle restoreCycle archiveObjective restoreObjective updateKeyResult
    archiveKeyResult restoreKeyResult unbindKeyResult createInitiative updateInitiative deleteInitiative renameMetric
    archiveMetric restoreMetric archiveAlertRule restoreAlertRule`),
  sync: names('checkConnection startSync'),
  credentials:
    names(`createConnection checkDraft checkChange updateConnection switchWriteBack createChannel changeChannel rotateChannelSecret
    archiveConnection restoreConnection archiveChannel restoreChannel`),
  admin:
    names(`addMember changeRole inviteAgain removeMember setConnectionOwner createWorkspace updateWorkspace
    listAuditLog exportWorkspace`),
};
/** What the owner of a connection may do with it, whatever the role. */
const OWNER = names('checkConnection checkChange startSync updateConnection switchWriteBack');

const SCOPE: Record<'view' | 'edit' | 'sync' | 'credentials' | 'admin', string> = {
  view: 'read',
  edit: 'write',
  sync: 'sync',
  credentials: 'credentials',
  admin: 'admin',
};
const BY_ROLE: Record<string, Kind[]> = {
  viewer: ['view', 'self', 'open'],
  editor: ['view', 'edit', 'sync', 'credentials', 'self', 'open'],
  admin: ['view', 'edit', 'sync', 'credentials', 'admin', 'self', 'open'],
};

type Caller = {
  name: string;
  headers: Credentials;
  /** 401: nobody is known by it. */
  known: boolean;
  may(route: RouteName, kind: Kind): boolean;
};

let worlds: TwoWorlds;
let callers: Caller[];
let before: string;
beforeAll(async () => {
  worlds = await startTwoWorlds();
  callers = await allCallers();
  before = await digestOf(worlds.server, worlds.theirs.workspaceId);
}, 120_000);
afterAll(() => worlds?.close());

async function allCallers(): Promise<Caller[]> {
  const { ours, server } = worlds;
  const { users, workspaceId } = ours;
  const nobody = (name: string, headers: Credentials): Caller => ({
    name,
    headers,
    known: false,
    may: (_route, kind) => kind === 'open',
  });
  const person = (name: string, role: string, userId: string): Caller => ({
    name,
    headers: sessionOf(server, workspaceId, userId),
    known: true,
    may: (route, kind) =>
      BY_ROLE[role]?.includes(kind) === true || (name === 'owner' && OWNER.includes(route)),
  });
  const looks = (route: RouteName, kind: Kind): boolean =>
    kind === 'open' || (kind === 'self' && routes[route].method === 'GET');
  const oneScope = (['read', 'write', 'sync', 'credentials', 'admin'] as const).map(
    (scope): Caller => ({
      name: `token with ${scope}`,
      headers: tokenOf(server, { workspaceId, userId: users.admin, scopes: [scope] }),
      known: true,
      may: (route, kind) => looks(route, kind) || SCOPE[kind as keyof typeof SCOPE] === scope,
    }),
  );
  const every = ['read', 'write', 'sync', 'credentials', 'admin'] as const;
  const expired = await issue(server, { workspaceId, userId: users.admin, validSeconds: -1 });
  const revoked = await issue(server, { workspaceId, userId: users.admin });
  await server.services.deps.access.grants.end(revoked.id);
  const bearer =
    (text: string): Credentials =>
    async () => ({ authorization: `Bearer ${text}` });
  return [
    nobody('nobody', async () => ({ authorization: '' })),
    nobody('expired token', bearer(expired.text)),
    nobody('revoked token', bearer(revoked.text)),
    person('viewer', 'viewer', users.viewer),
    person('editor', 'editor', users.editor),
    person('admin', 'admin', users.admin),
    person('owner', 'viewer', users.owner),
    ...oneScope,
    {
      name: 'viewer with a token of every scope',
      headers: tokenOf(server, { workspaceId, userId: users.viewer, scopes: [...every] }),
      known: true,
      may: (route, kind) => looks(route, kind) || kind === 'view',
    },
    {
      name: 'owner with a token to sync',
      headers: tokenOf(server, { workspaceId, userId: users.owner, scopes: ['sync'] }),
      known: true,
      may: (route, kind) => looks(route, kind) || route === 'checkConnection' || route === 'startSync',
    },
    {
      name: 'operator of the machine',
      headers: bearer(server.api.localToken),
      known: true,
      may: () => true,
    },
  ];
}

function kindOf(route: RouteName): Kind {
  const found = (Object.keys(MAY) as Kind[]).find((kind) => MAY[kind].includes(route));
  if (found === undefined) throw new Error(`${route} is not in the table of this test: write who may use it`);
  return found;
}

/** Reading first, what ends something last: each call finds what it is about. */
const inOrder = (Object.keys(routes) as RouteName[]).toSorted((a, b) => rank(a) - rank(b));
function rank(name: RouteName): number {
  if (name === 'closeCycle') return 9;
  return { GET: 0, POST: 1, PATCH: 2, PUT: 3, DELETE: 4 }[routes[name].method];
}

function pathOf(name: RouteName, refs: Refs): string {
  const { path } = routes[name];
  const [, kind = ''] = /^\/api\/v1\/([^/]+)/.exec(path) ?? [];
  const id = refs[kind];
  if (path.includes(':id') && id === undefined) throw new Error(`plant something for ${path}`);
  return path.replace(':id', id ?? '').replace(':override', refs['overrides'] ?? '');
}

async function call(caller: Caller, name: RouteName, path: Refs, body: Refs = path): Promise<Answer> {
  const route: Route = routes[name];
  const address = pathOf(name, path);
  const headers = await caller.headers();
  if (route.file === true)
    return worlds.server.ask('POST', address, '{}\n', {
      ...headers,
      'content-type': 'application/octet-stream',
    });
  const sent = route.method === 'GET' ? undefined : (bodies[name]?.(body) ?? (route.body ? {} : undefined));
  return worlds.server.ask(route.method, address, sent, headers);
}

/** What says that somebody may not, and not that something does not fit. */
const REFUSALS = ['unauthorized', 'scope_missing', 'role_missing', 'in_person_only', 'csrf', 'forbidden'];
const codeOf = ({ json }: Answer): string => (typeof json['code'] === 'string' ? json['code'] : '');
const refused = (answer: Answer): boolean => REFUSALS.includes(codeOf(answer));

it('R21: every route is in the table, once', () => {
  const table = Object.values(MAY).flat();
  expect(Object.keys(routes).filter((name) => !table.includes(name as RouteName))).toEqual([]);
  expect(table.filter((name) => !(name in routes))).toEqual([]);
  expect(new Set(table).size).toBe(table.length);
  expect(table.length).toBeGreaterThan(100);
});

describe("R21: objects of one's own workspace", () => {
  it.each(inOrder)('%s', async (name) => {
    const kind = kindOf(name);
    const faults: string[] = [];
    for (const caller of callers) {
      const answer = await call(caller, name, worlds.ours.refs);
      const said = `${caller.name}: ${answer.status} ${codeOf(answer)}`;
      if (caller.may(name, kind)) {
        if (refused(answer) || answer.status === 500) faults.push(`${said}, though they may`);
      } else if (answer.status !== (caller.known ? 403 : 401) || !refused(answer)) {
        faults.push(`${said}, though they may not`);
      }
    }
    expect(faults).toEqual([]);
  });

  it("another's connection is not the owner's to sync, check, change or end, by id or by key", async () => {
    const owner = callers.find(({ name }) => name === 'owner') as Caller;
    for (const other of [worlds.ours.refs['other'], 'ours-other']) {
      const refs = { ...worlds.ours.refs, connections: other ?? '' };
      for (const name of OWNER) expect([name, (await call(owner, name, refs)).status]).toEqual([name, 403]);
    }
    const both = await worlds.server.ask(
      'POST',
      '/api/v1/sync-runs',
      { connection: worlds.ours.refs['connections'], keyResult: worlds.ours.refs['key-results'] },
      await owner.headers(),
    );
    expect(both.status).toBe(403);
    expect((await worlds.server.ask('POST', '/api/v1/sync-runs', {}, await owner.headers())).status).toBe(
      403,
    );
  });
});

describe('R21: objects of a foreign workspace', () => {
  const foreign = inOrder.filter(
    (name) =>
      !NAMES_NOTHING.includes(name) && (routes[name].path.includes(':id') || FOREIGN_BODY.includes(name)),
  );

  it.each(foreign)('%s', async (name) => {
    const kind = kindOf(name);
    const { ours, theirs } = worlds;
    const faults: string[] = [];
    const check = (caller: Caller, answer: Answer, what: string): void => {
      const said = `${caller.name}, ${what}: ${answer.status} ${codeOf(answer)}`;
      if (answer.status < 400 || answer.status >= 500) faults.push(said);
      if (answer.text.includes('heirs-') || answer.text.includes('Their')) faults.push(`${said} tells of it`);
      if (!caller.may(name, kind) && !refused(answer)) faults.push(said);
    };
    for (const caller of callers) {
      const asked = { ...theirs.refs, catalog: 'mrr' };
      check(caller, await call(caller, name, asked), 'by id');
      if (MIXED.includes(name))
        check(caller, await call(caller, name, ours.refs, theirs.refs), 'in the body');
    }
    expect(faults).toEqual([]);
  });

  it('lists and exports hold nothing of it', async () => {
    const admin = callers.find(({ name }) => name === 'admin') as Caller;
    for (const name of inOrder) {
      const { method, path } = routes[name];
      if (method !== 'GET' || path.includes(':id')) continue;
      const { text } = await call(admin, name, worlds.ours.refs);
      for (const id of Object.values(worlds.theirs.refs).filter((each) => each.length > 8))
        expect(text.includes(id), `${name} tells of ${id}`).toBe(false);
    }
  });

  it('what happens is told to nobody without access, and a scope that may not read', async () => {
    for (const caller of callers.filter(({ known, may }) => !known || !may('getBoard', 'view'))) {
      const answer = await worlds.server.ask('GET', LIVE_PATH, undefined, await caller.headers());
      expect([caller.name, answer.status]).toEqual([caller.name, caller.known ? 403 : 401]);
    }
  });

  it('and after all of that no row of it has changed', async () => {
    expect(await digestOf(worlds.server, worlds.theirs.workspaceId)).toBe(before);
  });
});

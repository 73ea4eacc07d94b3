import type { RouteName } from './routes.ts';

/**
 * What each route is to the conventions that hold for all of them; `serve-route.ts` keeps them, the document tells of
 * them. A test asks that every list and every change has its line here.
 */
type Names<T> = Readonly<Record<string, T>>;

/** What the order of a list goes by: see `pageOf`. Absent: by id, which is the order of making. */
const ORDER: Names<readonly string[]> = {
  listCycles: ['-startDay', 'id'],
  listConnectors: ['=id'],
  listMeasurable: ['=metric'],
  listBudgets: ['=name'],
  listCoverage: ['=metricKey'],
  listPoints: ['day'],
  listRuns: ['-id'],
  listDeliveries: ['-id'],
  listAlerts: ['-since', '-id'],
  listSnoozes: ['until', 'id'],
  listCatalog: ['=key'],
  listHints: ['=code', '=objectiveKey', '=keyResultKey', '=text'],
  listVersions: ['version'],
  listDefinitionChanges: ['keyResult.id'],
  listCheckIns: ['-day', '-id'],
  listRecords: ['kind'],
  listEventNames: ['-count', 'event'],
  listRates: ['=currency', '=day'],
  listPublicLinks: ['-id'],
  listOverrides: ['-id'],
  listRunEvidence: ['recordedAt', 'id'],
  listAuditLog: ['-id'],
  listTokens: ['-id'],
};
const BY_ID = ['id'];

/** Plain fields of the query that rows are filtered by: one value, or several with commas. */
const FILTERS: Names<readonly string[]> = {
  listCycles: ['state'],
  listObjectives: ['cycleId', 'owner', 'stage', 'phase', 'parentId'],
  listConnections: ['state', 'connectorId', 'environment', 'owner'],
  listMetrics: ['connectionKey', 'kind', 'source'],
  listAlerts: ['state', 'severity', 'kind', 'owner'],
  listAlertRules: ['keyResultId', 'objectiveId'],
  listChannels: ['kind'],
  listSnoozes: ['owner', 'kind'],
  listMeasurable: ['stage'],
  listRuns: ['status', 'trigger'],
  listDeliveries: ['status', 'channelKey', 'kind'],
};

/** The GET whose ETag a change names in `If-Match`. */
const CHANGES: Names<string> = {
  updateConnection: 'getConnection',
  changeChannel: 'getChannel',
  updateObjective: 'getObjective',
  setCadence: 'getCadence',
  setGuard: 'getKeyResult',
  removeGuard: 'getKeyResult',
  updateCycle: 'getCycle',
  updateKeyResult: 'getKeyResult',
  updateInitiative: 'getInitiative',
  renameMetric: 'getMetric',
  changeAlertRule: 'getAlertRule',
};

/** Changes that have no version to hold against: they end something once, or say a value of a day. */
export const UNVERSIONED: readonly string[] = [
  'endOverride',
  'endSnooze',
  'revokePublicLink',
  'withdrawAcknowledgement',
  'tickStep',
  'keepRates',
  'archiveCycle',
  'archiveObjective',
  'archiveKeyResult',
  'archiveMetric',
  'archiveConnection',
  'archiveChannel',
  'archiveAlertRule',
  'unbindKeyResult',
  'deleteInitiative',
  'endSession',
  'changePassword',
  'revokeToken',
  'changeRole',
  'removeMember',
  'setConnectionOwner',
  'updateWorkspace',
];

/** Fields of an answer that move although nobody has changed a definition. */
const COMPUTED: Names<readonly string[]> = {
  getCycle: ['state'],
  getObjective: ['progress', 'coverage', 'items', 'formula'],
  getChannel: ['disabledReason'],
  getMetric: ['liveVersions', 'version'],
  getMember: ['state'],
  getConnection: [
    'state',
    'stateReason',
    'schedule.nextDueAt',
    'lastSuccessAt',
    'lastFailureAt',
    'account',
    'warnings',
    'webhook',
  ],
  getKeyResult: [
    'startValue',
    'targetValue',
    'currentValue',
    'progress',
    'expected',
    'pace',
    'status',
    'data',
    'trend',
    'cohort',
    'chance',
    'guard.state',
    'guard.currentValue',
    'guard.asOfDay',
    'guard.reason',
    'sample',
    'objectiveTitle',
    'objectiveTitles',
    'cycle',
    'now',
    'asOf',
    'today',
    'series',
    'goalSeries',
    'forecast',
    'noForecast',
    'initiatives',
    'targets',
    'alerts',
    'automatic',
    'baselines',
    'override',
    'overrides',
    'versions',
    'newDefinition',
  ],
};
/** Fields that only say when it was read. */
const PASSING: Names<readonly string[]> = { getBoard: ['now', 'comparedAt'], getKeyResult: ['now'] };

/** Their answer tells a secret, this once: nobody keeps it. */
const TELLS_SECRET: readonly string[] = [
  'createSignInLink',
  'createChannel',
  'rotateChannelSecret',
  'createPublicLink',
  'createToken',
  'addMember',
  'inviteAgain',
  'createWorkspace',
];

/** They know a delivery by its key themselves, for ever and for everybody of the workspace. */
const OWN_IDEMPOTENCY: readonly string[] = [
  'pushValues',
  'uploadValues',
  'pushRecords',
  'uploadRecords',
  'uploadEvents',
  'checkIn',
];

/** Where what was made can be read, when that is not `PATH/ID`; `{field}` is of the answer. */
const LOCATION: Names<string> = {
  bindKeyResult: '/api/v1/key-results/{id}',
  restoreCycle: '/api/v1/cycles/{id}',
  restoreObjective: '/api/v1/objectives/{id}',
  restoreKeyResult: '/api/v1/key-results/{id}',
  restoreMetric: '/api/v1/metrics/{id}',
  restoreConnection: '/api/v1/connections/{id}',
  restoreChannel: '/api/v1/channels/{id}',
  restoreAlertRule: '/api/v1/alert-rules/{id}',
  createInitiative: '/api/v1/initiatives/{id}',
  acceptDefinition: '/api/v1/key-results/{id}',
  measureKeyResult: '/api/v1/key-results/{keyResult.id}',
  checkIn: '/api/v1/key-results/{keyResult.id}/check-ins',
  closeCycle: '/api/v1/cycles/{cycle.id}/scorecard',
  carryOver: '/api/v1/board',
  importText: '/api/v1/board',
  startSync: '/api/v1/runs/{data.0.id}',
  inviteAgain: '/api/v1/members/{id}',
  createToken: '/api/v1/tokens',
  testChannel: '/api/v1/deliveries/{id}',
  redeliver: '/api/v1/deliveries/{id}',
};

export const orderOf = (name: RouteName): readonly string[] => ORDER[name] ?? BY_ID;
export const filtersOf = (name: RouteName): readonly string[] => FILTERS[name] ?? [];
/** Null: nothing is held against it. */
export const changedBy = (name: RouteName): RouteName | null =>
  (CHANGES[name] as RouteName | undefined) ?? null; // each is the name of a GET
export const computedOf = (name: RouteName): readonly string[] => COMPUTED[name] ?? [];
export const passingOf = (name: RouteName): readonly string[] => PASSING[name] ?? [];
export const tellsSecret = (name: RouteName): boolean => TELLS_SECRET.includes(name);
export const hasOwnIdempotency = (name: RouteName): boolean => OWN_IDEMPOTENCY.includes(name);
export const locationOf = (name: RouteName): string | null => LOCATION[name] ?? null;

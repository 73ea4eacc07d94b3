import type { RouteName } from '../../../src/api/routes.ts';
import type { Refs } from './two-worlds.ts';

const ANSWER = { id: '1', respondent_id: 'p1', score: 9, time: '2026-08-01T00:00:00Z' };

/**
 * What each route may be sent that its schema takes, about the objects of a world. `own` is the world of whoever asks:
 * where a path and a body both name something, the mixed call names one of each.
 */
export const bodies: { [Name in RouteName]?: (refs: Refs) => unknown } = {
  createSession: () => ({ token: 'x'.repeat(60) }),
  setPassword: () => ({ token: 'x'.repeat(60), password: 'four words of my own' }),
  switchWorkspace: (refs) => ({ workspace: refs['workspaces'] }),
  changePassword: () => ({ current: 'not this', password: 'four words of my own' }),
  createToken: () => ({ name: 'ci', scopes: ['read'] }),
  addMember: () => ({ email: `new-${crypto.randomUUID()}@ours.test`, name: 'New', role: 'viewer' }),
  changeRole: () => ({ role: 'viewer' }),
  setConnectionOwner: (refs) => ({ member: refs['members'] }),
  createWorkspace: () => ({
    name: 'Third',
    timeZone: 'UTC',
    admin: { email: `third-${crypto.randomUUID()}@third.test`, name: 'Third' },
  }),
  updateWorkspace: () => ({ name: 'Renamed' }),
  createKeyResult: (refs) => ({
    key: `kr-${crypto.randomUUID()}`,
    title: 'KR',
    objective: refs['objectives'],
    goal: { kind: 'accumulate', targetValue: 10 },
    metric: refs['metrics'],
  }),
  updateKeyResult: (refs) => ({ title: 'Changed', objective: refs['objectives'] }),
  bindKeyResult: (refs) => ({ metric: refs['metrics'] }),
  createCycle: () => ({ key: `c-${crypto.randomUUID()}`, startDay: '2027-01-01', endDay: '2027-04-01' }),
  updateCycle: () => ({ title: 'Changed' }),
  createObjective: (refs) => ({ key: `o-${crypto.randomUUID()}`, title: 'O', cycle: refs['cycles'] }),
  updateObjective: () => ({ title: 'Changed' }),
  checkDraft: () => ({ connectorId: 'records', config: {} }),
  checkChange: () => ({}),
  createConnection: () => ({ key: `con-${crypto.randomUUID()}`, connectorId: 'records', config: {} }),
  updateConnection: () => ({ title: 'Changed' }),
  previewMetric: (refs) => ({ connection: refs['connections'], metric: 'paid_charges' }),
  createMetric: (refs) => ({
    key: `m-${crypto.randomUUID()}`,
    connection: refs['connections'],
    metric: 'paid_charges',
  }),
  renameMetric: () => ({ title: 'Changed' }),
  startSync: (refs) => ({ connection: refs['connections'] }),
  switchWriteBack: () => ({ enabled: false }),
  createChannel: () => ({
    key: `ch-${crypto.randomUUID()}`,
    kind: 'webhook',
    url: 'https://hooks.example.com/x',
  }),
  changeChannel: () => ({ enabled: true }),
  previewDigest: () => ({ lang: 'en' }),
  createAlertRule: (refs) => ({ keyResult: refs['key-results'] }),
  changeAlertRule: () => ({ enabled: true }),
  simulateAlertRule: (refs) => ({ keyResult: refs['key-results'] }),
  acknowledgeAlert: () => ({ note: 'seen' }),
  createSnooze: (refs) => ({ keyResult: refs['key-results'], forMinutes: 10, reason: 'planned work' }),
  setCadence: () => ({ everyDays: 7 }),
  previewMeasurement: (refs) => ({ connection: refs['connections'] }),
  closeCycle: () => ({ asIs: true, reason: 'the test is over' }),
  carryOver: (refs) => ({ to: refs['next'] }),
  readTextDrafts: () => ({ text: 'Objective: grow' }),
  importText: (refs) => ({ text: 'Objective: grow\n- 10 talks', cycle: refs['cycles'] }),
  previewBinding: (refs) => ({ source: { kind: 'metric', metric: refs['metrics'] } }),
  measureKeyResult: (refs) => ({ connection: refs['connections'] }),
  createValuesMetric: () => ({ key: `v-${crypto.randomUUID()}`, kind: 'flow', unit: 'count' }),
  pushValues: () => ({ values: [{ day: '2026-08-01', value: 1 }] }),
  uploadValues: () => ({ format: 'csv', text: 'day,value\n2026-08-01,1\n' }),
  checkIn: () => ({ value: 1, note: 'one' }),
  tickStep: () => ({ step: '1', done: true }),
  pushRecords: () => ({ kind: 'responses', records: [ANSWER] }),
  uploadRecords: () => ({ kind: 'responses', format: 'jsonl', text: `${JSON.stringify(ANSWER)}\n` }),
  keepRates: () => ({ rates: [{ day: '2026-08-01', currency: 'USD', rate: '0.9' }] }),
  createPublicLink: () => ({ label: 'page' }),
  setBaseline: () => ({ value: 1, reason: 'as agreed' }),
  overrideValue: () => ({ value: 1, untilDay: '2026-12-31', reason: 'as counted' }),
  setGuard: (refs) => ({ metric: refs['metrics'], operator: 'at_least', bound: 1 }),
  createFormula: () => ({ key: `f-${crypto.randomUUID()}`, formula: '1 + 1' }),
  changeMetric: () => ({ unit: 'count', reason: 'as agreed' }),
  withdrawVersion: () => ({ reason: 'as agreed' }),
  acceptDefinition: () => ({}),
  createInitiative: () => ({ title: 'Work', startDay: '2026-08-01' }),
  updateInitiative: () => ({ title: 'Changed' }),
};

/** Routes that name a second object in the body: an own path with a foreign body must reach nothing either. */
export const MIXED: readonly RouteName[] = [
  'bindKeyResult',
  'updateKeyResult',
  'setGuard',
  'measureKeyResult',
  'previewBinding',
  'carryOver',
  'setConnectionOwner',
];
/** Nothing in their path or body belongs to a workspace. */
export const NAMES_NOTHING: readonly RouteName[] = ['getCatalogEntry', 'keepRates', 'listRates'];
/** The path is of the catalogue, the body names a connection. */
export const FOREIGN_BODY: readonly RouteName[] = [
  'createKeyResult',
  'createObjective',
  'previewMetric',
  'createMetric',
  'startSync',
  'createAlertRule',
  'simulateAlertRule',
  'createSnooze',
  'previewMeasurement',
  'importText',
  'switchWorkspace',
];

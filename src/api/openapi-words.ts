/** What the document says of each operation. The schemas say the rest. */
export type OperationWords = {
  tag: keyof typeof tags;
  summary: string;
  description?: string;
  /** Codes that this operation can answer with besides those that every one like it can, by status. */
  errors?: Readonly<Partial<Record<number, readonly string[]>>>;
};

export const tags = {
  Access: 'Signing in, one’s own account, tokens.',
  Workspaces: 'Workspaces and their members.',
  Plan: 'Cycles and objectives.',
  'Key Results': 'What is measured, how it stands and why.',
  'Check-ins': 'What people say: values, notes, overrides, steps.',
  Metrics: 'Named numbers over time, their definitions and points.',
  Connections: 'Credentials for providers, their checks and syncs.',
  Data: 'Values, records, events and rates that are brought.',
  Alerting: 'Rules, alerts, silences.',
  Channels: 'Who is told, and what became of each message.',
  Sharing: 'Public links, exports, the audit log.',
  Live: 'What happens, as it happens.',
} as const;

const exists = { 409: ['already_exists', 'limit_reached'] } as const;
const closed = { 409: ['cycle_closed'] } as const;
const source = {
  502: [
    'source_transient',
    'source_rate_limited',
    'source_auth',
    'source_config',
    'source_bad_payload',
    'source_schema_drift',
    'source_too_large',
    'source_blocked_destination',
  ],
} as const;

const access: Record<string, OperationWords> = {
  createSession: {
    tag: 'Access',
    summary: 'Sign in',
    description:
      'By the token of a sign-in link, or by e-mail address and password. Sets the session cookie.',
    errors: { 401: ['link_used', 'sign_in_failed'], 403: ['csrf'], 429: ['too_many_sign_ins'] },
  },
  setPassword: {
    tag: 'Access',
    summary: 'Set a password by the link of an invitation or a reset',
    errors: {
      401: ['link_used'],
      403: ['csrf'],
      409: ['no_membership', 'user_disabled'],
    },
  },
  endSession: { tag: 'Access', summary: 'Sign out' },
  switchWorkspace: {
    tag: 'Access',
    summary: 'Move this session to another workspace of its user',
    errors: { 409: ['no_session'] },
  },
  createSignInLink: {
    tag: 'Access',
    summary: 'Make a link that signs a browser in once',
    description: 'Valid for 30 minutes. The token stands in the fragment of the address.',
  },
  getMe: { tag: 'Access', summary: 'Who is asking, and what they may' },
  changePassword: {
    tag: 'Access',
    summary: 'Change one’s own password',
  },
  createToken: {
    tag: 'Access',
    summary: 'Make an API token',
    description: 'The token is told this once; only its hash is kept.',
    errors: { 409: ['limit_reached'] },
  },
  listTokens: { tag: 'Access', summary: 'One’s own API tokens' },
  revokeToken: { tag: 'Access', summary: 'Revoke an API token, from now on' },
  addMember: { tag: 'Workspaces', summary: 'Invite somebody', errors: { 409: ['already_exists'] } },
  listMembers: { tag: 'Workspaces', summary: 'The members of the workspace' },
  getMember: { tag: 'Workspaces', summary: 'One member' },
  changeRole: { tag: 'Workspaces', summary: 'Give a member another role', errors: { 409: ['last_admin'] } },
  inviteAgain: { tag: 'Workspaces', summary: 'Make a new invitation link', errors: { 409: ['has_account'] } },
  removeMember: {
    tag: 'Workspaces',
    summary: 'Take somebody out of the workspace',
    errors: { 409: ['last_admin'] },
  },
  setConnectionOwner: { tag: 'Connections', summary: 'Give a connection to a member' },
  listWorkspaces: { tag: 'Workspaces', summary: 'The workspaces of who is asking' },
  getWorkspace: { tag: 'Workspaces', summary: 'One workspace' },
  createWorkspace: {
    tag: 'Workspaces',
    summary: 'Make a workspace with its first admin',
    errors: { 403: ['first_workspace_only'] },
  },
  updateWorkspace: { tag: 'Workspaces', summary: 'Change name or time zone of the workspace' },
};

const plan: Record<string, OperationWords> = {
  getBoard: {
    tag: 'Key Results',
    summary: 'A cycle with its objectives and Key Results, as they stand',
    description:
      'With `asOf`, as it was believed at that instant, or at the close of that day. Each row says in `week` how it has changed since `comparedAt`. With `trend=line` the days of a metric come as `trendLine`, which is a third as long. `keyResults` names rows by id or key, with commas between: no others come, though the objectives tell their whole progress.',
  },
  createCycle: {
    tag: 'Plan',
    summary: 'Make a cycle',
    errors: { 409: ['already_exists'], 422: ['cycle_invalid'] },
  },
  listCycles: { tag: 'Plan', summary: 'Cycles, the newest first' },
  getCycle: { tag: 'Plan', summary: 'One cycle' },
  updateCycle: {
    tag: 'Plan',
    summary: 'Change a cycle',
    errors: { 409: ['cycle_closed', 'days_evaluated', 'pace_outside'] },
  },
  archiveCycle: { tag: 'Plan', summary: 'Put a cycle away', errors: { 409: ['in_use'] } },
  restoreCycle: { tag: 'Plan', summary: 'Bring an archived cycle back', errors: { 409: ['not_archived'] } },
  closeCycle: {
    tag: 'Plan',
    summary: 'Close a cycle and freeze its scorecard',
    errors: { 409: ['cycle_closed', 'cycle_open', 'cycle_runs'], 422: ['reason_missing'] },
  },
  getScorecard: { tag: 'Plan', summary: 'The frozen scorecard of a closed cycle' },
  carryOver: {
    tag: 'Plan',
    summary: 'Carry what was not achieved into another cycle',
    errors: { 409: ['cycle_open', 'cycle_closed', 'already_exists', 'limit_reached'] },
  },
  listHints: { tag: 'Plan', summary: 'What could make the plan of a cycle better' },
  createObjective: {
    tag: 'Plan',
    summary: 'Make an objective',
    errors: { 409: ['already_exists', 'cycle_closed'] },
  },
  listObjectives: { tag: 'Plan', summary: 'Objectives, in the order of their making' },
  getObjective: { tag: 'Plan', summary: 'One objective, and how its progress comes about' },
  updateObjective: { tag: 'Plan', summary: 'Change an objective', errors: closed },
  archiveObjective: {
    tag: 'Plan',
    summary: 'Put an objective away with its Key Results',
    errors: { 409: ['in_use', 'cycle_closed'] },
  },
  restoreObjective: {
    tag: 'Plan',
    summary: 'Bring an archived objective back',
    errors: { 409: ['not_archived', 'within_archived', 'cycle_closed', 'limit_reached'] },
  },
  readTextDrafts: { tag: 'Plan', summary: 'What a pasted text would become; nothing is stored' },
  importText: {
    tag: 'Plan',
    summary: 'Save objectives and Key Results out of a pasted text',
    errors: {
      409: ['already_imported', 'cycle_closed', 'limit_reached', 'already_exists'],
      422: ['nothing_found', 'questions_open', 'drafts_invalid', 'objective_missing', 'other_cycle'],
    },
  },
};

const keyResults: Record<string, OperationWords> = {
  createKeyResult: {
    tag: 'Key Results',
    summary: 'Make a Key Result',
    errors: { 409: ['already_exists', 'limit_reached', 'cycle_closed'] },
  },
  listKeyResults: { tag: 'Key Results', summary: 'Key Results as they stand' },
  getKeyResult: { tag: 'Key Results', summary: 'One Key Result with its history, forecast and alerts' },
  updateKeyResult: {
    tag: 'Key Results',
    summary: 'Change a Key Result',
    errors: {
      409: ['cycle_closed', 'other_cycle'],
      422: ['goal_invalid', 'binding_invalid', 'aggregate_invalid'],
    },
  },
  archiveKeyResult: {
    tag: 'Key Results',
    summary: 'Put a Key Result away',
    errors: { 409: ['cycle_closed'] },
  },
  restoreKeyResult: {
    tag: 'Key Results',
    summary: 'Bring an archived Key Result back',
    errors: { 409: ['not_archived', 'within_archived', 'cycle_closed', 'limit_reached'] },
  },
  explainKeyResult: { tag: 'Key Results', summary: 'From the progress number to the requests behind it' },
  getEvidence: { tag: 'Key Results', summary: 'The evidence of the progress number' },
  getForecast: { tag: 'Key Results', summary: 'What is expected at the deadline, and how that was made' },
  bindKeyResult: {
    tag: 'Key Results',
    summary: 'Measure a Key Result by a metric',
    errors: { 409: ['cycle_closed', 'changed_meanwhile'] },
  },
  listBindings: { tag: 'Key Results', summary: 'What measures a Key Result' },
  unbindKeyResult: {
    tag: 'Key Results',
    summary: 'Measure it by nothing any more',
    errors: { 409: ['cycle_closed', 'not_bound'] },
  },
  previewBinding: {
    tag: 'Key Results',
    summary: 'What a Key Result would be on a metric; nothing is stored',
    errors: { ...source, 409: ['cycle_closed'], 422: ['no_metric'] },
  },
  measureKeyResult: {
    tag: 'Key Results',
    summary: 'Make the metric that a Key Result means, and bind it',
    errors: { ...source, 409: ['cycle_closed'], 422: ['no_metric'] },
  },
  listBaselines: { tag: 'Key Results', summary: 'What progress is measured from, and what it was before' },
  setBaseline: {
    tag: 'Key Results',
    summary: 'State the start by hand, or capture it again',
    errors: { 409: ['cycle_closed', 'no_baseline', 'not_automatic'] },
  },
  setGuard: { tag: 'Key Results', summary: 'Set the counter-metric that must not worsen', errors: closed },
  removeGuard: {
    tag: 'Key Results',
    summary: 'Take the counter-metric away',
    errors: { 409: ['cycle_closed', 'no_guard'] },
  },
  listDefinitionChanges: { tag: 'Key Results', summary: 'Key Results whose metric has a newer definition' },
  getDefinitionChange: {
    tag: 'Key Results',
    summary: 'How a Key Result would stand on the newer definition',
    errors: { 409: ['no_new_definition'] },
  },
  acceptDefinition: {
    tag: 'Key Results',
    summary: 'Judge a Key Result by the newer definition from now on',
    errors: { 409: ['no_new_definition', 'definition_moved_on', 'definition_impossible', 'cycle_closed'] },
  },
  explainKeyResultMovements: {
    tag: 'Key Results',
    summary: 'Who moved the metric of a Key Result between two days',
    errors: {
      409: [
        'not_bound',
        'not_over_ledger',
        'not_read_yet',
        'no_point',
        'missing_rate',
        'no_currency',
        'explain_inputs',
      ],
    },
  },
  downloadChart: {
    tag: 'Key Results',
    summary: 'The chart as a picture, or its days as CSV',
    description:
      'SVG or PNG in either theme and language, with check-ins and initiatives; CSV with a line for each day. A Key Result of steps has no chart, and its CSV holds no days.',
    errors: { 404: ['no_chart'] },
  },
  listInitiatives: { tag: 'Key Results', summary: 'The work attached to a Key Result' },
  createInitiative: { tag: 'Key Results', summary: 'Attach work to a Key Result', errors: closed },
  getInitiative: { tag: 'Key Results', summary: 'One initiative' },
  updateInitiative: { tag: 'Key Results', summary: 'Change an initiative' },
  deleteInitiative: { tag: 'Key Results', summary: 'Take an initiative away' },
};

const checkIns: Record<string, OperationWords> = {
  checkIn: {
    tag: 'Check-ins',
    summary: 'Say how a Key Result stands',
    errors: { 409: ['cycle_closed', 'tracked_automatically', 'changed_meanwhile'], 422: ['value_too_large'] },
  },
  listCheckIns: { tag: 'Check-ins', summary: 'Check-ins of a Key Result, the newest first' },
  tickStep: {
    tag: 'Check-ins',
    summary: 'Mark a step as done, or not',
    errors: { 409: ['cycle_closed', 'no_steps', 'changed_meanwhile'] },
  },
  overrideValue: {
    tag: 'Check-ins',
    summary: 'Let a value of one’s own stand in for some days',
    errors: { 409: ['cycle_closed', 'not_automatic'], 422: ['override_invalid'] },
  },
  listOverrides: { tag: 'Check-ins', summary: 'Overrides of a Key Result' },
  endOverride: {
    tag: 'Check-ins',
    summary: 'End an override',
    description: '`current` is the one in force, else the next.',
    errors: { 409: ['no_override'] },
  },
  getCadence: {
    tag: 'Check-ins',
    summary: 'How often somebody is asked to check in',
    errors: { 409: ['measured_by_metric'] },
  },
  setCadence: {
    tag: 'Check-ins',
    summary: 'Set how often somebody is asked to check in',
    errors: { 409: ['measured_by_metric', 'cycle_closed'] },
  },
};

const metrics: Record<string, OperationWords> = {
  listCatalog: { tag: 'Metrics', summary: 'The catalogue of metrics' },
  getCatalogEntry: { tag: 'Metrics', summary: 'One metric of the catalogue, and what can measure it here' },
  previewMeasurement: {
    tag: 'Metrics',
    summary: 'What a metric of the catalogue would measure; nothing is stored',
    errors: source,
  },
  previewMetric: {
    tag: 'Metrics',
    summary: 'What a metric would measure; nothing is stored',
    errors: source,
  },
  createMetric: {
    tag: 'Metrics',
    summary: 'Save a metric of a connection',
    errors: { ...source, 409: ['already_exists'] },
  },
  createValuesMetric: {
    tag: 'Metrics',
    summary: 'Save a metric whose values are brought',
    errors: { 409: ['already_exists'] },
  },
  createFormula: {
    tag: 'Metrics',
    summary: 'Save a metric that combines others',
    errors: { 409: ['already_exists'], 422: ['formula_invalid'] },
  },
  listMetrics: { tag: 'Metrics', summary: 'Metrics, in the order of their making' },
  getMetric: { tag: 'Metrics', summary: 'One metric' },
  renameMetric: {
    tag: 'Metrics',
    summary: 'Change key or title of a metric',
    errors: { 409: ['already_exists'] },
  },
  archiveMetric: { tag: 'Metrics', summary: 'Put a metric away', errors: { 409: ['in_use'] } },
  restoreMetric: {
    tag: 'Metrics',
    summary: 'Bring an archived metric back',
    errors: { 409: ['not_archived', 'within_archived'] },
  },
  changeMetric: {
    tag: 'Metrics',
    summary: 'Change what a metric means: a new version',
    errors: { ...source, 409: ['unchanged', 'not_computed', 'changed_meanwhile'], 422: ['formula_invalid'] },
  },
  listVersions: { tag: 'Metrics', summary: 'Versions of a metric, oldest first' },
  withdrawVersion: {
    tag: 'Metrics',
    summary: 'Take the newest version back',
    errors: { 409: ['version_in_use'] },
  },
  listPoints: { tag: 'Metrics', summary: 'Points of a metric, oldest first' },
  explainMovements: {
    tag: 'Metrics',
    summary: 'Who moved a metric over money between two days',
    errors: {
      409: ['not_over_ledger', 'not_read_yet', 'no_point', 'missing_rate', 'no_currency', 'explain_inputs'],
    },
  },
};

const connections: Record<string, OperationWords> = {
  listConnectors: { tag: 'Connections', summary: 'Providers that can be connected' },
  createConnection: {
    tag: 'Connections',
    summary: 'Connect a provider',
    errors: { ...exists, 422: ['blocked_destination'] },
  },
  listConnections: { tag: 'Connections', summary: 'Connections, in the order of their making' },
  getConnection: { tag: 'Connections', summary: 'One connection; its secrets are never told' },
  updateConnection: {
    tag: 'Connections',
    summary: 'Change a connection, or replace its key',
    description:
      'A stored secret is bound to the hosts it was saved for: another endpoint needs the secrets again.',
    errors: { 422: ['blocked_destination'] },
  },
  archiveConnection: {
    tag: 'Connections',
    summary: 'Put a connection away with its metrics; nothing of it is read any more',
    errors: { 409: ['in_use'] },
  },
  restoreConnection: {
    tag: 'Connections',
    summary: 'Bring an archived connection back',
    errors: { 409: ['not_archived', 'limit_reached'] },
  },
  checkConnection: { tag: 'Connections', summary: 'Ask the provider whether the key works', errors: source },
  checkDraft: {
    tag: 'Connections',
    summary: 'Ask the provider whether a key works that is not saved',
    description: 'Nothing is stored, and nobody is told.',
    errors: { 422: ['blocked_destination'], ...source },
  },
  checkChange: {
    tag: 'Connections',
    summary: 'Ask the provider whether a connection would work after a change',
    description: 'Nothing is stored; until the change is made, what is stored goes on working.',
    errors: { 422: ['blocked_destination'], ...source },
  },
  listBudgets: { tag: 'Connections', summary: 'How much of the provider’s limits is used' },
  listCoverage: { tag: 'Connections', summary: 'How far the points of its metrics reach' },
  listMeasurable: { tag: 'Connections', summary: 'What a connection can measure' },
  switchWriteBack: {
    tag: 'Connections',
    summary: 'Write evaluated days back as events, or stop',
    errors: { 422: ['write_back_unsupported'] },
  },
  startSync: {
    tag: 'Connections',
    summary: 'Read now',
    description:
      'One connection, the one behind a Key Result, or all. A run that waits already is answered instead.',
    errors: { 409: ['connection_paused', 'not_bound', 'not_read'] },
  },
  listRuns: { tag: 'Connections', summary: 'Syncs, the newest first' },
  getRun: { tag: 'Connections', summary: 'One sync' },
  listRunEvidence: { tag: 'Connections', summary: 'What a sync asked, and what came back' },
};

const data: Record<string, OperationWords> = {
  pushValues: {
    tag: 'Data',
    summary: 'Bring values of a metric',
    errors: { 409: ['not_pushable'], 422: ['rows_refused'] },
  },
  uploadValues: {
    tag: 'Data',
    summary: 'Bring values as a file',
    errors: { 409: ['not_pushable'], 422: ['rows_refused'] },
  },
  pushRecords: {
    tag: 'Data',
    summary: 'Bring records',
    errors: { 409: ['not_a_records_connection'], 422: ['rows_refused', 'records_refused'] },
  },
  uploadRecords: {
    tag: 'Data',
    summary: 'Bring records as a file',
    errors: { 409: ['not_a_records_connection'], 422: ['rows_refused', 'records_refused'] },
  },
  listRecords: {
    tag: 'Data',
    summary: 'What records are there, by kind',
    errors: { 409: ['not_a_records_connection'] },
  },
  uploadEvents: {
    tag: 'Data',
    summary: 'Bring a file of product events',
    errors: {
      409: ['not_a_records_connection'],
      413: ['body_too_large'],
      422: ['records_refused', 'file_empty'],
      503: ['events_busy', 'event_file_unusable'],
    },
  },
  listEventNames: { tag: 'Data', summary: 'Names of events, the most frequent first' },
  keepRates: {
    tag: 'Data',
    summary: 'Bring exchange rates into a currency',
    errors: { 422: ['rows_refused'] },
  },
  listRates: { tag: 'Data', summary: 'Exchange rates into a currency' },
};

const alerting: Record<string, OperationWords> = {
  createAlertRule: { tag: 'Alerting', summary: 'Make a rule', errors: { 409: ['limit_reached'] } },
  listAlertRules: { tag: 'Alerting', summary: 'Rules' },
  getAlertRule: { tag: 'Alerting', summary: 'One rule' },
  changeAlertRule: { tag: 'Alerting', summary: 'Change a rule, switch it off or on' },
  archiveAlertRule: { tag: 'Alerting', summary: 'Put a rule away' },
  restoreAlertRule: {
    tag: 'Alerting',
    summary: 'Bring an archived rule back',
    errors: { 409: ['not_archived', 'limit_reached'] },
  },
  simulateAlertRule: {
    tag: 'Alerting',
    summary: 'What a rule would have said over the past; nobody is told',
  },
  listAlerts: { tag: 'Alerting', summary: 'Alerts, the newest first' },
  getAlert: { tag: 'Alerting', summary: 'One alert, and who was told what' },
  acknowledgeAlert: {
    tag: 'Alerting',
    summary: 'Say that somebody takes care of it',
    errors: { 409: ['not_fired', 'alert_over'] },
  },
  withdrawAcknowledgement: {
    tag: 'Alerting',
    summary: 'Take an acknowledgement back',
    errors: { 409: ['not_acknowledged'] },
  },
  createSnooze: { tag: 'Alerting', summary: 'Silence something for a while' },
  listSnoozes: { tag: 'Alerting', summary: 'Silences in force, the one that ends first before the others' },
  endSnooze: { tag: 'Alerting', summary: 'End a silence' },
};

const channels: Record<string, OperationWords> = {
  createChannel: {
    tag: 'Channels',
    summary: 'Add a channel',
    errors: { ...exists, 422: ['blocked_destination', 'channel_invalid'] },
  },
  listChannels: { tag: 'Channels', summary: 'Channels' },
  getChannel: { tag: 'Channels', summary: 'One channel; its secrets are never told' },
  changeChannel: {
    tag: 'Channels',
    summary: 'Change when and of what a channel hears',
    errors: { 422: ['no_settings'] },
  },
  archiveChannel: { tag: 'Channels', summary: 'Put a channel away' },
  restoreChannel: {
    tag: 'Channels',
    summary: 'Bring an archived channel back',
    errors: { 409: ['not_archived', 'limit_reached'] },
  },
  rotateChannelSecret: {
    tag: 'Channels',
    summary: 'Make a new signing secret; for a day both sign',
    errors: { 422: ['no_signing_secret'] },
  },
  testChannel: {
    tag: 'Channels',
    summary: 'Send a test message',
    errors: { 422: ['no_test_message'] },
  },
  previewDigest: {
    tag: 'Channels',
    summary: 'What the digest would say now; nothing is sent',
    errors: { 409: ['no_digest'] },
  },
  listDeliveries: { tag: 'Channels', summary: 'Messages, the newest first' },
  getDelivery: { tag: 'Channels', summary: 'One message: what it says, and its attempts' },
  redeliver: {
    tag: 'Channels',
    summary: 'Send a message once more',
    errors: { 409: ['delivery_not_over', 'channel_off'] },
  },
};

const sharing: Record<string, OperationWords> = {
  createPublicLink: {
    tag: 'Sharing',
    summary: 'Make an address that shows one Key Result',
    errors: { 409: ['too_many_links'] },
  },
  listPublicLinks: { tag: 'Sharing', summary: 'Public links in force, the newest first' },
  revokePublicLink: { tag: 'Sharing', summary: 'Revoke a public link, from now on' },
  listAuditLog: { tag: 'Sharing', summary: 'Every change, the newest first' },
  exportWorkspace: {
    tag: 'Sharing',
    summary: 'Everything, as of one moment',
    description:
      'JSON lines: the first says what is in it, the last how many objects there were. As CSV one type at a time, or all of them as JSON lines that each carry one CSV line. Never secrets.',
    errors: { 429: ['export_busy'] },
  },
};

export const operationWords: Readonly<Record<string, OperationWords>> = {
  ...access,
  ...plan,
  ...keyResults,
  ...checkIns,
  ...metrics,
  ...connections,
  ...data,
  ...alerting,
  ...channels,
  ...sharing,
};

/** The objects of a workspace as they are exported: their name, their table, and which of its rows are the workspace's. */
export type ExportType = {
  table: string;
  /** Instead of all columns. */
  columns?: string;
  /** Never told: digests by which somebody could be recognised, and other keys. */
  omit?: readonly string[];
  /** A condition on the alias `t`; `:workspace` is the workspace's id. */
  where: string;
  /** The primary key, by whose index the rows come without being sorted. */
  order: string;
};

const OWN = 't.workspace_id = :workspace';
const own = (table: string, order = 't.id', omit: readonly string[] = []): ExportType => ({
  table,
  where: OWN,
  order,
  omit,
});
const of = (table: string, parent: string, via: string, order: string): ExportType => ({
  table,
  where: `t.${via} IN (SELECT p.id FROM ${parent} p WHERE p.workspace_id = :workspace)`,
  order,
});
const VERSIONS = `t.metric_version_id IN (SELECT v.id FROM metric_version v JOIN metric m ON m.id = v.metric_id
  WHERE m.workspace_id = :workspace)`;
const ofConnection = (table: string, order: string) => of(table, 'connection', 'connection_id', order);

/** In the order in which they refer to each other. Secrets and the keys that seal them are not among them. */
export const exportTypes: Readonly<Record<string, ExportType>> = {
  workspaces: { table: 'workspace', where: 't.id = :workspace', order: 't.id' },
  users: {
    table: 'app_user',
    columns: 't.id, t.name, t.lang, t.time_zone, t.created_at, t.disabled_at',
    where: 't.id IN (SELECT m.user_id FROM membership m WHERE m.workspace_id = :workspace)',
    order: 't.id',
  },
  members: own('membership', 't.workspace_id, t.user_id'),
  tokens: own('api_token', 't.id', ['secret_hash']),
  cycles: own('cycle'),
  objectives: own('objective'),
  connections: own('connection'),
  schedules: ofConnection('schedule', 't.connection_id'),
  metrics: own('metric'),
  metric_versions: of('metric_version', 'metric', 'metric_id', 't.id'),
  key_results: own('key_result'),
  key_result_states: of('key_result_state', 'key_result', 'key_result_id', 't.key_result_id'),
  initiatives: own('initiative'),
  baselines: own('baseline'),
  check_ins: own('check_in'),
  overrides: own('value_override'),
  points: { table: 'metric_point', where: VERSIONS, order: 't.metric_version_id, t.day' },
  revisions: {
    table: 'metric_point_revision',
    where: VERSIONS,
    order: 't.metric_version_id, t.day, t.revision',
  },
  snapshots: own('progress_snapshot'),
  scorecards: own('scorecard', 't.cycle_id'),
  history: {
    table: 'row_history',
    where: `t.row_id IN (SELECT o.id FROM objective o WHERE o.workspace_id = :workspace
      UNION ALL SELECT k.id FROM key_result k WHERE k.workspace_id = :workspace)`,
    order: 't.seq',
  },
  ingests: own('ingest'),
  source_records: ofConnection('source_record', 't.connection_id, t.kind, t.record_id'),
  record_coverage: ofConnection('record_coverage', 't.connection_id, t.kind'),
  runs: own('sync_run'),
  evidence: own('sync_evidence', 't.id, t.recorded_at'),
  exchange_rates: own('exchange_rate', 't.workspace_id, t.source, t.base, t.currency, t.from_day'),
  billing_mirrors: ofConnection('billing_mirror', 't.connection_id'),
  billing_records: ofConnection('billing_record', 't.connection_id, t.kind, t.record_id'),
  billing_customers: ofConnection('billing_customer', 't.connection_id, t.customer_id'),
  billing_events: ofConnection('billing_event', 't.connection_id, t.event_id'),
  cash_flows: ofConnection('cash_flow', 't.connection_id, t.kind, t.record_id'),
  mrr_series: ofConnection('mrr_series', 't.id'),
  mrr_movements: {
    table: 'mrr_movement',
    where: `t.series_id IN (SELECT s.id FROM mrr_series s JOIN connection c ON c.id = s.connection_id
      WHERE c.workspace_id = :workspace)`,
    order: 't.series_id, t.customer_id, t.day, t.currency',
  },
  event_stores: ofConnection('event_store', 't.connection_id'),
  event_segments: ofConnection('event_segment', 't.id'),
  channels: own('channel'),
  alert_rules: own('alert_rule'),
  alerts: own('alert'),
  alert_told: of('alert_told', 'alert', 'alert_id', 't.alert_id, t.channel_id'),
  notices: own('notice'),
  snoozes: own('snooze'),
  deliveries: own('outbox'),
  delivery_tries: of('delivery_try', 'outbox', 'outbox_id', 't.id'),
  public_links: own('public_link', 't.id', ['token_hash']),
  audit_log: own('audit_log'),
};

import { newId } from '../app/ids.ts';
import type {
  ConnectionRecord,
  ConnectionStateName,
  Environment,
  MetricCoverage,
  MetricDefinition,
  MetricRecord,
  MetricSource,
  NewMetricVersion,
  Sample,
  SealedSecret,
  SourceStore,
  StoredPoint,
} from '../app/ports.ts';
import type { NoValueReason } from '../domain/key-result.ts';
import type { MetricKind, PointOrigin, Unit } from '../domain/metric.ts';
import type { Database } from './database.ts';
import { dateToDay, dateToDayOrNull, dayToDate } from './day.ts';
import type { Prisma } from './generated/client.ts';
import { unlessTaken } from './unique.ts';

type ConnectionRow = Prisma.ConnectionGetPayload<{ include: { schedule: true } }>;
type VersionRow = Prisma.MetricVersionGetPayload<{ include: { metric: { include: { connection: true } } } }>;

/** Connections with their sealed secrets, metrics with their versions, and the points they have. */
export function createSourceStore({ prisma, pool }: Database): SourceStore {
  const store: SourceStore = {
    async createConnection({ config, owner = null, ...connection }, everyMinutes, secrets) {
      const workspace = await prisma.workspace.findUniqueOrThrow({ where: { id: connection.workspaceId } });
      const schedule = { create: scheduleOf(everyMinutes, workspace.timeZone) };
      const data = { ...connection, ownerName: owner, config: config as Prisma.InputJsonObject, schedule };
      const row = await unlessTaken(
        'connection',
        connection.key,
        prisma.$transaction(async (tx) => {
          const created = await tx.connection.create({ data, include: { schedule: true } });
          await saveSecrets(tx, connection.workspaceId, 'connection', connection.id, secrets);
          await restartSchedule(tx, connection.id);
          return created;
        }),
      );
      return toConnection(row);
    },
    async updateConnection(id, { everyMinutes, config, owner, ...change }, secrets) {
      const row = await prisma.$transaction(async (tx) => {
        const data: Prisma.ConnectionUpdateInput = { ...change };
        if (config !== undefined) data.config = config as Prisma.InputJsonObject;
        if (owner !== undefined) data.ownerName = owner;
        if (change.state !== undefined) {
          data.stateSince = new Date();
          if (change.state === 'active')
            Object.assign(data, { blockedUntil: null, circuitUntil: null, outagesInRow: 0 });
        }
        if (everyMinutes !== undefined) {
          data.schedule = { update: { everyMinutes, jitterMs: jitterOf(everyMinutes) } };
        }
        const updated = await tx.connection.update({ where: { id }, data, include: { schedule: true } });
        await saveSecrets(tx, updated.workspaceId, 'connection', id, secrets);
        if (everyMinutes !== undefined) await restartSchedule(tx, id);
        return updated;
      });
      return toConnection(row);
    },
    async listConnections(workspaceId) {
      const where = { workspaceId, archivedAt: null };
      const rows = await prisma.connection.findMany({
        where,
        include: { schedule: true },
        orderBy: { id: 'asc' },
      });
      return rows.map(toConnection);
    },
    async findConnection(workspaceId, keyOrId) {
      const where = { workspaceId, archivedAt: null, OR: [{ id: keyOrId }, { key: keyOrId }] };
      const row = await prisma.connection.findFirst({ where, include: { schedule: true } });
      return row === null ? null : toConnection(row);
    },
    async secretsOf(tableName, rowId) {
      const rows = await prisma.secret.findMany({ where: { tableName, rowId } });
      return Object.fromEntries(
        rows.map(({ field, last4, updatedAt, allowedHosts }) => [field, { last4, updatedAt, allowedHosts }]),
      );
    },
    async saveAccount(connectionId, account) {
      await pool.query(
        `UPDATE connection SET account_time_zone = $2, account_currency = $3, account_zone_before = $4,
           account_zone_changed_at = $5, account_checked_at = CASE WHEN $6::boolean THEN app_now() END
         WHERE id = $1`,
        [
          connectionId,
          account?.timeZone ?? null,
          account?.currency ?? null,
          account?.zoneChanged?.from ?? null,
          account?.zoneChanged?.at ?? null,
          account !== null,
        ],
      );
    },
    async createMetric({ workspaceId, source, connectionId, key, title, ...version }) {
      const metricId = newId('met');
      const versionId = newId('mv');
      await unlessTaken(
        'metric',
        key,
        prisma.metric.create({
          data: {
            id: metricId,
            workspaceId,
            source,
            connectionId: connectionId === '' ? null : connectionId,
            key,
            title,
            versions: { create: { ...versionData(version), id: versionId, version: 1 } },
          },
        }),
      );
      return (await store.metricOfVersion(versionId)) as MetricRecord; // it was just written
    },
    async addMetricVersion(metricId, version, createdBy) {
      const id = newId('mv');
      await prisma.$transaction(async (tx) => {
        // Two changes at once get two numbers.
        await tx.$queryRaw`SELECT 1 FROM metric WHERE id = ${metricId} FOR UPDATE`;
        const newest = await tx.metricVersion.findFirst({
          where: { metricId },
          orderBy: { version: 'desc' },
        });
        const data = {
          ...versionData(version),
          id,
          metricId,
          version: (newest?.version ?? 0) + 1,
          createdBy,
        };
        await tx.metricVersion.create({ data });
      });
      return (await store.metricOfVersion(id)) as MetricRecord; // it was just written
    },
    async versionsOf(metricId) {
      const rows = await prisma.metricVersion.findMany({
        where: { metricId },
        include: { metric: { include: { connection: true } } },
        orderBy: { version: 'asc' },
      });
      return rows.map((row) => ({ ...toMetric(row), createdAt: row.createdAt, retiredAt: row.retiredAt }));
    },
    async retireUnusedVersions(metricId) {
      const retired = await pool.query<{ id: string }>(
        `UPDATE metric_version v SET retired_at = app_now()
         WHERE v.metric_id = $1 AND v.retired_at IS NULL
           AND v.version < (SELECT max(version) FROM metric_version WHERE metric_id = $1 AND retired_at IS NULL)
           AND NOT EXISTS (SELECT 1 FROM key_result k WHERE k.archived_at IS NULL
             AND (k.metric_version_id = v.id OR k.guard->>'metricVersionId' = v.id))
           AND NOT EXISTS (SELECT 1 FROM metric_version f WHERE f.retired_at IS NULL AND f.inputs @> ARRAY[v.id])
         RETURNING v.id`,
        [metricId],
      );
      return retired.rows.map((row) => row.id);
    },
    async listMetrics(workspaceId, connectionId, around) {
      const { rows } = await pool.query<MetricRecord>(
        `${around === undefined ? '' : AROUND}
         SELECT ${METRIC_COLUMNS} FROM metric_version v JOIN metric m ON m.id = v.metric_id
         LEFT JOIN connection c ON c.id = m.connection_id
         WHERE m.workspace_id = $1 AND ($2::text IS NULL OR m.connection_id = $2)
           AND v.retired_at IS NULL AND m.archived_at IS NULL
           AND ${around === undefined ? '$3::text[] IS NULL' : 'v.metric_id IN (SELECT metric_id FROM around)'}
         ORDER BY v.id`,
        [workspaceId, connectionId ?? null, around ?? null],
      );
      return rows;
    },
    async coverage(connectionId) {
      const { rows } = await pool.query<MetricCoverage>(
        `WITH newest AS (
           SELECT DISTINCT ON (m.id) m.key, v.id FROM metric m JOIN metric_version v ON v.metric_id = m.id
           WHERE m.connection_id = $1 AND m.archived_at IS NULL AND v.retired_at IS NULL
           ORDER BY m.id, v.version DESC
         )
         SELECT n.key AS "metricKey", count(p.day)::int AS points, min(p.day)::text AS "firstDay",
           max(p.day)::text AS "throughDay", max(p.fetched_at) AS "fetchedAt"
         FROM newest n LEFT JOIN metric_point p ON p.metric_version_id = n.id
         GROUP BY n.id, n.key ORDER BY n.key`,
        [connectionId],
      );
      return rows;
    },
    async findMetric(workspaceId, keyOrId) {
      const row = await prisma.metricVersion.findFirst({
        where: {
          retiredAt: null,
          metric: { workspaceId, archivedAt: null, OR: [{ id: keyOrId }, { key: keyOrId }] },
        },
        include: { metric: { include: { connection: true } } },
        orderBy: { version: 'desc' },
      });
      return row === null ? null : toMetric(row);
    },
    async metricOfVersion(id) {
      const row = await prisma.metricVersion.findUnique({
        where: { id },
        include: { metric: { include: { connection: true } } },
      });
      return row === null ? null : toMetric(row);
    },
    async points(metricVersionId, fromDay, toDay) {
      const rows = await pool.query<PointRow>(
        `SELECT ${POINT_COLUMNS} FROM metric_point p
         WHERE metric_version_id = $1 AND day >= $2 AND day < $3 ORDER BY day`,
        [metricVersionId, fromDay, toDay],
      );
      return rows.rows.map(toPoint);
    },
    async revisions(metricVersionId, fromDay, toDay) {
      const rows = await pool.query<{
        day: string;
        value: string | null;
        revision: number;
        believed_from: Date;
        believed_until: Date;
        run_id: string | null;
      }>(
        `SELECT day, value, revision, believed_from, believed_until, run_id FROM metric_point_revision
         WHERE metric_version_id = $1 AND day >= $2 AND day < $3 ORDER BY day, revision`,
        [metricVersionId, fromDay, toDay],
      );
      return rows.rows.map((row) => ({
        day: row.day,
        value: row.value,
        revision: row.revision,
        believedFrom: row.believed_from,
        believedUntil: row.believed_until,
        runId: row.run_id,
      }));
    },
  };
  return store;
}

/** What `toPoint` reads of a `metric_point p`. */
export const POINT_COLUMNS = `p.day, p.value, p.numerator, p.denominator, p.reason, p.flags->'sample' AS sample, p.origin,
  p.revision, p.run_id, p.fetched_at`;

export type PointRow = {
  day: string;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  reason: NoValueReason | null;
  sample: Sample | null;
  origin: PointOrigin;
  revision: number;
  run_id: string | null;
  fetched_at: Date;
};

export function toPoint(row: PointRow): StoredPoint {
  const { day, value, numerator, denominator, reason, sample, origin, revision } = row;
  return {
    day,
    value,
    numerator,
    denominator,
    reason,
    sample,
    origin,
    revision,
    runId: row.run_id,
    fetchedAt: row.fetched_at,
  };
}

/** Up to a tenth of the interval and at most a minute, so that connections do not all start on the same second. */
const jitterOf = (everyMinutes: number): number => Math.min(60_000, everyMinutes * 6_000);

function scheduleOf(everyMinutes: number, timeZone: string) {
  return { kind: 'interval', everyMinutes, timeZone, jitterMs: jitterOf(everyMinutes), nextDueAt: null };
}

/** The next slot is one interval away by the database's clock; a metric that is bound asks for its own first run. */
async function restartSchedule(tx: Prisma.TransactionClient, connectionId: string): Promise<void> {
  await tx.$executeRaw`UPDATE schedule SET next_due_at = app_now() + make_interval(mins => every_minutes)
    WHERE connection_id = ${connectionId}`;
}

export async function saveSecrets(
  tx: Prisma.TransactionClient,
  workspaceId: string,
  tableName: string,
  rowId: string,
  secrets: SealedSecret[],
): Promise<void> {
  for (const { field, ...sealed } of secrets) {
    await tx.secret.upsert({
      where: { tableName_rowId_field: { tableName, rowId, field } },
      create: { id: newId('sec'), workspaceId, tableName, rowId, field, ...sealed },
      update: { ...sealed, updatedAt: new Date() },
    });
  }
}

function toConnection(row: ConnectionRow): ConnectionRecord {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    key: row.key,
    title: row.title,
    connectorId: row.connectorId,
    environment: row.environment as Environment, // the table's check allows nothing else
    endpoint: row.endpoint,
    config: row.config as Record<string, unknown>,
    state: row.state as ConnectionStateName,
    stateReason: row.stateReason,
    blockedUntil: row.blockedUntil,
    circuitUntil: row.circuitUntil,
    lastSuccessAt: row.lastSuccessAt,
    lastFailureAt: row.lastFailureAt,
    owner: row.ownerName,
    schedule:
      row.schedule === null
        ? null
        : {
            everyMinutes: row.schedule.everyMinutes ?? 1_440,
            nextDueAt: row.schedule.nextDueAt,
            enabled: row.schedule.enabled,
          },
    account: accountOf(row),
  };
}

function accountOf(row: ConnectionRow): ConnectionRecord['account'] {
  const { accountCheckedAt: checkedAt, accountZoneBefore: from, accountZoneChangedAt: at } = row;
  if (checkedAt === null) return null;
  const zoneChanged = from === null || at === null ? null : { from, at };
  return { timeZone: row.accountTimeZone, currency: row.accountCurrency, checkedAt, zoneChanged };
}

function versionData({ params, historyStartDay, definition, ...version }: NewMetricVersion) {
  return {
    ...version,
    params: params as Prisma.InputJsonObject,
    historyStartDay: dayToDate(historyStartDay),
    ...(definition === null ? {} : { definition: definition as unknown as Prisma.InputJsonObject }),
  };
}

/** The metrics of some versions, and those that formulas among them combine. */
const AROUND = `WITH RECURSIVE around AS (
  SELECT metric_id FROM metric_version WHERE id = ANY($3)
  UNION
  SELECT i.metric_id FROM around JOIN metric_version v ON v.metric_id = around.metric_id
    CROSS JOIN unnest(v.inputs) input JOIN metric_version i ON i.id = input)`;

/** A metric version as `MetricRecord` has it: a board reads thousands of them, which is no work for an object mapper. */
const METRIC_COLUMNS = `m.id, m.workspace_id AS "workspaceId", m.source, COALESCE(m.connection_id, '') AS "connectionId",
  COALESCE(c.key, '') AS "connectionKey", m.key, m.title, v.id AS "versionId", v.version,
  v.connector_metric AS "connectorMetric", v.params, v.kind, v.unit, v.currency, v.time_zone AS "timeZone",
  v.settles_after_hours AS "settlesAfterHours", v.reread_days AS "rereadDays", v.stale_after_days AS "staleAfterDays",
  v.cadence, v.read_every_hours AS "readEveryHours", v.history, v.history_start_day AS "historyStartDay",
  v.cursor_day AS "cursorDay", v.definition_hash AS "definitionHash", v.definition, v.inputs,
  v.change_reason AS "changeReason"`;

function toMetric(row: VersionRow): MetricRecord {
  return {
    id: row.metricId,
    workspaceId: row.metric.workspaceId,
    source: row.metric.source as MetricSource, // the table's check allows nothing else
    connectionId: row.metric.connectionId ?? '',
    connectionKey: row.metric.connection?.key ?? '',
    key: row.metric.key,
    title: row.metric.title,
    versionId: row.id,
    version: row.version,
    connectorMetric: row.connectorMetric,
    params: row.params as Record<string, unknown>,
    kind: row.kind as MetricKind,
    unit: row.unit as Unit,
    currency: row.currency,
    timeZone: row.timeZone,
    settlesAfterHours: row.settlesAfterHours,
    rereadDays: row.rereadDays,
    staleAfterDays: row.staleAfterDays,
    cadence: row.cadence as 'day' | 'month',
    readEveryHours: row.readEveryHours,
    history: row.history as 'backfill' | 'from_now',
    historyStartDay: dateToDay(row.historyStartDay),
    cursorDay: dateToDayOrNull(row.cursorDay),
    definitionHash: row.definitionHash,
    definition: row.definition as MetricDefinition | null, // written by versionData
    inputs: row.inputs,
    changeReason: row.changeReason,
  };
}

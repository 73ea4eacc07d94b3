import pg from 'pg';
import type { LiveEvent, LiveEvents } from '../app/ports-http.ts';
import type { Database } from './database.ts';

const CHANNEL = 'tidemark_live';
/** Longer than a transaction lasts: what was written before another row may be seen after it. */
const OVERLAP = `interval '40 seconds'`;
const OVERLAP_MS = 60_000;
/** What comes at once is read at once. */
const GATHER_MS = 50;
const LOOK_MS = 5_000;
const TIDY_MS = 300_000;
const MAX_REPLAY = 5_000;

type Watched = { seen: Map<string, number>; hearers: Set<(event: LiveEvent) => void>; busy: Promise<void> };

/** Follows what triggers write: told by NOTIFY, and looking by itself every few seconds in case that is lost. */
export function createLiveEvents(
  { pool }: Database,
  databaseUrl: string,
): LiveEvents & { close(): Promise<void> } {
  const watched = new Map<string, Watched>();
  const due = new Map<string, NodeJS.Timeout>();
  let closed = false;
  let listener: pg.Client | null = null;
  const looking = setInterval(() => [...watched.keys()].forEach(soon), LOOK_MS).unref();
  const tidying = setInterval(() => void tidy(), TIDY_MS).unref();

  return {
    async open(workspaceId, lastEventId, hear) {
      await listen().catch(() => {}); // looking every few seconds goes on without it
      const watching = watched.get(workspaceId) ?? (await watch(workspaceId));
      const early: LiveEvent[] = [];
      let started = false;
      const hearer = (event: LiveEvent): void => void (started ? hear(event) : early.push(event));
      watching.hearers.add(hearer);
      return {
        replay: lastEventId === null ? [] : await since(workspaceId, lastEventId),
        start() {
          started = true;
          for (const event of early) hear(event);
        },
        stop() {
          watching.hearers.delete(hearer);
          if (watching.hearers.size === 0) watched.delete(workspaceId);
        },
      };
    },
    async close() {
      closed = true;
      clearInterval(looking);
      clearInterval(tidying);
      for (const timer of due.values()) clearTimeout(timer);
      await listener?.end().catch(() => {});
    },
  };

  async function listen(): Promise<void> {
    if (listener !== null || closed) return;
    const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
    listener = client;
    const lost = (): void => {
      if (listener === client) listener = null;
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => payload !== undefined && soon(payload));
    await client.connect().catch((error: unknown) => {
      lost();
      throw error;
    });
    await client.query(`LISTEN ${CHANNEL}`);
  }

  async function watch(workspaceId: string): Promise<Watched> {
    const watching: Watched = { seen: new Map(), hearers: new Set(), busy: Promise.resolve() };
    for (const event of await recent(workspaceId)) watching.seen.set(event.id, Date.now());
    const known = watched.get(workspaceId) ?? watching; // somebody else may have begun meanwhile
    watched.set(workspaceId, known);
    return known;
  }

  function soon(workspaceId: string): void {
    if (closed || due.has(workspaceId) || !watched.has(workspaceId)) return;
    due.set(
      workspaceId,
      setTimeout(() => {
        due.delete(workspaceId);
        const watching = watched.get(workspaceId);
        if (watching === undefined) return;
        watching.busy = watching.busy.then(() => look(workspaceId, watching)).catch(() => {});
      }, GATHER_MS).unref(),
    );
  }

  async function look(workspaceId: string, { hearers, seen }: Watched): Promise<void> {
    if (listener === null) await listen().catch(() => {});
    const now = Date.now();
    for (const event of await recent(workspaceId)) {
      if (!seen.has(event.id)) for (const hear of hearers) hear(event);
      seen.set(event.id, now);
    }
    for (const [id, at] of seen) if (at < now - OVERLAP_MS) seen.delete(id);
  }

  function recent(workspaceId: string): Promise<LiveEvent[]> {
    return select(`workspace_id = $1 AND created_at > app_now() - ${OVERLAP} ORDER BY id`, [workspaceId]);
  }

  async function since(workspaceId: string, lastEventId: string): Promise<LiveEvent[] | null> {
    if (!/^\d{1,18}$/.test(lastEventId)) return null;
    const [last] = await select('workspace_id = $1 AND id = $2', [workspaceId, lastEventId]);
    if (last === undefined) return null;
    const events = await select(
      `workspace_id = $1 AND id <> $2 AND created_at > $3::timestamptz - ${OVERLAP} ORDER BY id LIMIT ${MAX_REPLAY + 1}`,
      [workspaceId, lastEventId, last.at],
    );
    return events.length > MAX_REPLAY ? null : events;
  }

  async function select(where: string, values: unknown[]): Promise<LiveEvent[]> {
    const rows = await pool.query<LiveEvent>(
      `SELECT id::text AS id, type, data, created_at AS at FROM live_event WHERE ${where}`,
      values,
    );
    return rows.rows;
  }

  /** What is older than it is kept: events after an hour, answers after a day. */
  async function tidy(): Promise<void> {
    await pool
      .query(`DELETE FROM live_event WHERE created_at < app_now() - interval '1 hour'`)
      .then(() =>
        pool.query(`DELETE FROM idempotency_key WHERE created_at < app_now() - interval '24 hours'`),
      )
      .catch(() => {});
  }
}

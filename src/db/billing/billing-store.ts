import type { BillingStore } from '../../app/ports-billing.ts';
import type { Database } from '../database.ts';
import { createConversions } from './conversions.ts';
import { createEvents } from './events.ts';
import { createKeep, readPosition } from './keep-batch.ts';
import { createKeepDerived } from './keep-derived.ts';
import { createLoadStale, readCatalogue } from './load-stale.ts';
import { createEnsureSeries, listSeries } from './series.ts';

/** The billing ledger: what mirrors told, whose of it is still to be worked out, and what was worked out. */
export function createBillingStore(database: Database): BillingStore {
  return {
    ...createEvents(database),
    position: (connectionId) => readPosition(database, connectionId),
    keep: createKeep(database),
    ensureSeries: createEnsureSeries(database),
    listSeries: (connectionId) => listSeries(database.pool, connectionId),
    loadStale: createLoadStale(database),
    catalogue: (connectionId) => readCatalogue(database, connectionId),
    conversions: createConversions(database),
    keepDerived: createKeepDerived(database),
    problems: (connectionId, limit) => listProblems(database, connectionId, limit),
    exampleOf: (connectionId, currency) => findExample(database, connectionId, currency),
  };
}

type Problems = Awaited<ReturnType<BillingStore['problems']>>;
type Example = Awaited<ReturnType<BillingStore['exampleOf']>>;

async function listProblems({ pool }: Database, connectionId: string, limit: number): Promise<Problems> {
  const found = await pool.query<Problems[number]>(
    `SELECT customer_id AS "customerId", problem->>'object' AS object, problem->>'message' AS message
     FROM billing_customer WHERE connection_id = $1 AND problem IS NOT NULL ORDER BY customer_id LIMIT $2`,
    [connectionId, limit],
  );
  return found.rows;
}

async function findExample({ pool }: Database, connectionId: string, currency: string): Promise<Example> {
  const found = await pool.query<NonNullable<Example>>(
    `(SELECT m.causes->0->>'subscriptionId' AS "subscriptionId", m.customer_id AS "customerId"
      FROM mrr_movement m JOIN mrr_series s ON s.id = m.series_id
      WHERE s.connection_id = $1 AND m.currency = $2 LIMIT 1)
     UNION ALL
     (SELECT NULL, customer_id FROM cash_flow WHERE connection_id = $1 AND currency = $2 LIMIT 1)
     LIMIT 1`,
    [connectionId, currency],
  );
  return found.rows[0] ?? null;
}

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeCluster, startPostgres } from '../../src/embedded/postgres.ts';
import { compare } from './compare.ts';
import { measurePhases } from './phases.ts';
import { startProduct, startProvider } from './processes.ts';
import { openAccount } from './product.ts';
import { alone, type Row } from './rows.ts';

export type BillingOptions = { root: string; subscriptions: number; say: (line: string) => void };

/** The whole product from outside: its own command, a real PostgreSQL, and a generated company behind the provider's protocol. */
export async function runBilling(options: BillingOptions): Promise<Row[]> {
  const { root, subscriptions, say } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  chmodSync(dataDir, 0o711); // root hands PostgreSQL to another user, who has to pass
  const undo: (() => unknown)[] = [
    () => rmSync(dataDir, { recursive: true, force: true }),
    () => removeCluster(dataDir),
  ];
  try {
    const postgres = await startPostgres({ dataDir });
    undo.push(() => postgres.stop());
    const provider = await startProvider(root, subscriptions);
    undo.push(() => provider.stop());
    const product = await startProduct({
      root,
      dataDir,
      databaseUrl: postgres.url,
      providerPort: provider.port,
    });
    undo.push(() => product.stop());
    const account = await openAccount(product, provider.port);
    const ask = async <T>(path: string, method = 'GET') => {
      const response = await fetch(`http://127.0.0.1:${provider.port}${path}`, { method });
      if (!response.ok) throw new Error(`${path} was answered with ${await response.text()}`);
      return (await response.json()) as T; // our own server
    };
    const company = await ask<Record<string, number>>('/bench/company');
    const sizes = ['subscriptions', 'customers', 'invoices', 'charges', 'events'];
    const rows = sizes.map((list) => alone(`company: ${list}`, company[list] ?? 0, 'objects'));
    say(`${subscriptions} subscriptions are generated; the first run mirrors them`);
    return [
      ...rows,
      ...(await measurePhases({ product, account, ask, say })),
      ...(await compare(postgres.url)),
    ];
  } finally {
    for (const step of undo.toReversed()) await step();
  }
}

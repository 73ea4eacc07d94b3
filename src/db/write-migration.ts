import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openSchemaEngine } from './schema-engine.ts';

/**
 * The SQL that leads from nothing, or from the tables of the database at `url`, to `prisma/schema.prisma`. A start
 * for a migration file, to be read and completed by hand: partitions and triggers are not in Prisma's language.
 */
export async function migrationSql(url: string, root: string, from: 'empty' | 'database'): Promise<string> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  const content = readFileSync(join(root, 'prisma', 'schema.prisma'), 'utf8');
  const files = [{ path: 'schema.prisma', content }];
  try {
    const engine = await openSchemaEngine(pool, [['schema.prisma', content]]);
    const result = await engine.diff({
      from: from === 'empty' ? { tag: 'empty' } : { tag: 'schemaDatasource', files, configDir: root },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalEnums: [], externalTables: [] },
    });
    return result.stdout ?? '';
  } finally {
    await pool.end();
  }
}

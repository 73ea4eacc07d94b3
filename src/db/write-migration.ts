import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openSchemaEngine } from './schema-engine.ts';

/**
 * The SQL that leads from an earlier text of the schema, or from nothing (null), to `prisma/schema.prisma`. A start for
 * a migration file, to be read and completed by hand: partitions and triggers are not in Prisma's language. `url` is
 * any PostgreSQL that answers; it is not changed.
 */
export async function migrationSql(url: string, root: string, earlier: string | null): Promise<string> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  const content = readFileSync(join(root, 'prisma', 'schema.prisma'), 'utf8');
  const schema = (text: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content: text }],
  });
  try {
    const engine = await openSchemaEngine(pool, [['schema.prisma', content]]);
    const result = await engine.diff({
      from: earlier === null ? { tag: 'empty' } : schema(earlier),
      to: schema(content),
      script: true,
      exitCode: null,
      filters: { externalEnums: [], externalTables: [] },
    });
    return result.stdout ?? '';
  } finally {
    await pool.end();
  }
}

import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

/** A secret that was planted, and everything that it could look like when it has leaked. */
export type Canary = { name: string; forms: string[] };

/** Enough to be found by chance nowhere, and in an alphabet that no encoding of text changes. */
export const canaryText = (): string => `CANARY${randomBytes(15).toString('hex')}`;

export function canaryOf(name: string, secret: string): Canary {
  // A long text, such as a key in PEM, may leak line by line.
  const parts = secret.split(/\r?\n|\\n/).filter((line) => line.length >= 16 && !line.startsWith('-----'));
  // Three lines of many are enough to notice any of its ways.
  const forms = (parts.length > 0 ? parts.slice(0, 3) : [secret]).flatMap((part) => [
    part,
    encodeURIComponent(part),
    encodeURIComponent(encodeURIComponent(part)),
    JSON.stringify(part).slice(1, -1),
    Buffer.from(part).toString('hex'),
    ...alignedBase64(part),
  ]);
  return { name, forms: [...new Set(forms)].filter((form) => form.length >= 12) };
}

/** What of its base64 is the same wherever in a longer text it stands, such as `user:secret` of Basic access. */
function alignedBase64(text: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const whole = padded.toString('base64').replace(/=+$/, '');
    // The first and the last characters depend on the neighbours.
    const own = whole.slice(before === 0 ? 0 : 4, -2);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

export type Hit = { canary: string; where: string };

/** Canaries in a text. */
export function hitsIn(text: string, where: string, canaries: readonly Canary[]): Hit[] {
  return canaries
    .filter(({ forms }) => forms.some((form) => text.includes(form)))
    .map(({ name }) => ({ canary: name, where }));
}

/** Every row of every table of every schema that is not PostgreSQL's own; sealed ones are looked at like the others. */
export async function hitsInDatabase(pool: pg.Pool, canaries: readonly Canary[]): Promise<Hit[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema' ORDER BY 1`,
  );
  const forms = canaries.flatMap((canary) => canary.forms);
  const hits: Hit[] = [];
  for (const { name } of tables) {
    const found = await pool.query<{ form: string }>(
      `SELECT DISTINCT f AS form FROM ${name} t JOIN unnest($1::text[]) f ON position(f IN t::text) > 0`,
      [forms],
    );
    for (const { form } of found.rows) {
      const canary = canaries.find((each) => each.forms.includes(form))?.name ?? '';
      hits.push({ canary, where: `table ${name}` });
    }
  }
  return hits;
}

/** Every file below a folder, but those that are there to hold a secret. */
export function hitsInFolder(folder: string, canaries: readonly Canary[], but: readonly string[]): Hit[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !but.includes(path) && statSync(join(folder, path)).isFile())
    .flatMap((path) => hitsIn(readFileSync(join(folder, path), 'latin1'), `file ${path}`, canaries));
}

/** How many tables there were to look at, by schema. */
export async function tablesOf(pool: pg.Pool): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ schema: string; tables: number }>(
    `SELECT schemaname AS schema, count(*)::int AS tables FROM pg_tables
     WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema' GROUP BY 1`,
  );
  return Object.fromEntries(rows.map(({ schema, tables }) => [schema, tables]));
}

import { createHash } from 'node:crypto';
import type { CompiledAsk } from '../../event-sql/index.ts';
import { EXPERIMENTAL, type TableConfig } from './config.ts';

const DAY_MS = 86_400_000;
/** A statement is as long as its windows are many; what it says shows in its first lines. */
const SHOWN_CHARACTERS = 4_000;

export type Told = {
  newest: Date | null;
  now: Date;
  throughDay: string | null;
  items: number;
  asks: readonly CompiledAsk[];
};

export function notesOf(config: TableConfig, { asks, items, newest, now, throughDay }: Told): string[] {
  const notes = [`${config.engine}: table ${config.table}, ${items} rows looked at`];
  if (EXPERIMENTAL.includes(config.engine)) {
    notes.push(
      `experimental: the statements of ${config.engine} were written after its documentation, and not run by our tests`,
    );
  }
  if (newest === null) {
    notes.push('the table holds no event that has happened yet, so no day has a value');
  } else if (throughDay !== null && now.getTime() - newest.getTime() > DAY_MS) {
    const at = newest.toISOString();
    notes.push(
      `the newest event is of ${at}: the load seems to have stopped, and days after ${throughDay} have no value`,
    );
  } else {
    notes.push(`newest event ${newest.toISOString()}, days through ${throughDay}`);
  }
  for (const [at, { sql }] of asks.entries()) {
    const digest = createHash('sha256').update(sql).digest('hex');
    const shown =
      sql.length > SHOWN_CHARACTERS ? `${sql.slice(0, SHOWN_CHARACTERS)} … (${sql.length} characters)` : sql;
    notes.push(`statement ${at + 1} of ${asks.length}, sha256 ${digest}${at === 0 ? `:\n${shown}` : ''}`);
  }
  return notes;
}

import { ownersError } from './failure.ts';
import type { EngineSettings } from './settings.ts';

/** What a user of MariaDB or MySQL may do beside reading, by the sentences of SHOW GRANTS. */

export type Grants = { global: string[]; writing: string[] };

/** Rights over the server and its machine, which a transaction that only reads does not hold back. */
const DANGEROUS = [
  'ALL PRIVILEGES',
  'FILE',
  'SUPER',
  'SHUTDOWN',
  'PROCESS',
  'RELOAD',
  'CREATE USER',
  'SYSTEM_USER',
  'CONNECTION ADMIN',
  'CONNECTION_ADMIN',
  'BINLOG ADMIN',
];
const READING = [
  'USAGE',
  'SELECT',
  'SHOW VIEW',
  'SHOW DATABASES',
  'EXECUTE',
  'PROXY',
  'SHOW CREATE ROUTINE',
  'DELETE HISTORY',
];

/** Sentences hold digests of passwords: nothing of them but names of rights and places goes on from here. */
export function grantsIn(sentences: readonly string[]): Grants {
  const global: string[] = [];
  const writing: string[] = [];
  for (const sentence of sentences) {
    const [, rights, place] =
      /^GRANT (.+?) ON (?:TABLE |FUNCTION |PROCEDURE |PACKAGE (?:BODY )?)?(\S+) TO /.exec(sentence) ?? [];
    if (rights === undefined || place === undefined || place === "''@''") continue;
    for (const right of rights.replaceAll(/\s*\([^)]*\)/g, '').split(/,\s*/)) {
      if (READING.includes(right)) continue;
      if (place === '*.*' && DANGEROUS.includes(right)) global.push(right);
      writing.push(`${right} on ${place.replaceAll('`', '')}`);
    }
  }
  return { global, writing };
}

/** @throws ConnectorError when the user could do harm in a transaction that only reads */
export function refuseDangerous({ global }: Grants, { user }: EngineSettings): void {
  if (global.length === 0) return;
  const what = `${user} has ${global.slice(0, 5).join(', ')} on the whole server and could touch files or other users there.`;
  throw ownersError('config', 'dangerous_role', what, `Give Tidemark a user of its own: ${GRANTS}`);
}

const GRANTS = "CREATE USER tidemark IDENTIFIED BY '…'; GRANT SELECT ON shop.* TO tidemark;";
const NAMED = 5;

/**
 * @returns a warning when it may write and this was acknowledged
 * @throws ConnectorError when it may and was not
 */
export function writeWarnings(
  { writing }: Grants,
  { user, writeRightsAcknowledged }: EngineSettings,
): string[] {
  if (writing.length === 0) return [];
  const many = writing.slice(0, NAMED).join(', ');
  const what = `${user} may do more than read; these rights are too many: ${many}.`;
  if (writeRightsAcknowledged === true) return [what];
  const hint =
    'Revoke them, or give Tidemark a user of its own; if neither can be, set writeRightsAcknowledged=true: the session still only reads.';
  throw ownersError('config', 'write_rights', what, hint);
}

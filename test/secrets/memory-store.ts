import type { DataKeyStore, StoredDataKey } from '../../src/secrets/index.ts';

/** A data key table in memory; `rows` is open so that a test can look at it and tamper with it. */
export function memoryStore(): DataKeyStore & { rows: StoredDataKey[] } {
  const rows: StoredDataKey[] = [];
  return {
    rows,
    // Copies, as a database gives: a caller must not see later writes in what it has read.
    get: async (workspaceId) => copy(rows.findLast((row) => row.workspaceId === workspaceId)),
    find: async (workspaceId, kid) =>
      copy(rows.find((row) => row.workspaceId === workspaceId && row.kid === kid)),
    put: async (key) => {
      rows.push(key);
      return true;
    },
    listNotUnder: async (masterKid, limit) =>
      rows
        .filter((row) => row.masterKid !== masterKid)
        .slice(0, limit)
        .map((row) => ({ ...row })),
    replaceWrapped: async (kid, oldWrapped, next) => {
      const row = rows.find((candidate) => candidate.kid === kid && candidate.wrapped === oldWrapped);
      if (row === undefined) return false;
      row.masterKid = next.masterKid;
      row.wrapped = next.wrapped;
      return true;
    },
  };
}

function copy(row: StoredDataKey | undefined): StoredDataKey | null {
  return row === undefined ? null : { ...row };
}

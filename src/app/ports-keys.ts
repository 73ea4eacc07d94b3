/** What the rotation of keys works with. */

/** One master key, told by its id and its fingerprint; the key itself stays in the ring. */
export type MasterKeyName = { kid: string; fingerprint: string };

export type MasterKeyNames = {
  /** Newest first. */
  list(): MasterKeyName[];
  /** Looks again where they come from. */
  reload(): Promise<void>;
};

/** A secret as it lies in the database, and the place that it is bound to. */
export type StoredSecret = {
  id: string;
  workspaceId: string;
  table: string;
  rowId: string;
  field: string;
  allowedHosts: string[];
  ciphertext: string;
};

/** How many rows are under a key. */
export type DataKeyCount = {
  kid: string;
  workspaceId: string;
  masterKid: string;
  /** Whether the workspace writes with it. */
  isNewest: boolean;
  isRetired: boolean;
  createdAt: Date;
  secrets: number;
};

export type KeyStore = {
  /** The fingerprint of the master key that all data keys are known to be under, unless a rotation is under way. */
  fingerprint(): Promise<string | null>;
  retiredMasterKids(): Promise<string[]>;
  /** Ids of the workspaces that have a data key. */
  workspaces(): Promise<string[]>;
  /** Secrets that are not under the newest data key of their workspace, by id, from behind `afterId` on. */
  outdatedSecrets(afterId: string, limit: number): Promise<StoredSecret[]>;
  /** Compare and set: writes only where the old ciphertext still stands, and says whether it did. */
  replaceCiphertext(id: string, oldCiphertext: string, ciphertext: string): Promise<boolean>;
  /** Retires data keys that are not the newest of their workspace and have no secret under them. */
  retireDataKeys(): Promise<number>;
  /**
   * Makes `newest` the key that all data keys are under, if they are, and retires the master keys before it: none comes
   * back under those. @returns whether there was nothing left under another one
   */
  settleMaster(newest: MasterKeyName, others: readonly string[]): Promise<boolean>;
  counts(): Promise<DataKeyCount[]>;
};

/** The parts of the key ring that a rotation uses. */
export type KeyRingOps = {
  seal(secret: Omit<StoredSecret, 'id' | 'ciphertext'> & { plaintext: string }): Promise<string>;
  open(secret: Omit<StoredSecret, 'id' | 'ciphertext'> & { sealed: string }): Promise<string>;
  rotateDataKey(workspaceId: string): Promise<string>;
  rewrapDataKeys(limit?: number): Promise<{ moved: number; unreadableKids: string[] }>;
};

export type KeyDeps = { ring: KeyRingOps; store: KeyStore; masters: MasterKeyNames };

import type { Titles } from '../domain/titles.ts';
import type { AuditLog } from './ports.ts';

/** An address that shows one Key Result to whoever has it. Its token is kept nowhere. */
export type PublicLinkRecord = {
  id: string;
  keyResultId: string;
  keyResultKey: string;
  /** Of the Key Result. */
  title: string;
  titles: Titles;
  /** What it is for, as whoever made it said. */
  label: string;
  createdBy: string;
  createdAt: Date;
  revokedAt: Date | null;
};
export type NewPublicLink = Pick<PublicLinkRecord, 'id' | 'keyResultId' | 'label' | 'createdBy'> & {
  workspaceId: string;
  tokenHash: string;
};
type AuditEntry = Parameters<AuditLog['append']>[0];

/** A change and its line in the audit log are written together or not at all. */
export type PublicLinkStore = {
  /** Null when the Key Result has `limit` links in force. */
  create(link: NewPublicLink, limit: number, entry: AuditEntry): Promise<PublicLinkRecord | null>;
  /** Those in force, the newest first. */
  list(workspaceId: string, keyResultId: string): Promise<PublicLinkRecord[]>;
  /** Null when none in force has that id. */
  revoke(workspaceId: string, id: string, entry: AuditEntry): Promise<PublicLinkRecord | null>;
  /** Whom a token shows: the id of a Key Result; null when no link in force has it. */
  keyResultOf(workspaceId: string, tokenHash: string): Promise<string | null>;
};

/** Makes tokens of public links, and knows what is kept of them. */
export type LinkTokens = {
  mint(): { token: string; hash: string };
  /** Null for a text that can be no such token. */
  hashOf(text: string): string | null;
};

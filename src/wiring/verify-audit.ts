import { type AuditVerdict, verifyAuditLog } from '../db/audit-chain.ts';
import type { Services } from './services.ts';

/** The record of changes of every workspace, record by record. */
export function verifyAudit({ database }: Pick<Services, 'database'>): Promise<AuditVerdict> {
  return verifyAuditLog(database.pool);
}

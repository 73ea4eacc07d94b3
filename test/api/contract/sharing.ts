import type { Driver } from './driver.ts';

/** The record, the export, and what happens as it happens. */
export async function sharing({ ask, done, reads, record }: Driver): Promise<void> {
  await reads('listAuditLog', { query: { objectType: 'cycle' } }, { objectType: 'cycle' });
  const exported = await ask('exportWorkspace');
  if (exported.status !== 200 || !exported.text.includes('"k-hand"'))
    record.faults.push('exportWorkspace: k-hand is missing');
  const csv = await ask('exportWorkspace', { query: { format: 'csv', type: 'key_results' } });
  if (!csv.text.includes('k-hand'))
    record.faults.push(`exportWorkspace as CSV: ${csv.status} ${csv.text.slice(0, 300)}`);
  await done('listenToEvents');
}

import type { KeyResultDetail, RunView } from '../../api/contract.ts';
import { useLanguage } from '../language.tsx';
import { useMe } from '../use-me.ts';
import { useSync } from '../use-sync.ts';
import { FormProblem } from './form.tsx';

/** Reads the source now and says in place what came of it. Only where a source is read, and in a cycle that is open. */
export function SyncNow({ detail }: { detail: KeyResultDetail }) {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const { busy, error, runs, start } = useSync(detail.key);
  const open = detail.cycle.state !== 'closed' && detail.asOf === null;
  if (!mayEdit || !open || detail.tracking !== 'automatic') return null;
  return (
    <div className="mt-3">
      <button type="button" className="button" disabled={busy} onClick={start}>
        {busy ? t('web.kr.syncing') : t('web.kr.sync')}
      </button>
      <div role="status" className="mt-1.5 space-y-1 text-[13px] leading-relaxed empty:hidden">
        {busy ? null : runs.map((run) => <RunResult key={run.id} run={run} />)}
      </div>
      <FormProblem error={error} />
    </div>
  );
}

/** What a run brought, or why it brought nothing. */
function RunResult({ run }: { run: RunView }) {
  const { t } = useLanguage();
  if (run.status === 'succeeded' || run.status === 'skipped')
    return (
      <p className="break-words">
        {t('web.kr.synced', {
          connection: run.connectionKey,
          status: run.status,
          read: run.points.read,
          changed: run.points.changed,
        })}
      </p>
    );
  if (run.error === null)
    return <p className="break-words">{t('web.kr.sync_goes_on', { connection: run.connectionKey })}</p>;
  return (
    <p className="font-medium break-words text-warn">
      {t('web.kr.sync_failed', { connection: run.connectionKey, message: run.error.message })}
    </p>
  );
}

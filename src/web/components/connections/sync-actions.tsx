import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api.ts';
import { useServerNow } from '../../clock.ts';
import { failureOf } from '../../connection-condition.ts';
import { type Checked, type Connection, isUnderWay, type Run, runQuery } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { type Change, useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { CheckResult } from './check-steps.tsx';
import { timeUntil } from './time-until.ts';

export type SyncActions = {
  sync: Change<void, string>;
  check: Change<void, Checked>;
  run: string | null;
  checked: Checked | null;
  /** What was asked for last is shown, and nothing of the other. */
  shown: 'sync' | 'check' | null;
};

/** Reading now and asking whether the key works, with what became of it. */
export function useSyncActions(key: string): SyncActions {
  const [run, setRun] = useState<string | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [shown, setShown] = useState<SyncActions['shown']>(null);
  const sync = useChange(async () => {
    setShown('sync');
    setRun(null);
    const { data } = await call('startSync', { body: { connection: key } });
    return data[0]?.id ?? '';
  }, setRun);
  const check = useChange(async () => {
    setShown('check');
    setChecked(null);
    return call('checkConnection', { params: { id: key } });
  }, setChecked);
  return { sync, check, run, checked, shown };
}

export function SyncButtons({ actions, connection }: { actions: SyncActions; connection: Connection }) {
  const { t } = useLanguage();
  const { check, sync } = actions;
  return (
    <div className="flex flex-wrap gap-2">
      <button
        type="button"
        className="button"
        disabled={sync.busy || connection.state === 'paused'}
        aria-label={t('web.connections.sync_of', { title: connection.title })}
        onClick={() => void sync.run()}
      >
        {t('web.connections.sync')}
      </button>
      <button
        type="button"
        className="button"
        disabled={check.busy}
        aria-label={t('web.connections.check_of', { title: connection.title })}
        onClick={() => void check.run()}
      >
        {t(check.busy ? 'web.connections.checking' : 'web.connections.check')}
      </button>
    </div>
  );
}

/** What became of the last thing that was asked for, where it was asked. `told`: why it fails stands beside. */
export function ActionResult({ actions, told = false }: { actions: SyncActions; told?: boolean }) {
  const { check, checked, run, shown, sync } = actions;
  if (shown === 'check') return <CheckResult checked={checked} error={check.error} busy={check.busy} />;
  if (shown !== 'sync') return null;
  return (
    <div aria-live="polite" className="text-[13px]">
      {sync.error === null ? null : <FormProblem error={sync.error} />}
      {run === null || run === '' ? null : <RunResult id={run} told={told} />}
    </div>
  );
}

function RunResult({ id, told }: { id: string; told: boolean }) {
  const { t } = useLanguage();
  const now = useServerNow();
  const { data: run, error } = useQuery(runQuery(id));
  if (error !== null && run === undefined) return <FormProblem error={error} />;
  // A failed run is done again when somebody asks: until it has been, its old failure is no answer.
  const waits = run?.status === 'queued' && run.error !== null && timeUntil(t, run.notBefore, now) !== null;
  if (run === undefined || (isUnderWay(run) && !waits))
    return <p className="text-muted">{t('web.connections.sync_under_way')}</p>;
  if (run.error === null)
    return (
      <p className="text-good">
        {t('web.connections.sync_done', { read: run.points.read, changed: run.points.changed })}
      </p>
    );
  if (told) return <p className="font-medium text-bad">{t('run.failed')}</p>;
  const wait = run.status === 'queued' ? timeUntil(t, run.notBefore, now) : null;
  return (
    <p className="leading-relaxed">
      <span className="font-medium text-bad">{failedText(t, run)}</span>{' '}
      {wait === null ? null : t('web.connections.next_try', { wait })}
      <span lang="en" className="block break-words text-muted">
        {run.error.message}
      </span>
    </p>
  );
}

function failedText(t: ReturnType<typeof useLanguage>['t'], run: Run): string {
  return t(`web.connections.failure.${failureOf(run.error?.class ?? '')}`);
}

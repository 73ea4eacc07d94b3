import { type Mark, markOf } from '../../connection-condition.ts';
import type { Run } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { Icon } from '../icons.tsx';

const shapes: Record<Mark, { path: string; tone: string }> = {
  ok: { path: 'M3.2 8.4 6.6 11.8 13 4.6', tone: 'text-good' },
  late: { path: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.8V8l2.2 1.6', tone: 'text-warn' },
  failed: { path: 'M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4', tone: 'text-bad' },
  under_way: { path: 'M13.2 6.2A5.6 5.6 0 1 0 13.6 9M13.4 2.6v3.8H9.6', tone: 'text-calm' },
  skipped: { path: 'M3.4 8h9.2', tone: 'text-muted' },
};

/** How a sync ended, by shape and word. */
export function RunWord({ run }: { run: Run }) {
  const { t } = useLanguage();
  const mark = markOf(run);
  const { path, tone } = shapes[mark];
  const retries = mark === 'failed' && run.status === 'queued';
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium ${tone}`}>
      <Icon path={path} />
      {retries
        ? t('web.connections.tries_again', { attempt: run.attempt })
        : mark === 'late'
          ? t('web.connections.succeeded_late')
          : t(`run.${run.status}`)}
    </span>
  );
}

/** How long it took; null while it is under way, or when it never started. */
export function durationMsOf({ finishedAt, startedAt }: Run): number | null {
  return startedAt === null || finishedAt === null ? null : Date.parse(finishedAt) - Date.parse(startedAt);
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { detailQuery } from '../../binding-queries.ts';
import { useLanguage } from '../../language.tsx';
import { DataBadge, StatusBadge } from '../badges.tsx';
import { PushHint } from './push-hint.tsx';

/** It is saved: the value as it comes in, which may take as long as the first sync. */
export function Bound({ keyResult }: { keyResult: string }) {
  const { t, format } = useLanguage();
  const { data } = useQuery({
    ...detailQuery(keyResult),
    refetchInterval: (query) => (query.state.data?.currentValue == null ? 1_500 : 15_000),
  });
  if (data === undefined) return null;
  const live = data.currentValue !== null;
  return (
    <>
      <section className="card max-w-3xl">
        <div role="status">
          <h2 className="text-lg font-semibold">
            {live ? t('web.binding.live') : t('web.binding.first_sync')}
          </h2>
        </div>
        {live ? (
          <p className="mt-1 text-3xl font-semibold tracking-tight tabular-nums" data-current>
            {format.full(data.currentValue, data)}
          </p>
        ) : (
          <p className="mt-1 text-[14px] leading-relaxed text-muted">
            {t(data.tracking === 'pushed' ? 'web.binding.waits_for_push' : 'web.binding.first_sync_hint')}
          </p>
        )}
        <div className="mt-3 flex flex-wrap items-start gap-3">
          <StatusBadge row={data} />
          <DataBadge row={data} cycleState={data.cycle.state} />
        </div>
        <div className="mt-5 flex flex-wrap gap-2">
          <Link to="/key-results/$key" params={{ key: data.key }} className="button button-main">
            {t('web.binding.to_key_result')}
          </Link>
          <Link to="/new" search={{ way: 'fill' }} className="button py-2">
            {t('web.binding.one_more')}
          </Link>
        </div>
      </section>
      {data.tracking === 'pushed' && data.source !== null ? (
        <PushHint metric={data.source.metricKey} />
      ) : null}
    </>
  );
}

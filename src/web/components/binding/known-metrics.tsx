import { useQuery } from '@tanstack/react-query';
import type { Detail } from '../../binding-queries.ts';
import { metricsQuery } from '../../connection-queries.ts';
import { feeds } from '../../goal-words.ts';
import { useLanguage } from '../../language.tsx';
import { TextField } from '../ui/fields.tsx';
import { Asked, EmptyState } from '../ui/page-parts.tsx';
import type { Place } from './bind-place.ts';
import { Offer } from './source-step.tsx';

/** A number that is collected already. */
export function KnownMetrics({ detail, place }: { detail: Detail; place: Place }) {
  const { t, format } = useLanguage();
  const metrics = useQuery(metricsQuery);
  const { find = '' } = place.words;
  return (
    <>
      <div className="mb-3 max-w-md">
        <TextField
          label={t('web.binding.search_metrics')}
          type="search"
          value={find}
          onChange={(text) => place.put({ find: text })}
        />
      </div>
      <Asked query={metrics} inside>
        {(all) => {
          const wanted = find.trim().toLowerCase();
          const shown = all.filter(({ key, source, title }) =>
            source !== 'check_in' ? `${key} ${title}`.toLowerCase().includes(wanted) : false,
          );
          if (shown.length === 0)
            return (
              <EmptyState title={t('web.binding.no_metric_fits')}>
                {t('web.binding.none_collected')}
              </EmptyState>
            );
          return (
            <ul className="grid gap-2 sm:grid-cols-2">
              {shown.map((metric) => (
                <Offer
                  key={metric.key}
                  title={metric.title}
                  detail={
                    <>
                      {metric.source === 'connector' ? metric.connectionKey : t(`source.${metric.source}`)} ·{' '}
                      {t(`web.binding.counts.${metric.kind}`)}
                      {format.unitName(metric) === '' ? '' : ` · ${format.unitName(metric)}`}
                      {feeds(detail.goal, metric.kind) ? '' : ` · ${t('web.binding.cannot_feed')}`}
                    </>
                  }
                  disabled={!feeds(detail.goal, metric.kind)}
                  onTake={() => place.go({ metric: metric.key, step: 'preview' })}
                />
              ))}
            </ul>
          );
        }}
      </Asked>
    </>
  );
}

import type { BindingPreview } from '../../binding-queries.ts';
import { useServerNow } from '../../clock.ts';
import { useLanguage } from '../../language.tsx';
import { timeUntil } from '../connections/time-until.ts';

const BUDGETS = ['queries', 'exports', 'tokens_day', 'tokens_hour', 'tokens_project'] as const;

/** What was asked of the source for this look, and what of its limits that took. */
export function Requests({ preview }: { preview: BindingPreview }) {
  const { t, format } = useLanguage();
  const now = useServerNow();
  const { completeness, metric, quota, requests } = preview;
  const { budgets, spent } = quota;
  return (
    <section className="card" aria-labelledby="what-was-asked">
      <h2 id="what-was-asked" className="font-semibold">
        {t('web.binding.asked')}
      </h2>
      {requests.length === 0 ? (
        <p className="mt-1 text-[14px] text-muted">{t('web.binding.asked_nothing')}</p>
      ) : (
        <details className="mt-1">
          <summary className="min-h-6 cursor-pointer text-[14px]">
            {t('evidence.requests', { count: requests.length })}
            {completeness === null ? null : ` · ${t('web.binding.items', { count: completeness.items })}`}
          </summary>
          <ul className="mt-2 space-y-1.5">
            {requests.map(({ durationMs, method, responseBytes, startedAt, status, url }, index) => (
              <li key={`${startedAt} ${index}`} className="text-[13px]">
                <code className="block font-mono break-all">
                  {method} {url}
                </code>
                <span className="text-muted">
                  {status ?? t('web.no_answer')} · {format.bytes(responseBytes)} ·{' '}
                  {format.duration(durationMs)}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className="mt-2 text-[14px]" data-cost>
        {spent === null
          ? t(requests.length === 0 ? 'web.binding.cost_nothing' : 'web.binding.cost_uncounted')
          : t('web.binding.cost', { calls: spent.calls, tokens: spent.tokens })}
      </p>
      {budgets.length === 0 ? null : (
        <ul className="mt-1 space-y-0.5 text-[13px] text-muted">
          {budgets.map(({ freeAt, limit, name, used }) => {
            const wait = timeUntil(t, freeAt, now);
            const known = BUDGETS.find((each) => each === name);
            return (
              <li key={name}>
                {known === undefined ? name : t(`web.connections.quota.${known}`)}:{' '}
                {used === null
                  ? t('web.connections.quota_unknown', { limit: format.number(limit) })
                  : t('web.connections.quota_used', {
                      used: format.number(used),
                      limit: format.number(limit),
                    })}
                {wait === null || used === 0 ? null : ` · ${t('web.binding.free_again', { wait })}`}
              </li>
            );
          })}
        </ul>
      )}
      <p className="mt-2 text-[13px] text-muted">
        {t('web.binding.settles', { days: metric.rereadDays, hours: metric.settlesAfterHours })}
      </p>
    </section>
  );
}

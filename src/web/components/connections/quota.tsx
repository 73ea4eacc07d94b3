import { useQuery } from '@tanstack/react-query';
import { useServerNow } from '../../clock.ts';
import { type Budget, budgetsQuery } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { timeUntil } from './time-until.ts';

const NAMES = ['queries', 'exports', 'tokens_day', 'tokens_hour', 'tokens_project'] as const;

/** What of the provider's limits is used, one line each; nothing where nothing is counted. */
export function QuotaLines({ connection, brief = false }: { connection: string; brief?: boolean }) {
  const { t } = useLanguage();
  const { data: budgets, error } = useQuery(budgetsQuery(connection));
  if (budgets === undefined)
    return error === null ? null : (
      <p className="text-[13px] text-muted">{t('web.connections.quota_unread')}</p>
    );
  if (budgets.length === 0)
    return brief ? null : <p className="text-[13px] text-muted">{t('web.connections.quota_none')}</p>;
  const shown = brief ? budgets.toSorted((a, b) => shareOf(b) - shareOf(a)).slice(0, 1) : budgets;
  return (
    <ul className={brief ? '' : 'space-y-3'}>
      {shown.map((budget) => (
        <QuotaLine key={budget.name} budget={budget} brief={brief} />
      ))}
    </ul>
  );
}

const shareOf = ({ limit, used }: Budget): number => (used === null || limit === 0 ? 0 : used / limit);

function QuotaLine({ brief, budget }: { budget: Budget; brief: boolean }) {
  const { t, format } = useLanguage();
  const now = useServerNow();
  const known = NAMES.find((name) => name === budget.name);
  const name = known === undefined ? budget.name : t(`web.connections.quota.${known}`);
  const paused = timeUntil(t, budget.pausedUntil, now);
  const free = timeUntil(t, budget.freeAt, now);
  const share = Math.min(1, shareOf(budget));
  const text =
    budget.used === null
      ? t('web.connections.quota_unknown', { limit: format.number(budget.limit) })
      : t('web.connections.quota_used', {
          used: format.number(budget.used),
          limit: format.number(budget.limit),
        });
  if (brief)
    return (
      <li className="text-xs text-muted tabular-nums">
        {name}: {text}
        {paused === null ? null : ` · ${t('web.connections.quota_paused', { wait: paused })}`}
      </li>
    );
  return (
    <li className="text-[13px]">
      <p className="flex flex-wrap justify-between gap-x-4">
        <span>{name}</span>
        <span className="text-muted tabular-nums">{text}</span>
      </p>
      <div className="mt-1 h-1.5 overflow-hidden rounded-full bg-track">
        <div
          className={`h-full rounded-full ${share >= 0.9 ? 'bg-bad-fill' : share >= 0.7 ? 'bg-warn-fill' : 'bg-calm-fill'}`}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <p className="mt-0.5 text-xs text-muted">
        {paused === null
          ? free === null || budget.used === 0
            ? null
            : t(
                budget.counts === 'tokens' ? 'web.connections.quota_refills' : 'web.connections.quota_frees',
                {
                  wait: free,
                },
              )
          : t('web.connections.quota_paused', { wait: paused })}
      </p>
    </li>
  );
}

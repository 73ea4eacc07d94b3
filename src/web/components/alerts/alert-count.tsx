import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useMe } from '../../use-me.ts';

const MOST = 99;
const REFRESH_MS = 30_000;

const firingQuery = queryOptions({
  queryKey: ['alerts', 'firing'],
  queryFn: ({ signal }) => call('listAlerts', { query: { state: 'firing', limit: MOST + 1 }, signal }),
  refetchInterval: REFRESH_MS,
});

/** How many alerts fire now, as a small number beside a link; nothing when none does. Loaded with the first page. */
export function AlertCount() {
  const { t } = useLanguage();
  const { me } = useMe();
  const { data } = useQuery({ ...firingQuery, enabled: me !== null });
  const count = data?.data.length ?? 0;
  if (count === 0) return null;
  return (
    <span className="ml-1.5 inline-block min-w-5 rounded-full bg-bad-soft px-1.5 text-center text-xs leading-5 font-medium text-bad tabular-nums">
      <span aria-hidden="true">{count > MOST ? `${MOST}+` : count}</span>
      <span className="sr-only">{t('web.alerts.count', { count })}</span>
    </span>
  );
}

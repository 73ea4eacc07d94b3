import { queryOptions, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { callAll } from '../../api.ts';
import { type BoardSearch, withParts } from '../../board-search.ts';
import { useLanguage } from '../../language.tsx';

const cyclesQuery = queryOptions({
  queryKey: ['cycles'],
  queryFn: ({ signal }) => callAll('listCycles', { signal }),
  staleTime: 60_000,
});

/** Other cycles, the newest first. Each is an address of its own; where there is but one, nothing is drawn. */
export function CycleSwitch({ search, shown }: { search: BoardSearch; shown: string }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const { data: cycles = [] } = useQuery(cyclesQuery);
  if (cycles.length < 2) return null;
  const choose = (cycle: string): void =>
    void navigate({ to: '/', search: withParts(search, { cycle: cycle === '' ? undefined : cycle }) });
  const chosen = cycles.find(({ id, key }) => key === search.cycle || id === search.cycle)?.key ?? '';
  return (
    <select
      aria-label={t('web.board.cycle')}
      title={shown}
      value={chosen}
      onChange={(event) => choose(event.target.value)}
      className="min-h-7 max-w-60 rounded-lg border border-line-strong bg-surface px-2 text-ink"
    >
      <option value="">{t('web.board.cycle_now')}</option>
      {cycles.map(({ key, state, title }) => (
        <option key={key} value={key}>
          {`${title} (${t(`cycle.${state}`)})`}
        </option>
      ))}
    </select>
  );
}

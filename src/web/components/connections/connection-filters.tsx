import { useNavigate } from '@tanstack/react-router';
import { useLanguage } from '../../language.tsx';
import { dataStates } from '../../words.ts';
import { SelectField, TextField } from '../ui/fields.tsx';

export type ConnectionSearch = {
  q?: string | undefined;
  provider?: string | undefined;
  data?: string | undefined;
};

/** What is searched for stands in the address. */
export function ConnectionFilters(props: {
  search: ConnectionSearch;
  providers: readonly { value: string; label: string }[];
}) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const { search } = props;
  const set = (change: ConnectionSearch) =>
    void navigate({
      to: '/connections',
      search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)),
      replace: true,
    });
  return (
    <search
      aria-label={t('web.filters')}
      className="mb-4 grid gap-3 sm:grid-cols-[minmax(0,1fr)_12rem_10rem]"
    >
      <TextField
        type="search"
        label={t('web.connections.search')}
        value={search.q ?? ''}
        onChange={(q) => set({ q })}
      />
      <SelectField
        label={t('web.connections.provider')}
        value={search.provider ?? ''}
        none={t('web.filter.all')}
        choices={props.providers}
        onChange={(provider) => set({ provider })}
      />
      <SelectField
        label={t('column.data')}
        value={search.data ?? ''}
        none={t('web.filter.all')}
        choices={dataStates.map((state) => ({ value: state, label: t(`data.${state}`) }))}
        onChange={(data) => set({ data })}
      />
    </search>
  );
}

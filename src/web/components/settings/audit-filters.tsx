import { type FormEvent, useId } from 'react';
import { useLanguage } from '../../language.tsx';

export const AUDIT_TYPES = [
  'workspace',
  'member',
  'session',
  'token',
  'connection',
  'metric',
  'cycle',
  'objective',
  'key_result',
  'initiative',
  'alert_rule',
  'alert',
  'snooze',
  'channel',
  'delivery',
  'public_link',
  'exchange_rates',
  'write_back',
  'user',
] as const;

export type AuditSearch = Record<string, string | undefined>;

/** Who, what and since when; each choice is an address of its own. */
export function AuditFilters(props: {
  search: AuditSearch;
  names: readonly string[];
  onFilter: (search: AuditSearch) => void;
}) {
  const { t } = useLanguage();
  const id = useId();
  const { names, onFilter, search } = props;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const word = (name: string): string | undefined => {
      const value = form.get(name);
      return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
    };
    onFilter({ who: word('who'), what: word('what'), since: word('since') });
  };
  const field = 'field mt-0 text-[14px]';
  return (
    <search>
      <form
        // Another address is another filter, also when it was not chosen here.
        key={`${search['who']} ${search['what']} ${search['since']}`}
        onSubmit={submit}
        className="mb-4 flex flex-wrap items-end gap-3"
      >
        <label className="min-w-40 flex-1 text-[13px] sm:max-w-56">
          <span className="mb-1 block font-medium">{t('web.audit.who')}</span>
          <input
            name="who"
            data-page-search
            list={`${id}-names`}
            defaultValue={search['who'] ?? ''}
            className={field}
          />
          <datalist id={`${id}-names`}>
            {names.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </label>
        <label className="min-w-40 flex-1 text-[13px] sm:max-w-56">
          <span className="mb-1 block font-medium">{t('web.audit.what')}</span>
          <select name="what" defaultValue={search['what'] ?? ''} className={field}>
            <option value="">{t('web.audit.everything')}</option>
            {AUDIT_TYPES.map((type) => (
              <option key={type} value={type}>
                {t(`web.audit.type.${type}`)}
              </option>
            ))}
          </select>
        </label>
        <label className="min-w-40 flex-1 text-[13px] sm:max-w-48">
          <span className="mb-1 block font-medium">{t('web.audit.since')}</span>
          <input name="since" type="date" defaultValue={search['since'] ?? ''} className={field} />
        </label>
        <button type="submit" className="button min-h-9.5">
          {t('web.audit.filter')}
        </button>
      </form>
    </search>
  );
}

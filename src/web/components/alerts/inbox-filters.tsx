import type { Alert } from '../../alerts-queries.ts';
import { useLanguage } from '../../language.tsx';
import { useMe } from '../../use-me.ts';
import type { Words } from '../../use-words.ts';
import { alertKinds, kindWord } from './alert-words.ts';
import { Chip } from './chip.tsx';

/** What stands in the address of the inbox. */
export type InboxView = {
  state: 'open' | 'firing' | 'pending' | 'over';
  kind: string | null;
  severity: string | null;
  mine: boolean;
};

export function inboxView(words: Words): InboxView {
  const states = ['open', 'firing', 'pending', 'over'] as const;
  return {
    state: states.find((state) => state === words['state']) ?? 'open',
    kind: words['kind'] ?? null,
    severity: words['severity'] ?? null,
    mine: words['mine'] === 'yes',
  };
}

/** The alerts that a view lets through; of those that are over the server does the same. */
export function seenIn(view: InboxView, alerts: readonly Alert[], name: string | null): Alert[] {
  return alerts.filter(
    ({ kind, owner, severity, state }) =>
      (view.state === 'open' || view.state === state) &&
      (view.kind === null || view.kind === kind) &&
      (view.severity === null || view.severity === severity) &&
      (!view.mine || (name !== null && owner === name)),
  );
}

/** Each filter with how many it would leave of what is open. */
export function InboxFilters({ open, words }: { open: readonly Alert[]; words: Words }) {
  const { t } = useLanguage();
  const { me } = useMe();
  const view = inboxView(words);
  const name = me?.user?.name ?? null;
  const count = (change: Partial<InboxView>) => seenIn({ ...view, ...change }, open, name).length;
  const over = view.state === 'over';
  const counted = (change: Partial<InboxView>) => (over ? {} : { count: count(change) });
  return (
    <nav aria-label={t('web.filters')} className="mb-5 flex flex-wrap gap-x-5 gap-y-2">
      <ul className="flex flex-wrap gap-1.5">
        {(['open', 'firing', 'pending', 'over'] as const).map((state) => (
          <Chip
            key={state}
            words={words}
            change={{ state: state === 'open' ? undefined : state, after: undefined }}
            on={view.state === state}
            {...(state === 'over' ? {} : { count: count({ state }) })}
          >
            {t(`web.alerts.filter.${state}`)}
          </Chip>
        ))}
      </ul>
      <ul className="flex flex-wrap gap-1.5">
        {alertKinds
          .filter((kind) => over || view.kind === kind || open.some((alert) => alert.kind === kind))
          .map((kind) => {
            const on = view.kind === kind;
            return (
              <Chip
                key={kind}
                words={words}
                change={{ kind: on ? undefined : kind, after: undefined }}
                on={on}
                {...counted({ kind })}
              >
                {kindWord(t, kind)}
              </Chip>
            );
          })}
      </ul>
      <ul className="flex flex-wrap gap-1.5">
        <Chip
          words={words}
          change={{ severity: view.severity === 'critical' ? undefined : 'critical', after: undefined }}
          on={view.severity === 'critical'}
          {...counted({ severity: 'critical' })}
        >
          {t('web.alerts.filter.critical')}
        </Chip>
        {name === null ? null : (
          <Chip
            words={words}
            change={{ mine: view.mine ? undefined : 'yes', after: undefined }}
            on={view.mine}
            {...counted({ mine: true })}
          >
            {t('web.alerts.filter.mine')}
          </Chip>
        )}
      </ul>
    </nav>
  );
}

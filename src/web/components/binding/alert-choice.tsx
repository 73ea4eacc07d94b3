import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type BindingPreview, type Detail, rulesQuery } from '../../binding-queries.ts';
import { useLanguage } from '../../language.tsx';
import { type Place, speaking } from './bind-place.ts';
import { ChoiceCards } from './choice-cards.tsx';

export function AlertChoice({ detail, place }: { detail: Detail; place: Place }) {
  const { t } = useLanguage();
  const rules = useQuery(rulesQuery);
  const standing = (rules.data ?? []).filter(
    ({ enabled, keyResultId, objectiveId }) =>
      enabled &&
      (keyResultId === null || keyResultId === detail.id) &&
      (objectiveId === null || objectiveId === detail.objectiveId),
  );
  const chosen = speaking.find((each) => each === place.words['alert']) ?? 'none';
  return (
    <section className="card space-y-3">
      <h2 className="font-semibold">{t('web.binding.tell_me')}</h2>
      <ChoiceCards
        legend={t('web.binding.tell_when')}
        value={chosen}
        onChange={(alert) => place.put({ alert: alert === 'none' ? undefined : alert })}
        columns
        choices={[
          {
            value: 'none',
            label: t(standing.length === 0 ? 'web.binding.tell_never' : 'web.binding.tell_standing'),
            hint: t('web.binding.tell_standing_hint', { count: standing.length }),
          },
          ...speaking.map((each) => ({
            value: each,
            label: t(`web.binding.tell.${each}`),
            hint: t(`web.binding.tell_hint.${each}`),
          })),
        ]}
      />
      <p className="text-[13px] text-muted">
        {t('web.binding.tell_where')}{' '}
        <Link to="/alerts/channels" className="link">
          {t('web.binding.channels')}
        </Link>
      </p>
    </section>
  );
}

/** When the rule would have spoken: how much it was tried on first, then the days. */
export function Trial({
  busy,
  isAsked,
  preview,
}: {
  preview: BindingPreview;
  isAsked: boolean;
  busy: boolean;
}) {
  const { t, format } = useLanguage();
  const { trial } = preview;
  if (!isAsked) return null;
  if (trial === null)
    return (
      <p className="mb-4 text-[14px] text-muted">
        {t(busy ? 'web.binding.trying' : 'web.binding.trial_none')}
      </p>
    );
  return (
    <section className="card" data-trial aria-live="polite">
      <h2 className="font-semibold">{t('web.binding.trial', { count: trial.alerts.length })}</h2>
      <p className="mt-0.5 text-[13px] text-muted">
        {t('web.binding.trial_over', { from: format.day(trial.fromDay), to: format.day(trial.throughDay) })}
      </p>
      {trial.alerts.length === 0 ? null : (
        <ul className="mt-2 space-y-1 text-[14px]">
          {trial.alerts.map(({ firedDay, period, resolvedDay, rightly }) => (
            <li key={`${period} ${firedDay}`}>
              <span className="font-medium">{format.day(firedDay)}</span>
              {resolvedDay === null
                ? ''
                : ` – ${t('web.binding.trial_until', { day: format.day(resolvedDay) })}`}
              <span className="text-muted">
                {' '}
                · {t(`web.binding.trial_period.${period}`)}
                {rightly === null
                  ? ''
                  : ` · ${t(rightly ? 'web.binding.trial_right' : 'web.binding.trial_wrong')}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

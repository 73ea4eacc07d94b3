import { type BindingPreview, type Detail } from '../../binding-queries.ts';
import { daysAfter, lastDay } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { AmountField } from './amount-field.tsx';
import { baselineOf, type Place } from './bind-place.ts';
import { ChoiceCards } from './choice-cards.tsx';

export function StartChoice({
  detail,
  place,
  preview,
}: {
  detail: Detail;
  place: Place;
  preview: BindingPreview | undefined;
}) {
  const { t, format } = useLanguage();
  const { put, words } = place;
  const measure = preview?.metric ?? detail;
  const start = words['start'] === 'value' || words['start'] === 'rule' ? words['start'] : 'auto';
  const captured = preview?.baseline ?? null;
  const known = preview?.standing?.startValue ?? null;
  return (
    <section className="card space-y-4">
      <div>
        <h2 className="font-semibold">{t('web.binding.start')}</h2>
        {start !== 'value' && captured !== null ? (
          <p className="mt-1 text-[14px] text-muted" data-baseline>
            {t('web.binding.captured_from', {
              value: format.full(captured.value, measure),
              rule: t(`baseline.rule.${captured.rule}`),
              from: format.day(captured.startDay),
              to: format.day(lastDay(captured.endDay)),
              count: captured.observations,
            })}
          </p>
        ) : known === null ? (
          <p className="mt-1 text-[14px] text-muted">{t('web.binding.start_waits')}</p>
        ) : (
          <p className="mt-1 text-[14px] text-muted">
            {t('web.binding.start_is', { value: format.full(known, measure) })}
          </p>
        )}
      </div>
      <ChoiceCards
        legend={t('web.binding.start_from')}
        value={start}
        onChange={(choice) => put({ start: choice === 'auto' ? undefined : choice })}
        columns
        choices={[
          { value: 'auto', label: t('web.binding.start_auto'), hint: t('web.binding.start_auto_hint') },
          { value: 'rule', label: t('web.binding.start_rule'), hint: t('web.binding.start_rule_hint') },
          { value: 'value', label: t('web.binding.start_value'), hint: t('web.binding.start_value_hint') },
        ]}
      />
      {start === 'auto' ? null : (
        <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {start === 'value' ? (
            <AmountField
              label={t('chart.start_value')}
              measure={measure}
              value={words['startValue'] ?? ''}
              onChange={(value) => put({ startValue: value })}
              problem={
                words['startValue'] !== undefined && !baselineOf(words, measure).ok
                  ? t('web.binding.unreadable')
                  : null
              }
              required
            />
          ) : (
            <WindowFields detail={detail} place={place} />
          )}
          <TextField
            label={t('web.binding.reason')}
            hint={t('web.binding.reason_hint')}
            value={words['startReason'] ?? ''}
            onChange={(reason) => put({ startReason: reason })}
            required
          />
        </div>
      )}
    </section>
  );
}

/** Over which days before the cycle the start is taken. */
function WindowFields({ detail, place }: { detail: Detail; place: Place }) {
  const { t, format } = useLanguage();
  const { put, words } = place;
  const rule = words['startRule'] ?? 'trailing_mean';
  const days = words['startDays'] ?? '28';
  const count = Number(days);
  const whole = Number.isInteger(count) && count >= 1 && count <= 180;
  const { startDay } = detail.cycle;
  return (
    <>
      <SelectField
        label={t('baseline.rule')}
        value={rule}
        onChange={(kind) => put({ startRule: kind })}
        choices={(['trailing_mean', 'last_value', 'as_compared'] as const).map((kind) => ({
          value: kind,
          label: t(`baseline.rule.${kind}`),
        }))}
      />
      {rule === 'as_compared' ? null : (
        <TextField
          label={t('web.binding.window_days')}
          inputMode="numeric"
          value={days}
          onChange={(text) => put({ startDays: text })}
          hint={
            whole
              ? t('web.window', {
                  from: format.day(daysAfter(startDay, -count)),
                  to: format.day(lastDay(startDay)),
                })
              : undefined
          }
          problem={whole ? null : t('web.binding.window_problem')}
        />
      )}
    </>
  );
}

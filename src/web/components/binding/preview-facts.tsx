import type { BindingPreview } from '../../binding-queries.ts';
import { lastDay } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { DayTable } from './preview-chart.tsx';
import { StandingLine } from './standing-line.tsx';

const NEWEST = 12;

/** The value now, what it counts and covers, and how the Key Result would stand on it. */
export function ValueNow({ preview }: { preview: BindingPreview }) {
  const { t, format } = useLanguage();
  const { baseline, coverage, current, metric, standing } = preview;
  const unit = format.unitName(metric);
  const counted = countedSoFar(preview);
  const facts: [string, string][] = [
    [t('time.data_through_label'), format.day(coverage.dataThroughDay)],
    [t('evidence.time_zone'), metric.timeZone],
    [
      t('web.binding.unit'),
      unit === ''
        ? `${t(`web.binding.unit.${knownUnit(metric.unit)}`)}${metric.currency === null ? '' : ` (${metric.currency.toUpperCase()})`}`
        : unit,
    ],
    [t('web.kind'), t(`web.binding.counts.${metric.kind}`)],
    [
      t('web.binding.coverage'),
      t('web.binding.coverage_days', {
        count: coverage.daysWithValue,
        from: format.day(coverage.startDay),
        to: format.day(lastDay(coverage.endDay)),
      }),
    ],
    ...(counted === null || current === null
      ? []
      : ([
          [t('web.binding.newest_day'), `${format.full(current.value, metric)} · ${format.day(current.day)}`],
        ] satisfies [string, string][])),
    ...(standing === null || standing.asOfDay === null
      ? []
      : ([
          [
            t('web.binding.judged'),
            t('web.binding.judged_value', {
              value: format.full(standing.currentValue, metric),
              day: format.day(standing.asOfDay),
            }),
          ],
        ] satisfies [string, string][])),
    ...(standing === null || standing.startValue === null
      ? []
      : ([
          [
            t('column.start'),
            baseline === null
              ? format.full(standing.startValue, metric)
              : t('web.binding.would_capture', { value: format.full(baseline.value, metric) }),
          ],
        ] satisfies [string, string][])),
  ];
  return (
    <section className="card grid gap-6 md:grid-cols-2">
      <div>
        <h2 className="text-[13px] text-muted">
          {t(counted === null ? 'web.binding.value_now' : 'web.binding.counted')}
        </h2>
        <p className="mt-0.5 text-3xl font-semibold tracking-tight tabular-nums" data-current>
          {format.full(counted?.value ?? current?.value ?? null, metric)}
        </p>
        {counted !== null ? (
          <p className="mt-0.5 text-[13px] text-muted">
            {t('web.binding.until', { day: format.day(counted.day) })}
          </p>
        ) : current === null ? null : (
          <p className="mt-0.5 text-[13px] text-muted">
            {format.day(current.day)} · {t(current.settled ? 'evidence.settled' : 'evidence.provisional')}
          </p>
        )}
        {standing === null ? null : (
          <div className="mt-4" data-standing>
            <StandingLine standing={standing} measure={metric} />
          </div>
        )}
      </div>
      <dl
        className="grid content-start gap-x-4 gap-y-1.5 text-[13px]"
        style={{ gridTemplateColumns: 'auto 1fr' }}
      >
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The sum of a Key Result that counts up; its newest day alone says little about where it stands. */
function countedSoFar({ metric, standing }: BindingPreview): { value: number; day: string } | null {
  if (metric.kind !== 'flow' || standing === null) return null;
  const { asOfDay, currentValue } = standing;
  return asOfDay === null || currentValue === null ? null : { value: currentValue, day: asOfDay };
}

function knownUnit(unit: string) {
  const units = ['count', 'ratio', 'money', 'duration', 'rating', 'score'] as const;
  return units.find((each) => each === unit) ?? 'custom';
}

/** What the same goal would have come to in the period before. */
export function EarlierPeriod({ preview }: { preview: BindingPreview }) {
  const { t, format } = useLanguage();
  const { earlier, metric } = preview;
  if (earlier === null)
    return (
      <section className="card">
        <h2 className="font-semibold">{t('web.binding.earlier')}</h2>
        <p className="mt-1 text-[14px] text-muted">{t('web.binding.earlier_none')}</p>
      </section>
    );
  const { endDay, endValue, measuredDays, standing, startDay, startValue } = earlier;
  return (
    <section className="card" data-earlier>
      <h2 className="font-semibold">{t('web.binding.earlier')}</h2>
      <p className="mt-0.5 mb-3 text-[13px] text-muted">
        {t('web.binding.earlier_days', {
          from: format.day(startDay),
          to: format.day(lastDay(endDay)),
          days: measuredDays,
        })}
      </p>
      <dl className="mb-3 flex flex-wrap gap-x-8 gap-y-2 text-[14px]">
        {[
          [t('web.binding.at_start'), format.full(startValue, metric)],
          [t('web.binding.at_end'), format.full(endValue, metric)],
          ...(standing.targetValue === null
            ? []
            : [[t('web.binding.target_then'), format.full(standing.targetValue, metric)]]),
        ].map(([name, value]) => (
          <div key={name}>
            <dt className="text-[13px] text-muted">{name}</dt>
            <dd className="font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <StandingLine standing={standing} measure={metric} />
    </section>
  );
}

/** The newest days as they were read. */
export function NewestPoints({ preview }: { preview: BindingPreview }) {
  const { t } = useLanguage();
  const { metric, points } = preview;
  const newest = points.filter(({ value }) => value !== null).slice(-NEWEST);
  if (newest.length === 0) return null;
  return (
    <section className="card" aria-labelledby="newest-points">
      <h2 id="newest-points" className="font-semibold">
        {t('web.binding.newest', { count: newest.length })}
      </h2>
      <DayTable days={newest} measure={metric} />
    </section>
  );
}

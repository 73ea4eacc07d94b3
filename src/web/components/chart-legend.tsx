import type { ReactNode } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import type { ChartDay } from '../chart-model.ts';
import { useLanguage } from '../language.tsx';

/** Names only what is drawn. */
export function ChartLegend({ detail, days }: { detail: KeyResultDetail; days: readonly ChartDay[] }) {
  const { t } = useLanguage();
  const guardrail = detail.goal.kind === 'guardrail';
  const entries: [boolean, string, ReactNode][] = [
    [
      days.some((day) => day.value !== null),
      detail.goal.kind === 'accumulate' ? t('web.running_sum') : t('chart.actual'),
      <path key="v" className="chart-value" d="M1 6H23" />,
    ],
    [
      days.some((day) => day.value !== null && !day.settled),
      t('evidence.provisional'),
      <g key="p">
        <path className="chart-value-provisional" d="M1 6H23" />
        <circle className="chart-point-provisional" cx="12" cy="6" r="3" />
      </g>,
    ],
    [
      days.filter((day) => day.expected !== null).length > 1,
      t('chart.expected_pace'),
      <path key="e" className="chart-expected" d="M1 6H23" />,
    ],
    [
      detail.forecast?.of === 'value',
      t('chart.forecast_range'),
      <g key="f">
        <rect className="chart-forecast-cone" x="0" y="1" width="24" height="10" />
        <path className="chart-forecast" d="M1 6H23" />
      </g>,
    ],
    [
      guardrail || detail.targetValue !== null,
      guardrail ? t('web.limit') : t('column.target'),
      <path key="t" className="chart-target" d="M1 6H23" />,
    ],
    [
      (detail.targets ?? []).filter(({ targetValue }) => targetValue !== null).length > 1,
      t('web.kr.target_before'),
      <path key="tb" className="chart-target-before" d="M1 6H23" />,
    ],
    [
      days.some((day) => day.value !== null && day.restated),
      t('web.restated'),
      <circle key="r" className="chart-point-restated" cx="12" cy="6" r="5" />,
    ],
    [
      days.some((day) => day.override !== null),
      t('web.owner_value'),
      <g key="o">
        <rect className="chart-override-span" x="0" y="0" width="24" height="12" />
        <path className="chart-override" d="M1 6H23" />
      </g>,
    ],
    [
      days.some((day) => day.checkIns.length > 0),
      t('web.check_in'),
      <circle key="c" className="chart-check-in" cx="12" cy="6" r="4" />,
    ],
    [
      detail.initiatives.length > 0,
      t('page.initiatives'),
      <rect key="i" className="chart-initiative" x="1" y="3.5" width="22" height="5" />,
    ],
    [
      days.some(({ alerts }) => alerts.some(({ kind }) => kind === 'fired')),
      t('picture.alert_fired'),
      <path key="a" className="chart-alert-fired" d="M12 1.5L16.5 10.5L7.5 10.5Z" />,
    ],
    [
      days.some(({ alerts }) => alerts.some(({ kind }) => kind === 'recovered')),
      t('picture.alert_recovered'),
      <path key="ar" className="chart-alert-recovered" d="M12 1.5L16.5 6L12 10.5L7.5 6Z" />,
    ],
    [
      detail.cycle.startDay <= detail.today && detail.today < detail.cycle.endDay,
      detail.asOf === null ? t('chart.today') : t('web.as_of'),
      <path key="n" className="chart-now" d="M12 0V12" />,
    ],
  ];
  return (
    <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {entries
        .filter(([drawn]) => drawn)
        .map(([, word, mark]) => (
          <li key={word} className="inline-flex items-center gap-1.5">
            <svg aria-hidden="true" width="24" height="12" className="shrink-0">
              {mark}
            </svg>
            {word}
          </li>
        ))}
    </ul>
  );
}

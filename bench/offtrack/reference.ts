/** The benchmark's own reference numbers, from its README: the best of its methods. */
const REFERENCE = {
  predict: {
    title: 'combined reference on dev',
    figures: { brier: 0.153, auc: 0.857 },
  },
  replay: {
    title: 'best reference policy, all Key Results',
    figures: {
      alert_precision: 0.79,
      recall_sustained: 0.76,
      false_alarm_rate: 0.28,
      median_lead_sustained: 0.57,
      flaps_per_kr: 0.02,
    },
  },
} as const;

const SHOWN = {
  predict: [
    'brier',
    'log_loss',
    'auc',
    'ece',
    'calibration.slope',
    'quantiles.coverage80',
    'missing',
    'ms_per_line',
    'p95_ms',
  ],
  replay: [
    'alert_precision',
    'recall_sustained',
    'false_alarm_rate',
    'median_lead_sustained',
    'flaps_per_kr',
    'time_weighted_gain',
    'notifications_per_kr',
    'nodata_precision',
    'nodata_recall',
    'tick_brier',
    'ms_per_line',
    'p95_ms',
  ],
} as const;

/** The scorer's report as a table, each figure beside the reference's where there is one. */
export function besideReference(
  track: 'predict' | 'replay',
  fold: string,
  report: Record<string, unknown>,
): string {
  const { figures, title } = REFERENCE[track];
  const known: Record<string, number> = figures;
  const lines = SHOWN[track].map((name) => {
    const reference = known[name];
    return `  ${name.padEnd(24)}${shown(at(report, name)).padStart(9)}${reference === undefined ? '' : String(reference).padStart(10)}`;
  });
  return [`${track} track, fold ${fold}; second column: ${title}`, ...lines].join('\n');
}

function at(report: Record<string, unknown>, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], report);
}

function shown(value: unknown): string {
  return typeof value === 'number' ? String(Math.round(value * 10_000) / 10_000) : '-';
}

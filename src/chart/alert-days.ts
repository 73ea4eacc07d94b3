import type { ChartInput } from './chart-input.ts';

/** What is known of an alert, as the API tells it. */
export type KnownAlert = {
  kind: string;
  state: string;
  firedAt: string | null;
  resolvedAt: string | null;
};

export type AlertDay<Alert> = { day: string; kind: 'fired' | 'recovered'; alert: Alert };

/** When each alert fired and when it was over, as days of the cycle's zone. `closed` ends one without a recovery. */
export function alertDays<Alert extends KnownAlert>(
  alerts: readonly Alert[],
  timeZone: string,
): AlertDay<Alert>[] {
  const day = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return alerts.flatMap((alert): AlertDay<Alert>[] => {
    const { firedAt, kind, resolvedAt, state } = alert;
    if (kind !== 'off_track' || firedAt === null) return [];
    const fired = { kind: 'fired' as const, day: day.format(new Date(firedAt)), alert };
    if (state !== 'resolved' || resolvedAt === null) return [fired];
    return [fired, { kind: 'recovered', day: day.format(new Date(resolvedAt)), alert }];
  });
}

/** The targets of a Key Result that was changed, where each is one number; of the others there is no step to draw. */
export function targetSteps(
  targets: readonly { fromDay: string | null; targetValue: number | null }[] | undefined,
): NonNullable<ChartInput['targets']> {
  const known = (targets ?? []).flatMap(({ fromDay, targetValue }) =>
    targetValue === null ? [] : [{ fromDay, value: targetValue }],
  );
  return known.length === targets?.length ? known : [];
}

import type { Translate } from '../../../i18n/index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** "in 5 minutes"; null once it is over or when nothing is planned. */
export function timeUntil(t: Translate, instant: string | null, now: Date): string | null {
  const ms = instant === null ? Number.NaN : Date.parse(instant) - now.getTime();
  if (Number.isNaN(ms) || ms <= 0) return null;
  const span =
    ms < MINUTE_MS
      ? t('time.seconds', { count: Math.ceil(ms / 1000) })
      : ms < 2 * HOUR_MS
        ? t('time.minutes', { count: Math.round(ms / MINUTE_MS) })
        : ms < 48 * HOUR_MS
          ? t('time.hours', { count: Math.round(ms / HOUR_MS) })
          : t('time.days', { count: Math.round(ms / (24 * HOUR_MS)) });
  return t('web.connections.in', { span });
}

/** "every 15 minutes", "every day". */
export function everyText(t: Translate, minutes: number): string {
  if (minutes % 1440 === 0) return t('web.connections.every_days', { count: minutes / 1440 });
  if (minutes % 60 === 0) return t('web.connections.every_hours', { count: minutes / 60 });
  return t('web.connections.every_minutes', { count: minutes });
}

import type { Lang } from './keys.ts';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3_600;
/** From here on minutes say nothing more, and hours are hard to picture. */
const DAYS_FROM_SECONDS = 72 * HOUR_SECONDS;

/** Seconds as people say them: "45 s", "3 min 48 s", "2 h 5 min", "17.4 days"; the smaller of two parts is whole. */
export function writeDuration(lang: Lang, seconds: number): string {
  const unit = (name: string, digits = 0) =>
    new Intl.NumberFormat(lang, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    });
  const size = Math.abs(seconds);
  const sign = seconds < 0 ? '-' : '';
  if (size < MINUTE_SECONDS) return unit('second', 1).format(seconds);
  if (size >= DAYS_FROM_SECONDS) return unit('day', 1).format(seconds / (24 * HOUR_SECONDS));
  const [whole, part, wholeName, partName] =
    size < HOUR_SECONDS - 0.5
      ? [MINUTE_SECONDS, 1, 'minute', 'second']
      : [HOUR_SECONDS, MINUTE_SECONDS, 'hour', 'minute'];
  // Rounded in the smaller part first, so that 59.6 seconds make a minute and not "0 min 60 s".
  const parts = Math.round(size / part);
  const wholes = Math.floor(parts / (whole / part));
  const rest = parts - wholes * (whole / part);
  const text = unit(wholeName).format(wholes);
  return `${sign}${text}${rest === 0 ? '' : ` ${unit(partName).format(rest)}`}`;
}

/** When something was published: an instant, or only a day as some RSS 1.0 feeds write it. */
export type PublishedAt = { ms: number } | { day: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 822, section 5.1; letters of the military are left out, since RFC 1123 found them to be used the wrong way round. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
};
const MAIL_DATE =
  /^(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\.?\s+(\d{2}|\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s+([a-z]{1,3}|[+-]\d{2}:?\d{2})$/i;
const ISO_DATE =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(z|[+-]\d{2}:?\d{2})$/i;
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A date as feeds write it: RFC 822 (RSS), RFC 3339 (Atom) or W3C (Dublin Core). Null when it is none of them, or has no zone. */
export function readDate(text: string): PublishedAt | null {
  const trimmed = text.trim().slice(0, 80);
  const day = ISO_DAY.exec(trimmed);
  if (day !== null) return isDate(numbers(day.slice(1))) ? { day: trimmed } : null;
  const iso = ISO_DATE.exec(trimmed);
  if (iso !== null) return instant(numbers(iso.slice(1, 7)), iso[7] ?? '');
  const [, date, month, year = '', hour, minute, second, zone = ''] = MAIL_DATE.exec(trimmed) ?? [];
  const monthNumber = MONTHS.indexOf((month ?? '').toLowerCase()) + 1;
  if (monthNumber === 0) return null;
  const fields = numbers([year, '', date, hour, minute, second]);
  fields[0] = fullYear(year);
  fields[1] = monthNumber;
  return instant(fields, zone);
}

function numbers(texts: readonly (string | undefined)[]): number[] {
  return texts.map((text) => Number(text ?? 0));
}

/** RFC 2822, section 4.3: two digits up to 49 are of this century. */
function fullYear(year: string): number {
  if (year.length !== 2) return Number(year);
  return Number(year) + (Number(year) < 50 ? 2000 : 1900);
}

function isDate([year = 0, month = 0, day = 0]: readonly number[]): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function instant(fields: readonly number[], zone: string): PublishedAt | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const offset = offsetMinutes(zone);
  if (offset === null || !isDate(fields) || hour > 24 || minute > 59 || second > 60) return null;
  return { ms: Date.UTC(year, month - 1, day, hour, minute, second) - offset * 60_000 };
}

function offsetMinutes(zone: string): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  if (sign === undefined) return ZONES[zone.toLowerCase()] ?? null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

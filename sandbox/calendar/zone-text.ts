const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the wall of a zone is ahead of UTC at an instant, by the zone data of the machine. */
export function offsetMs(zone: string, ms: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1_000) * 1_000;
}

/** A zone as VTIMEZONE lines: each change of its clocks in these years by itself. */
export function zoneLines(zone: string, name: string, years: { first: number; last: number }): string[] {
  const fromMs = Date.UTC(years.first, 0, 1);
  const first = offsetMs(zone, fromMs);
  const lines = [
    'BEGIN:VTIMEZONE',
    `TZID:${name}`,
    ...observance('STANDARD', fromMs - 10 * 365 * DAY_MS, first, first),
  ];
  for (let ms = fromMs; ms < Date.UTC(years.last + 1, 0, 1); ms += DAY_MS) {
    const before = offsetMs(zone, ms);
    const after = offsetMs(zone, ms + DAY_MS);
    if (before === after) continue;
    const changeMs = changeIn(zone, ms, ms + DAY_MS, before);
    lines.push(...observance(after > before ? 'DAYLIGHT' : 'STANDARD', changeMs + before, before, after));
  }
  return [...lines, 'END:VTIMEZONE'];
}

/** The first instant after a change, by halves down to a second. */
function changeIn(zone: string, fromMs: number, toMs: number, before: number): number {
  let [low, high] = [fromMs, toMs];
  while (high - low > 1_000) {
    const middle = low + Math.floor((high - low) / 2_000) * 1_000;
    if (offsetMs(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function observance(kind: 'STANDARD' | 'DAYLIGHT', wallMs: number, from: number, to: number): string[] {
  const at = new Date(wallMs).toISOString().replace(/[-:]|\.\d{3}Z$/g, '');
  return [
    `BEGIN:${kind}`,
    `DTSTART:${at}`,
    `TZOFFSETFROM:${written(from)}`,
    `TZOFFSETTO:${written(to)}`,
    `END:${kind}`,
  ];
}

function written(ms: number): string {
  const minutes = Math.abs(ms) / 60_000;
  const two = (number: number) => String(number).padStart(2, '0');
  return `${ms < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

import type { CalendarEntry, CalendarWorld, Changed, Repeats } from './world.ts';
import { shownEntries } from './world.ts';
import { offsetMs, zoneLines } from './zone-text.ts';

const DAY_MS = 86_400_000;
const FREQ = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' } as const;

/** The calendar as iCalendar text (RFC 5545): lines end in CR LF and are folded after 75 bytes. */
export function documentOf(world: CalendarWorld): string {
  const entries = shownEntries(world);
  const lines = [
    'BEGIN:VCALENDAR',
    'PRODID:-//Sandbox//Calendar 1.0//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(world.name)}`,
    ...zonesOf(world, entries),
    ...entries.flatMap((entry) => eventLines(world, entry)),
    'END:VCALENDAR',
    '',
  ];
  return lines.map(folded).join('\r\n');
}

function zonesOf({ nowSeconds, zoneNames }: CalendarWorld, entries: readonly CalendarEntry[]): string[] {
  const zones = new Set(entries.flatMap(({ zone }) => (zone === null || zone === 'UTC' ? [] : [zone])));
  const years = entries.map(({ start }) => Number(start.slice(0, 4)));
  const last = new Date(nowSeconds * 1_000).getUTCFullYear() + 1;
  return [...zones].flatMap((zone) =>
    zoneLines(zone, zoneNames[zone] ?? zone, { first: Math.min(...years) - 1, last }),
  );
}

function eventLines(world: CalendarWorld, entry: CalendarEntry): string[] {
  const { also = [], changed = [], repeats, without = [] } = entry;
  return [
    ...componentLines(world, entry, [
      ...(repeats === undefined ? [] : [`RRULE:${ruleText(entry, repeats)}`]),
      ...also.map((start) => timeLine(world, entry, 'RDATE', start)),
      ...without.map((start) => timeLine(world, entry, 'EXDATE', start)),
    ]),
    ...changed.flatMap((change) => changedLines(world, entry, change)),
  ];
}

function changedLines(world: CalendarWorld, entry: CalendarEntry, change: Changed): string[] {
  const { andLater, of, ...rest } = change;
  const id = timeLine(
    world,
    entry,
    andLater === true ? 'RECURRENCE-ID;RANGE=THISANDFUTURE' : 'RECURRENCE-ID',
    of,
  );
  return componentLines(world, { ...entry, start: of, ...rest }, [id, 'SEQUENCE:1']);
}

function componentLines(world: CalendarWorld, entry: CalendarEntry, more: readonly string[]): string[] {
  const { cancelled, categories = [], title, uid } = entry;
  const words = world.busyOnly
    ? ['SUMMARY:Busy']
    : [
        `SUMMARY:${escaped(title)}`,
        `DESCRIPTION:${escaped(`Notes, with commas; and\nlines. END:VEVENT #${title}`)}`,
        ...(categories.length === 0 ? [] : [`CATEGORIES:${categories.map(escaped).join(',')}`]),
      ];
  return [
    'BEGIN:VEVENT',
    timeLine(world, entry, 'DTSTART', entry.start),
    endLine(world, entry),
    `DTSTAMP:${new Date(world.nowSeconds * 1_000).toISOString().replace(/[-:]|\.\d{3}/g, '')}`,
    `UID:${escaped(uid)}`,
    ...more,
    ...words,
    `STATUS:${cancelled === true ? 'CANCELLED' : 'CONFIRMED'}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER:-PT10M',
    'DESCRIPTION:This is an event reminder',
    'END:VALARM',
    'END:VEVENT',
  ];
}

const wallOf = (start: string): number =>
  Date.parse(start.length > 10 ? `${start}:00Z` : `${start}T00:00:00Z`);

function asTime(wallMs: number, isDate: boolean): string {
  const text = new Date(wallMs).toISOString().replace(/[-:]|\.\d{3}Z$/g, '');
  return isDate ? text.slice(0, 8) : text;
}

function timeLine(
  { zoneNames }: CalendarWorld,
  { zone }: CalendarEntry,
  name: string,
  start: string,
): string {
  if (start.length <= 10) return `${name};VALUE=DATE:${asTime(wallOf(start), true)}`;
  const time = asTime(wallOf(start), false);
  if (zone === null) return `${name}:${time}`;
  if (zone === 'UTC') return `${name}:${time}Z`;
  const tzid = zoneNames[zone] ?? zone;
  return `${name};TZID=${/[;:,]/.test(tzid) ? `"${tzid}"` : tzid}:${time}`;
}

/** Whole days end on the day after the last; times are told by their end on the wall, or by how long they take. */
function endLine(world: CalendarWorld, entry: CalendarEntry): string {
  const { days = 1, minutes = 60, start, zone } = entry;
  const isDate = start.length <= 10;
  if (isDate) return timeLine(world, entry, 'DTEND', isoOf(wallOf(start) + days * DAY_MS, true));
  if (zone === null || zone === 'UTC')
    return timeLine(world, entry, 'DTEND', isoOf(wallOf(start) + minutes * 60_000, false));
  return `DURATION:PT${minutes}M`;
}

const isoOf = (wallMs: number, isDate: boolean): string =>
  new Date(wallMs).toISOString().slice(0, isDate ? 10 : 16);

function ruleText({ start, zone }: CalendarEntry, { every, interval, on, times, untilDay }: Repeats): string {
  const parts = [`FREQ=${FREQ[every]}`];
  if (interval !== undefined) parts.push(`INTERVAL=${interval}`);
  if (times !== undefined) parts.push(`COUNT=${times}`);
  if (untilDay !== undefined) parts.push(`UNTIL=${untilText(start, zone, untilDay)}`);
  if (on !== undefined) parts.push(`BYDAY=${on.join(',')}`);
  return parts.join(';');
}

/** The last second of a day: of whole days the day itself, of a time in a zone the instant in UTC. */
function untilText(start: string, zone: string | null, untilDay: string): string {
  if (start.length <= 10) return asTime(wallOf(untilDay), true);
  const wallMs = wallOf(untilDay) + DAY_MS - 1_000;
  if (zone === null) return asTime(wallMs, false);
  const ms = zone === 'UTC' ? wallMs : wallMs - offsetMs(zone, wallMs);
  return `${asTime(ms, false)}Z`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll('\n', '\\n');
}

/** No line is longer than 75 bytes, and no character is torn apart. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let bytes = 0;
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (bytes + size > 75) {
      pieces.push(piece);
      piece = ' ';
      bytes = 1;
    }
    piece += sign;
    bytes += size;
  }
  return [...pieces, piece].join('\r\n');
}

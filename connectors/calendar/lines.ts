import { badPayload } from '../sdk/index.ts';
import { tooLarge } from './errors.ts';

export type Property = { name: string; params: Readonly<Record<string, string>>; value: string };
/** Of a component what is asked of it, and the components inside of it. */
export type Component = { name: string; properties: Property[]; children: Component[] };

export const MAX_EVENTS = 50_000;
const MAX_COMPONENTS = 4 * MAX_EVENTS;
const MAX_DEPTH = 8;
/** Of a property that is read. Descriptions and attachments may be as long as they like: they are passed over. */
const MAX_LINE = 65_536;

const OBSERVANCE = ['DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO', 'RRULE', 'RDATE'];
/** What is read of each component; of all others nothing is. */
const READ: Readonly<Record<string, readonly string[]>> = {
  VCALENDAR: ['X-WR-CALNAME', 'NAME'],
  VTIMEZONE: ['TZID'],
  STANDARD: OBSERVANCE,
  DAYLIGHT: OBSERVANCE,
  VEVENT: [
    'UID',
    'DTSTART',
    'DTEND',
    'DURATION',
    'RRULE',
    'EXRULE',
    'RDATE',
    'EXDATE',
    'RECURRENCE-ID',
    'SUMMARY',
    'CATEGORIES',
    'STATUS',
    'SEQUENCE',
    'DTSTAMP',
    'LAST-MODIFIED',
  ],
};

/**
 * The calendars of an answer (RFC 5545, section 3.4), in one pass. Every BEGIN has to meet its END: that is the proof that the
 * answer is whole.
 *
 * @throws ConnectorError `bad_payload` for what is no calendar or is cut off, `too_large` beyond the limits above
 */
export function readComponents(provider: string, text: string): Component[] {
  const calendars: Component[] = [];
  const open: Component[] = [];
  let events = 0;
  let components = 0;
  for (const line of wantedLines(provider, text, () => open.at(-1)?.name ?? null)) {
    const name = componentName(line);
    if (/^begin:/i.test(line)) {
      components += 1;
      if (name === 'VEVENT') events += 1;
      if (events > MAX_EVENTS)
        throw tooLarge(provider, 'too_many_events', `has more than ${MAX_EVENTS} events`);
      if (components > MAX_COMPONENTS || open.length >= MAX_DEPTH) {
        throw tooLarge(provider, 'too_many_components', 'has too many parts, or parts inside of parts');
      }
      const component = { name, properties: [], children: [] };
      if (open.length === 0 && name !== 'VCALENDAR') throw noCalendar(provider);
      (open.at(-1)?.children ?? calendars).push(component);
      open.push(component);
    } else if (/^end:/i.test(line)) {
      if (open.pop()?.name !== name)
        throw badPayload(provider, 'unbalanced', 'sent a calendar whose parts overlap');
    } else {
      const property = propertyOf(line);
      if (open.length === 0) throw noCalendar(provider);
      if (property !== null) open.at(-1)?.properties.push(property);
    }
  }
  if (open.length > 0)
    throw badPayload(provider, 'calendar_cut_off', 'sent a calendar that stops before its end');
  if (calendars.length === 0) throw noCalendar(provider);
  return calendars;
}

const noCalendar = (provider: string) => badPayload(provider, 'no_calendar', 'sent text that is no calendar');

function componentName(line: string): string {
  return line
    .slice(line.indexOf(':') + 1)
    .trim()
    .toUpperCase();
}

/** Logical lines: BEGIN, END and what is read of the component that is open. What is passed over is never put together. */
function* wantedLines(provider: string, text: string, inside: () => string | null): Generator<string> {
  let line: string | null = null;
  let isFirst = true;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    const isFolded = text[from] === ' ' || text[from] === '\t';
    if (isFolded) {
      if (line !== null) line += text.slice(from + 1, to).replace(/\r$/, '');
    } else {
      if (line !== null) yield line;
      const head = text.slice(from, Math.min(to, from + 64));
      const isWanted = head.trim() !== '' && (isFirst || isRead(head, inside()));
      line = isWanted ? text.slice(from, Math.min(to, from + MAX_LINE + 1)).replace(/\r$/, '') : null;
      if (head.trim() !== '') isFirst = false;
    }
    if (line !== null && line.length > MAX_LINE) {
      throw tooLarge(provider, 'line_too_long', `has a line of more than ${MAX_LINE} characters`);
    }
    from = to + 1;
  }
  if (line !== null) yield line;
}

function isRead(head: string, component: string | null): boolean {
  const name = /^[A-Za-z0-9-]+(?=[;:])/.exec(head)?.[0]?.toUpperCase();
  if (name === undefined) return false;
  return name === 'BEGIN' || name === 'END' || (READ[component ?? '']?.includes(name) ?? false);
}

/** `NAME;PARAM=value;OTHER="quo:ted":value` */
function propertyOf(line: string): Property | null {
  const [head = '', name = '', given = ''] =
    /^([A-Za-z0-9-]+)((?:;[^=;:"]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):/.exec(line) ?? [];
  if (head === '') return null;
  const params: Record<string, string> = {};
  for (const [, key = '', quoted, bare = ''] of given.matchAll(/;([^=;:"]+)=(?:"([^"]*)"|([^";:]*))/g)) {
    params[key.toUpperCase()] = quoted ?? bare;
  }
  return { name: name.toUpperCase(), params, value: line.slice(head.length) };
}

/** Text without its escapes (RFC 5545, section 3.3.11). */
export function plainText(value: string): string {
  return value.replace(/\\([\s\S])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));
}

/** A list of texts: split where a comma has no escape. */
export function textList(value: string): string[] {
  const parts = value.match(/(?:\\[\s\S]|[^\\,])+/g) ?? [];
  return parts.map((part) => plainText(part).trim()).filter((part) => part !== '');
}

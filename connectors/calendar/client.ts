import { type ConnectorContext, fetchDocument, parseAnswer } from '../sdk/index.ts';
import { addressOf, type CalendarConfig, limits } from './config.ts';
import { type CalendarEvent, eventsSchema, rawEvent } from './event.ts';
import { type Component, plainText, readComponents } from './lines.ts';
import { type Observances, readObservances } from './observances.ts';

export type CalendarContext = ConnectorContext<CalendarConfig>;
export type Calendar = {
  provider: string;
  name: string;
  events: CalendarEvent[];
  /** Time zones that the calendar describes, by the names that it gives them. */
  observances: ReadonlyMap<string, Observances>;
};

/** Servers call a calendar text/plain or nothing at all; what these are, is none. */
const NO_CALENDAR = /^(text\/html|application\/(xhtml\+xml|xml|json|pdf|zip)|image\/.*|audio\/.*|video\/.*)$/;

/** The calendar, asked for once in a run. */
export function readCalendar(context: CalendarContext): Promise<Calendar> {
  return context.shared('calendar', async () => {
    const { authorization, provider, secrets, url } = addressOf(context.config, context.endpoint);
    const source = {
      provider,
      secrets,
      limits,
      what: 'a calendar',
      hints: {
        refused:
          authorization === null
            ? 'Copy the secret address of the calendar again: it may have been reset.'
            : 'Check user name and password, and copy the address of the calendar again.',
        missing: 'Copy the secret address of the calendar again: it may have been reset.',
      },
      headers: {
        accept: 'text/calendar, */*;q=0.1',
        'user-agent': 'tidemark',
        ...(authorization === null ? {} : { authorization }),
      },
      isRefusedType: (type: string) => NO_CALENDAR.test(type),
    };
    const { text } = await fetchDocument(context, source, url);
    return parseCalendar(provider, text);
  });
}

/** @throws ConnectorError for text that is no whole calendar, and for an event without what is needed of it */
export function parseCalendar(provider: string, text: string): Calendar {
  const calendars = readComponents(provider, text);
  const parts = (name: string): Component[] =>
    calendars.flatMap(({ children }) => children).filter((child) => child.name === name);
  const raw = { events: parts('VEVENT').map(rawEvent) };
  const { events } = parseAnswer(provider, 'its calendar', eventsSchema, raw);
  const zones = parts('VTIMEZONE').flatMap((zone) => {
    const tzid = zone.properties.find(({ name }) => name === 'TZID')?.value.trim();
    return tzid === undefined || zone.children.length === 0
      ? []
      : [[tzid, readObservances(provider, zone)] as const];
  });
  const names = calendars.flatMap(({ properties }) => properties.map(({ value }) => plainText(value).trim()));
  return { provider, name: names[0] ?? '', events, observances: new Map(zones) };
}

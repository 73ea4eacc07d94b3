import type { IncomingMessage } from 'node:http';
import type { CalendarConfig } from '../../../../connectors/calendar/config.ts';
import { calendar } from '../../../../connectors/calendar/index.ts';
import type { DayWindow, Exchange, MetricReading } from '../../../../connectors/sdk/index.ts';
import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import { calendarServer } from '../../../../sandbox/calendar/server.ts';
import {
  type CalendarEntry,
  type CalendarWorld,
  calendarWorldOf,
} from '../../../../sandbox/calendar/world.ts';
import { windowOf } from '../../../../src/domain/day.ts';
import { testContext } from '../../support/context.ts';
import { startHttpServer } from '../../support/http-server.ts';

export const ADDRESS = calendarWorldOf().path;
export const CONFIG = calendar.configSchema.parse({ address: ADDRESS });

export const window = (startDay: string, endDay: string, timeZone = 'UTC'): DayWindow =>
  windowOf(startDay, endDay, timeZone);

export type CalendarHost = KitServer & { asked: URL[]; headers: IncomingMessage['headers'][] };
/** Text that is sent by hand, in place of the sandbox's calendar. */
export type Answers = Partial<CalendarWorld> | { made: string | Uint8Array; type?: string };

/** Below `prefix` there is the sandbox's calendar, and nothing anywhere else. */
export async function startCalendar(answers: Answers, prefix = ''): Promise<CalendarHost> {
  const asked: URL[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let fault: Fault | null = null;
  const world = 'made' in answers ? calendarWorldOf() : calendarWorldOf(answers);
  const sandbox = calendarServer(() => world);
  const server = await startHttpServer((request, response) => {
    asked.push(new URL(request.url ?? '/', server.url));
    headers.push(request.headers);
    if (fault === 'changed_shape') {
      const undated = ics('BEGIN:VEVENT', 'UID:1', 'SUMMARY:When?', 'END:VEVENT');
      return void response.writeHead(200, { 'content-type': 'text/calendar' }).end(undated);
    }
    if (fault !== null) {
      return playFault(fault, request, response, { error: (message) => ({ message }), changedShape: {} });
    }
    if ('made' in answers) {
      return void response
        .writeHead(200, { 'content-type': answers.type ?? 'text/calendar' })
        .end(answers.made);
    }
    if (request.url?.startsWith(prefix) !== true) return void response.writeHead(500).end();
    request.url = request.url.slice(prefix.length);
    return sandbox(request, response);
  });
  return {
    endpoint: new URL(`${server.url.origin}${prefix}`),
    asked,
    headers,
    requestCount: () => asked.length,
    play: (next) => {
      fault = next;
    },
    close: server.close,
  };
}

export type Read = {
  reading: MetricReading;
  host: CalendarHost;
  exchanges: Exchange[];
  values: Record<string, string | null>;
};
type Options = { metric?: string; config?: CalendarConfig; params?: unknown; now?: string; prefix?: string };

/** One reading; the world's clock is that of the run. */
export async function read(answers: Answers, days: DayWindow, options: Options = {}): Promise<Read> {
  const { config = CONFIG, metric: id = 'event_count', params = {}, prefix } = options;
  const now = new Date(options.now ?? '2026-03-20T12:00:00Z');
  const host = await startCalendar(
    'made' in answers ? answers : { nowSeconds: now.getTime() / 1_000, ...answers },
    prefix,
  );
  try {
    const { context, exchanges } = testContext(config, host.endpoint, now);
    const metric = calendar.metrics[id];
    if (metric === undefined) throw new Error(`the calendar has no metric ${id}`);
    const checked: unknown = metric.paramsSchema.parse(params);
    const reading = await metric.read(context, days, checked);
    const values = Object.fromEntries(reading.points.map(({ day, value }) => [day, value]));
    return { reading, host, exchanges, values };
  } finally {
    await host.close();
  }
}

/** The days with events, and how many: what is left out is a zero. */
export async function daysWith(answers: Answers, days: DayWindow, options: Options = {}) {
  const { values } = await read(answers, days, options);
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '0'));
}

/** An hour at nine in New York, unless it is said otherwise. */
export const entry = (uid: string, start: string, more: Partial<CalendarEntry> = {}): CalendarEntry => ({
  uid,
  title: `Event ${uid}`,
  start,
  zone: 'America/New_York',
  ...more,
});

export function ics(...lines: string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

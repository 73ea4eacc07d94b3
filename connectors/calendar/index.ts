import { defineConnector, defineMetric } from '../sdk/index.ts';
import { acceptEvents } from './accept.ts';
import { eventMeaning } from './catalog.ts';
import { checkCalendar } from './check.ts';
import { allowedHosts, type CalendarConfig, configSchema, limits, SECRET_FIELDS } from './config.ts';
import { type EventParams, eventParams } from './params.ts';
import { readEvents, readHours } from './readings.ts';

/** Events are marked as cancelled or missed, and moved, for days after; a conference of a week counts once it is over. */
const traits = { settlesAfterHours: 24, rereadDays: 14, readEveryHours: 1, history: 'backfill' } as const;

const eventCount = defineMetric<CalendarConfig, EventParams>({
  ...traits,
  title: 'Events held by day',
  description:
    'Events that began on each day and are over, if need be only those with a tag. What was cancelled, and what its title says ' +
    'was missed, is none. Each time of a repeating event counts once.',
  stage: 'discovery',
  unit: 'count',
  kind: 'flow',
  paramsSchema: eventParams,
  catalog: eventMeaning,
  accept: acceptEvents,
  read: readEvents,
});

const eventHours = defineMetric<CalendarConfig, EventParams>({
  ...traits,
  title: 'Time in events by day',
  description:
    'How long the events of each day took together, if need be only those with a tag. Events of whole days name no hours and ' +
    'are left out.',
  stage: 'people',
  unit: 'duration',
  kind: 'flow',
  paramsSchema: eventParams,
  accept: acceptEvents,
  read: readHours,
});

export const calendar = defineConnector<CalendarConfig>({
  id: 'calendar',
  title: 'Calendar (iCal)',
  version: '1',
  experimental: true,
  configSchema,
  secretFields: SECRET_FIELDS,
  guide:
    'Enter where the calendar is, such as https://calendar.google.com, and its secret address in iCal format, which is encrypted ' +
    'and sent to that host only.',
  needsEndpoint: true,
  allowedHosts,
  limits,
  check: checkCalendar,
  metrics: { event_count: eventCount, event_hours: eventHours },
});

import { collectEvents, readingStateOf } from '../app/collect-events.ts';
import type { ConnectionRecord, ReadOutcome, ReadRequest, Sources } from '../app/ports.ts';
import type { EventFiles, EventListings } from '../app/ports-events.ts';
import { addDays, localDay } from '../domain/day.ts';
import { answeredBy } from './answered-by.ts';
import { checkEventParams, findEventMetric, needsOfEvents, withEventMetrics } from './events-metrics.ts';
import { type EventsAsked, readEventPoints } from './events-points.ts';

export type EventDeps = { files: EventFiles; listings: EventListings };

/** The connectors, with the metrics over raw events where a provider hands them over. */
export function withEvents(sources: Sources, { files, listings }: EventDeps): Sources {
  const lateDaysOf = (id: string) => sources.find(id)?.collects?.lateDays ?? null;
  const isOurs = (id: string, metric: string) => lateDaysOf(id) !== null && findEventMetric(metric) !== null;
  const collecting = { sources, files, listings };
  return {
    ...sources,
    list: () => sources.list().map(withEventMetrics),
    find(id) {
      const info = sources.find(id);
      return info === null ? null : withEventMetrics(info);
    },
    checkParams(id, key, params) {
      const lateDays = lateDaysOf(id);
      const found = lateDays === null ? null : findEventMetric(key);
      if (lateDays === null || found === null) return sources.checkParams(id, key, params);
      return checkEventParams(found, params, lateDays);
    },
    async prepare(connection, collected, now, signal, advanced) {
      const own = collected.filter(({ metric }) => isOurs(connection.connectorId, metric));
      const needs = needsOfEvents(own);
      if (needs === null) return sources.prepare(connection, collected, now, signal, advanced);
      const kept = await collectEvents(collecting, connection, needs, now, signal, advanced);
      return { ...kept, metrics: [...new Set(own.map(({ metric }) => metric))] };
    },
    read: (connection, requests, now, signal) =>
      answeredBy(
        requests,
        ({ metric }) => isOurs(connection.connectorId, metric),
        (own) => measure(connection, own, now, signal),
        (others) => sources.read(connection, others, now, signal),
      ),
  };

  async function measure(
    connection: ConnectionRecord,
    requests: readonly ReadRequest[],
    now: Date,
    signal: AbortSignal,
  ): Promise<ReadOutcome[]> {
    const state = readingStateOf(await listings.readingState(connection.id));
    const listing = await listings.current(connection.id);
    const asked = requests.flatMap((request): EventsAsked[] => {
      const found = findEventMetric(request.metric);
      if (found === null) return [];
      const needs = needsOfEvents([request]);
      const complete = state?.complete ?? null;
      const covers =
        complete !== null &&
        needs !== null &&
        needs.startDay >= complete.startDay &&
        (complete.names === null ||
          (needs.names?.every((name) => complete.names?.includes(name) === true) ?? false));
      if (!covers)
        return [{ request, found, throughDay: null, notes: ['events: not all of them are here yet'] }];
      const notes = [`events from ${complete.startDay} on, told through ${complete.throughAt}`];
      const throughDay = lastWholeDay(new Date(complete.throughAt), request.timeZone);
      return [{ request, found, throughDay, notes }];
    });
    return readEventPoints(asked, { files, listing, now, signal });
  }
}

/** The last day of the zone that was over by then. */
function lastWholeDay(at: Date, timeZone: string): string {
  return addDays(localDay(at, timeZone), -1);
}

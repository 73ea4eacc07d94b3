import type { CalendarEvent } from './event.ts';

/** Everything that goes by one UID. */
export type Series = {
  /** The event, or the series as a whole; null where only instances of it are told. */
  master: CalendarEvent | null;
  /** Instances that differ, each in its newest telling. */
  overrides: CalendarEvent[];
};

/** Of several tellings of one event, or of one instance, the newest stands; of equal ones the later. */
export function seriesOf(events: readonly CalendarEvent[]): Series[] {
  const newest = new Map<string, Map<string, CalendarEvent>>();
  for (const event of events) {
    const ofUid = newest.get(event.uid) ?? new Map<string, CalendarEvent>();
    newest.set(event.uid, ofUid);
    const key = instanceKey(event);
    const known = ofUid.get(key);
    if (known === undefined || isNewer(event, known)) ofUid.set(key, event);
  }
  return [...newest.values()].map((ofUid) => {
    const found = [...ofUid.values()];
    return {
      master: found.find(({ recurrenceId }) => recurrenceId === undefined) ?? null,
      overrides: found.filter(({ recurrenceId }) => recurrenceId !== undefined),
    };
  });
}

function instanceKey({ recurrenceId }: CalendarEvent): string {
  if (recurrenceId === undefined) return '';
  const { wallMs, zone } = recurrenceId;
  return `${wallMs} ${zone.kind === 'named' ? zone.tzid : zone.kind}`;
}

function isNewer({ version }: CalendarEvent, than: CalendarEvent): boolean {
  const place = version.findIndex((part, index) => part !== than.version[index]);
  return place < 0 || (version[place] ?? 0) > (than.version[place] ?? 0);
}

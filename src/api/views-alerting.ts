import { madeAt } from '../app/ids.ts';
import type { AlertRecord, ChannelRecord, DeliveryRecord } from '../app/ports.ts';
import type { AlertWithStory } from '../app/read-alert.ts';
import type { SnoozeView } from '../app/snooze.ts';
import { reasonView } from './views-definition.ts';

/** Who is told what: stored records in the shapes of the contract. */

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function channelView(channel: ChannelRecord) {
  const { config, disabledReason, enabled, events, id, key, kind, settings, title } = channel;
  return {
    id,
    key,
    title,
    kind,
    address: typeof config['shown'] === 'string' ? config['shown'] : '',
    enabled,
    disabledReason,
    events: [...events],
    settings: kind === 'mixpanel' ? null : writable(settings),
  };
}

const writable = ({ owners, topics, workingDays, ...settings }: ChannelRecord['settings']) => ({
  ...settings,
  owners: owners === null ? null : [...owners],
  topics: [...topics],
  workingDays: [...workingDays],
});

export function alertView({ firedAt, resolvedAt, since, snoozedUntil, ...alert }: AlertRecord) {
  const { currency, reason, unit } = alert;
  return {
    ...alert,
    because: reason === null ? null : reasonView(reason, { unit: unit ?? 'count', currency }).text,
    since: since.toISOString(),
    firedAt: iso(firedAt),
    resolvedAt: iso(resolvedAt),
    snoozedUntil: iso(snoozedUntil),
  };
}

export function alertDetailView({ alert, messages, told }: AlertWithStory) {
  return {
    ...alertView(alert),
    seenAt: iso(seenAt(alert)),
    told: told.map(({ lastAt, ...rest }) => ({ ...rest, lastAt: iso(lastAt) })),
    messages: messages.map(({ createdAt, delivery, dueAt, ...rest }) => ({
      ...rest,
      createdAt: createdAt.toISOString(),
      dueAt: dueAt.toISOString(),
      delivery: delivery === null ? null : { ...delivery, deliveredAt: iso(delivery.deliveredAt) },
    })),
  };
}

/** Of one that has only been seen its state says so; of the others the id, which was made then. */
function seenAt({ firedAt, id, since, state }: AlertRecord): Date | null {
  if (state === 'pending') return since;
  const made = madeAt(id);
  return made !== null && firedAt !== null && made > firedAt ? firedAt : made;
}

export function deliveryView({ createdAt, deliveredAt, nextAt, tries, ...delivery }: DeliveryRecord) {
  return {
    ...delivery,
    createdAt: createdAt.toISOString(),
    deliveredAt: iso(deliveredAt),
    nextAt: iso(nextAt),
    tries: tries.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })),
  };
}

export function snoozeView(snooze: SnoozeView) {
  const { author, connectionKey, id, keyResultKey, kind, objectiveKey, owner, reason } = snooze;
  return {
    id,
    keyResultKey,
    objectiveKey,
    connectionKey,
    owner,
    kind,
    reason,
    author,
    createdAt: snooze.createdAt.toISOString(),
    until: snooze.until.toISOString(),
    endedAt: iso(snooze.endedAt),
  };
}

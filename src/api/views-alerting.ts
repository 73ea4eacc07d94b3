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

export function alertView({ firedAt, resolvedAt, since, ...alert }: AlertRecord) {
  return { ...alert, since: since.toISOString(), firedAt: iso(firedAt), resolvedAt: iso(resolvedAt) };
}

export function alertDetailView({ alert, measure, messages, told }: AlertWithStory) {
  const { currency = null, unit = null } = measure ?? {};
  return {
    ...alertView(alert),
    unit,
    currency,
    because:
      alert.reason === null ? null : reasonView(alert.reason, { unit: unit ?? 'count', currency }).text,
    told: told.map(({ lastAt, ...rest }) => ({ ...rest, lastAt: iso(lastAt) })),
    messages: messages.map(({ createdAt, delivery, dueAt, ...rest }) => ({
      ...rest,
      createdAt: createdAt.toISOString(),
      dueAt: dueAt.toISOString(),
      delivery: delivery === null ? null : { ...delivery, deliveredAt: iso(delivery.deliveredAt) },
    })),
  };
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

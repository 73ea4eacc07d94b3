import { createHash } from 'node:crypto';
import type { News } from './news.ts';
import type { ComposingChannel, Composition, WaitingNotice } from './ports-alerting.ts';

/** More do not fit into one message that somebody reads. */
const MAX_ITEMS = 10;

/** What is known while the messages of one channel are composed. */
export type Frame = {
  channel: ComposingChannel;
  now: Date;
  appUrl: string;
  notices: readonly WaitingNotice[];
  live: readonly WaitingNotice[];
  outdated: ReadonlySet<string>;
};

export const isFresh = ({ unsent }: WaitingNotice): boolean => unsent === null;

const order: Record<string, number> = { critical: 0, warning: 1, info: 2 };

/** News of one group as messages: for people one, for programs one of each. */
export function messagesOf(frame: Frame, groupKey: string, group: WaitingNotice[]): Composition['messages'] {
  const sorted = group.toSorted(
    (a, b) => (order[a.item.severity] ?? 3) - (order[b.item.severity] ?? 3) || Number(a.id) - Number(b.id),
  );
  const isWebhook = frame.channel.kind === 'webhook';
  // What stands alone in an unsent message already needs no second one.
  const singles = sorted.filter(isFresh).map((notice) => [notice]);
  const bundles = isWebhook ? singles : sorted.length === 0 ? [] : [sorted];
  return bundles.map((bundle) => {
    const supersedes = supersededBy(frame, bundle);
    return {
      eventKey: eventKeyOf(bundle, supersedes),
      groupKey: isWebhook ? `${groupKey}:${bundle[0]?.alertId ?? ''}` : groupKey,
      kind: bundle.length === 1 ? (bundle[0]?.event ?? 'news') : 'news',
      noticeIds: bundle.map(({ id }) => id),
      supersedes,
      news: newsOf(frame, bundle),
    };
  });
}

/** Unsent messages about the same alerts in which nothing is left that this one does not say. */
function supersededBy({ live, notices }: Frame, bundle: WaitingNotice[]): string[] {
  const said = new Set(bundle.map(({ id }) => id));
  const alerts = new Set(bundle.map(({ alertId }) => alertId));
  const left = new Set(live.filter(({ id }) => !said.has(id)).map(({ unsent }) => unsent?.outboxId));
  const about = notices.flatMap(({ alertId, unsent }) =>
    unsent !== null && alerts.has(alertId) && !left.has(unsent.outboxId) ? [unsent.outboxId] : [],
  );
  return [...new Set(about)];
}

const MAX_KEY = 200;

/** The same news may be said in the place of another message: the key names both, so that no two are equal. */
function eventKeyOf(bundle: WaitingNotice[], supersedes: string[]): string {
  const sorted = (ids: string[]): string => ids.toSorted((a, b) => Number(a) - Number(b)).join('.');
  const place = supersedes.length === 0 ? '' : `:for:${sorted(supersedes)}`;
  const key = `news:${sorted(bundle.map(({ id }) => id))}${place}`;
  return key.length <= MAX_KEY ? key : `news:${createHash('sha256').update(key).digest('hex')}`;
}

function newsOf({ appUrl, channel, now }: Frame, bundle: WaitingNotice[]): News {
  const items = bundle
    .slice(0, MAX_ITEMS)
    .map(({ item }) => (bundle.length === 1 && channel.kind !== 'webhook' ? item : { ...item, chart: null }));
  const more = bundle.length - items.length;
  const { workspace } = channel;
  return { v: 2, type: 'news', workspace, occurredAt: now.toISOString(), items, more, appUrl };
}

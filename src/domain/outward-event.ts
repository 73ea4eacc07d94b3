/** What programs outside may be told of as it happens, each by its own name in the past tense. */
export const outwardEventTypes = [
  'key_result.status_changed',
  'key_result.progress_changed',
  'source.failed',
  'source.recovered',
  'run.finished',
  'alert.fired',
  'alert.resolved',
] as const;
export type OutwardEventType = (typeof outwardEventTypes)[number];

/**
 * An event as it lies in the outbox: small, without a title or the name of a person. Whoever wants more asks the API for
 * what `links.api` leads to. Links are paths here; the address before them is the relay's.
 */
export type OutwardEvent = {
  v: 1;
  type: OutwardEventType;
  /** RFC 3339, when it happened. */
  at: string;
  data: {
    id: string;
    links: { api: string; open: string };
    [field: string]: unknown;
  };
};

/** What makes it one event however often it is worked out, and whose rows it belongs to. */
export type OutwardNews = {
  workspaceId: string;
  /** Unique among the events of its type. */
  key: string;
  type: OutwardEventType;
  /** Keeps the order of what is said of one Key Result; null: there is none to keep. */
  keyResultId: string | null;
  data: OutwardEvent['data'];
};

/** The numbers of a Key Result that its events speak of, before or after. */
export type ToldState = {
  status: string;
  currentValue: number | null;
  progress: number | null;
  computedAt: Date;
};
type ToldKeyResult = {
  id: string;
  workspaceId: string;
  objectiveId: string;
  key: string;
  unit: string;
  currency: string | null;
};

export const keyResultLinks = (id: string, key: string): OutwardEvent['data']['links'] => ({
  api: `/api/v1/key-results/${id}`,
  open: `/key-results/${encodeURIComponent(key)}`,
});
export const connectionLinks = (id: string, key: string): OutwardEvent['data']['links'] => ({
  api: `/api/v1/connections/${id}`,
  open: `/connections/${encodeURIComponent(key)}`,
});

/**
 * What one evaluation has changed. The first one changes from nothing. Computing again changes nothing and gives no event;
 * a value that goes forth and back gives two, told apart by when the state before was computed.
 */
export function changesOf(
  { currency, id, key, objectiveId, unit, workspaceId }: ToldKeyResult,
  before: ToldState | null,
  after: Omit<ToldState, 'computedAt'> & {
    statusReason: { code: string };
    statusAsOfDay: string | null;
    dataState: string;
  },
): OutwardNews[] {
  const since = before === null ? 'first' : before.computedAt.toISOString();
  const links = keyResultLinks(id, key);
  const { currentValue, dataState, progress, status, statusAsOfDay: asOfDay, statusReason } = after;
  const news: OutwardNews[] = [];
  const add = (type: OutwardEventType, data: Record<string, unknown>): void => {
    const about = { id, key, objectiveId, asOfDay, dataState };
    news.push({
      workspaceId,
      key: `${id}:${since}`,
      type,
      keyResultId: id,
      data: { ...about, ...data, links },
    });
  };
  if (before?.status !== status) {
    add('key_result.status_changed', {
      from: before?.status ?? null,
      to: status,
      reason: { code: statusReason.code },
    });
  }
  const [valueBefore, progressBefore] = [before?.currentValue ?? null, before?.progress ?? null];
  if (valueBefore !== currentValue || progressBefore !== progress) {
    add('key_result.progress_changed', {
      unit,
      currency,
      from: { value: valueBefore, progress: progressBefore },
      to: { value: currentValue, progress },
    });
  }
  return news;
}

import type { ChannelSettings } from '../domain/channel-settings.ts';
import type { Reason } from '../domain/status.ts';
import type { AlertSeverity, Saying } from '../domain/telling.ts';
import type { Titles } from '../domain/titles.ts';
import type { EvaluationInput } from './evaluation.ts';
import type { News, NewsEvent, NewsItem } from './news.ts';
import type { AlertKindName, AlertRuleRecord, MessengerKindName } from './ports.ts';

/** An alert with everything that a piece of news about it is made from. */
export type AlertInFull = {
  id: string;
  workspaceId: string;
  kind: AlertKindName;
  severity: AlertSeverity;
  sinceDay: string | null;
  reason: Reason;
  rule: Pick<AlertRuleRecord, 'forEvaluations' | 'keepFiringEvaluations' | 'fireBelow' | 'clearAbove'> | null;
  /** The Key Result with everything that its evaluation looks at; null when it is about a connection. */
  keyResult: EvaluationInput | null;
  initiatives: { title: string; startDay: string; endDay: string | null }[];
  connection: {
    id: string;
    key: string;
    title: string;
    owner: string | null;
    lastSuccessAt: Date | null;
    keyResults: { key: string; title: string; titles: Titles }[];
    keyResultCount: number;
  } | null;
  sandbox: boolean;
};

/** News that waits for its message. */
export type WaitingNotice = {
  id: string;
  alertId: string;
  event: NewsEvent;
  severity: AlertSeverity;
  lane: 'now' | 'digest';
  groupKey: string;
  item: NewsItem;
  dueAt: Date;
  /** It lies in a message that has not been sent, and whether that was tried. */
  unsent: { outboxId: string; wasTried: boolean } | null;
};

/** What is known of a channel when its messages are composed. */
export type ComposingChannel = {
  id: string;
  kind: MessengerKindName;
  settings: ChannelSettings;
  timeZone: string;
  workspace: string;
  /** When its last digest was due, or since when it is there. */
  digestAt: Date;
  /** When a message of each group was last composed. */
  lastByGroup: Map<string, Date>;
  /** Messages since midnight in its zone, digests left out, and in the last hour. */
  composedToday: number;
  composedLastHour: number;
};

export type Composition = {
  messages: {
    eventKey: string;
    groupKey: string | null;
    kind: string;
    noticeIds: string[];
    /** Unsent messages that this one says all of. */
    supersedes: string[];
    news: News;
  }[];
  dropped: string[];
  /** Notices that wait for the digest instead. */
  postponed: string[];
  /** Set when a digest was due, also when there was nothing to say. */
  digestAt: Date | null;
};

/** What still stands when a digest is made: for the reader it is no news, but the picture. */
export type Standing = { stillOffTrack: NewsItem[]; decided: NewsItem[] };

/** The pure rules that the store of alerts is handed. */
export type AlertingRules = {
  itemOf(alert: AlertInFull, saying: Saying, now: Date): NewsItem;
  compose(
    channel: ComposingChannel,
    notices: WaitingNotice[],
    standing: () => Promise<Standing>,
    now: Date,
  ): Promise<Composition>;
};

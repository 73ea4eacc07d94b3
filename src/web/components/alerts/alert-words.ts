import type { Translate } from '../../../i18n/index.ts';
import type { Alert, Snooze } from '../../alerts-queries.ts';
import type { Format } from '../../format.ts';
import { reasonSentence } from '../../words.ts';

export type AlertKind = Alert['kind'];
export const alertKinds: readonly AlertKind[] = ['off_track', 'no_data', 'error', 'check_in_due'];

/** Why it is so, with its numbers in the unit of the Key Result; null when nothing was kept. */
export function alertReason(t: Translate, format: Format, alert: Alert): string | null {
  const { because, currency, reason, unit } = alert;
  if (reason === null) return because;
  const values = Object.fromEntries(
    Object.entries(reason.values).filter(
      (entry): entry is [string, string | number | null] =>
        entry[1] === null || typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );
  const view = { code: reason.code, values, text: because ?? '' };
  return reasonSentence(t, format, view, { unit: unit ?? 'count', currency });
}

/** A kind that a newer server invented keeps its own name. */
export function kindWord(t: Translate, kind: string): string {
  const key = `web.alerts.kind.${kind}`;
  return t.knows(key) ? t(key) : kind;
}

/** What a silence covers, in one phrase. */
export function coveredBy(t: Translate, snooze: Snooze): string {
  const kind = snooze.kind === null ? t('web.alerts.covers.any_kind') : kindWord(t, snooze.kind);
  const { connectionKey, keyResultKey, objectiveKey, owner } = snooze;
  const about = keyResultKey ?? connectionKey;
  if (about !== null) return t('web.alerts.covers.about', { kind, about });
  if (objectiveKey !== null) return t('web.alerts.covers.objective', { kind, about: objectiveKey });
  if (owner !== null) return t('web.alerts.covers.owner', { kind, owner });
  return t('web.alerts.covers.all', { kind });
}

/** What fires before what is about to, what nobody looks after before the rest, worse before less bad, older before newer. */
export function byUrgency(one: Alert, other: Alert): number {
  return rank(one) - rank(other) || one.since.localeCompare(other.since) || one.id.localeCompare(other.id);
}

function rank({ acknowledged, severity, snoozedUntil, state }: Alert): number {
  const calm = acknowledged !== null || snoozedUntil !== null;
  return (state === 'firing' ? 0 : 4) + (calm ? 2 : 0) + (severity === 'critical' ? 0 : 1);
}

export type AlertGroup = Pick<Alert, 'title' | 'titles'> & {
  key: string;
  about: 'key_result' | 'connection';
  alerts: Alert[];
};

/** By what they are about, in the order of each group's most urgent one. */
export function grouped(alerts: readonly Alert[]): AlertGroup[] {
  const groups = new Map<string, AlertGroup>();
  for (const alert of alerts.toSorted(byUrgency)) {
    const about = alert.connectionKey === null ? 'key_result' : 'connection';
    const key = alert.keyResultKey ?? alert.connectionKey ?? alert.id;
    const { title, titles } = alert;
    const group = groups.get(`${about} ${key}`) ?? { key, title, titles, about, alerts: [] };
    group.alerts.push(alert);
    groups.set(`${about} ${key}`, group);
  }
  return [...groups.values()];
}

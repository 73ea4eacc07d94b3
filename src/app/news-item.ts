import { chanceBefore } from '../domain/chance.ts';
import { localDay } from '../domain/day.ts';
import { resolvedTarget } from '../domain/goal.ts';
import type { Saying } from '../domain/telling.ts';
import { goalSeries } from './goal-series.ts';
import type { NewsChart, NewsEvent, NewsItem, NewsSubject } from './news.ts';
import type { AlertKindName } from './ports.ts';
import type { AlertInFull } from './ports-alerting.ts';
import { titlesIfAny } from './titles-if-any.ts';
import { toObservation } from './to-observation.ts';

const CHART_POINTS = 120;
const WEEK_DAYS = 7;

/** What an alert has to say, in codes and numbers. `linkBase` is where people open the web app. */
export function newsItem(alert: AlertInFull, saying: Saying, now: Date, linkBase: string): NewsItem {
  const { keyResult: about } = alert;
  const keyResult = about?.keyResult ?? null;
  const state = about?.previous ?? null;
  const chance = state?.outlook?.chance ?? null;
  const forecast = state?.outlook?.forecast ?? null;
  const path =
    keyResult === null
      ? `connections/${encodeURIComponent(alert.connection?.key ?? '')}`
      : `key-results/${encodeURIComponent(keyResult.key)}`;
  return {
    alertId: alert.id,
    event: eventOf(alert, saying),
    severity: saying === 'over' ? 'info' : alert.kind === 'check_in_due' ? 'info' : alert.severity,
    at: now.toISOString(),
    sinceDay: alert.sinceDay,
    subject: subjectOf(alert),
    numbers:
      keyResult === null || state === null
        ? null
        : {
            current: state.currentValue,
            start: state.startValue,
            target: state.targetValue,
            unit: keyResult.unit,
            currency: keyResult.currency,
            progress: state.progress,
            expected: state.expected,
          },
    chance: chance === null ? null : { now: chance.smoothed, weekAgo: chanceBefore(chance, WEEK_DAYS) },
    forecast:
      forecast?.available === true && forecast.of === 'value'
        ? {
            deadlineDay: forecast.deadlineDay,
            p10: forecast.p10,
            p50: forecast.p50,
            p90: forecast.p90,
            needed: forecast.needed,
            recent: forecast.recent,
            step: forecast.inputs.step,
          }
        : null,
    reason: state !== null && alert.kind === 'off_track' ? state.statusReason : alert.reason,
    rule:
      alert.kind === 'off_track' && alert.rule !== null
        ? { by: chance === null ? 'pace' : 'chance', ...alert.rule }
        : null,
    data: {
      state: state?.dataState ?? (alert.kind === 'error' ? 'failing' : 'stale'),
      throughDay: state?.dataThroughDay ?? null,
      fetchedAt: (state?.fetchedAt ?? alert.connection?.lastSuccessAt ?? null)?.toISOString() ?? null,
    },
    chart: chartOf(alert, now),
    sandbox: alert.sandbox,
    links: { open: `${linkBase}/${path}`, ...actionLinks(alert, saying, linkBase) },
  };
}

/** They open the page, which asks before it changes anything. What is over needs neither; a check-in ends its reminder. */
function actionLinks(
  { id, kind }: AlertInFull,
  saying: Saying,
  linkBase: string,
): Pick<NewsItem['links'], 'acknowledge' | 'snooze'> {
  if (saying === 'over' || kind === 'check_in_due') return { acknowledge: null, snooze: null };
  const page = `${linkBase}/alerts/${encodeURIComponent(id)}`;
  return { acknowledge: `${page}?do=acknowledge`, snooze: `${page}?do=snooze` };
}

function eventOf({ connection, keyResult, kind }: AlertInFull, saying: Saying): NewsEvent {
  const isOver = saying === 'over';
  const events: Record<AlertKindName, NewsEvent> = {
    off_track: offTrackEvent(keyResult?.previous?.status === 'achieved', saying),
    no_data:
      connection === null
        ? isOver
          ? 'key_result.data_back'
          : 'key_result.no_data'
        : isOver
          ? 'connection.data_back'
          : 'connection.no_data',
    error: isOver ? 'connection.working' : 'connection.failing',
    check_in_due: 'key_result.check_in_due',
  };
  return events[kind];
}

function offTrackEvent(isAchieved: boolean, saying: Saying): NewsEvent {
  switch (saying) {
    case 'fired':
      return 'key_result.off_track';
    case 'got_worse':
      return 'key_result.got_worse';
    case 'still':
      return 'key_result.still_off_track';
    case 'over':
      return isAchieved ? 'key_result.achieved' : 'key_result.recovered';
  }
}

function subjectOf({ connection, keyResult }: AlertInFull): NewsSubject {
  if (keyResult !== null) {
    const { id, key, title, titles, owner } = keyResult.keyResult;
    const { objective } = keyResult;
    return {
      kind: 'key_result',
      id,
      key,
      title,
      ...titlesIfAny(titles),
      owner,
      objective: { id: objective.id, title: objective.title, ...titlesIfAny(objective.titles) },
    };
  }
  if (connection === null) throw new Error('an alert is about a Key Result or about a connection');
  const { id, key, title, owner, keyResultCount } = connection;
  const keyResults = connection.keyResults.map(({ titles, ...named }) => ({
    ...named,
    ...titlesIfAny(titles),
  }));
  return { kind: 'connection', id, key, title, owner, keyResults, keyResultCount };
}

/** The cycle up to now with the cone of the forecast; long cycles thinned out, the newest days kept. */
function chartOf({ initiatives, keyResult: about, kind }: AlertInFull, now: Date): NewsChart | null {
  if (about === null || kind !== 'off_track') return null;
  const { cycle, keyResult, metric, points, previous } = about;
  const today = localDay(now, cycle.timeZone);
  const days = goalSeries(keyResult, metric, cycle, points.map(toObservation), today).filter(
    ({ day }) => day <= today,
  );
  if (days.filter(({ value }) => value !== null).length < 2) return null;
  const every = Math.ceil(days.length / CHART_POINTS);
  const shown = days.filter((_, index) => (days.length - 1 - index) % every === 0);
  const settledThrough = previous?.dataThroughDay ?? null;
  const forecast = previous?.outlook?.forecast ?? null;
  const { goal } = keyResult;
  return {
    startDay: cycle.startDay,
    endDay: cycle.endDay,
    today,
    target: previous?.targetValue ?? resolvedTarget(goal),
    bounds: goal.kind === 'guardrail' ? { lower: goal.lower, upper: goal.upper } : null,
    points: shown.map(({ day, expected, value }) => [
      day,
      value,
      expected,
      settledThrough !== null && day <= settledThrough,
    ]),
    forecast:
      forecast?.available === true && forecast.of === 'value'
        ? { asOfDay: forecast.asOfDay, days: forecast.fan }
        : null,
    initiatives: initiatives.slice(0, 10),
  };
}

import type { Texts } from './texts.ts';

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);
const inARow = (count: number): string =>
  count === 1 ? '1 evaluated day' : `${count} evaluated days in a row`;
const nothing = 'nothing has to be done.';

export const en: Texts = {
  colon: ': ',
  label: {
    objective: 'Objective',
    value: 'Now',
    progress: 'Progress',
    since: 'Since',
    why: 'Why',
    chance: 'Chance',
    final: 'Forecast',
    needed: 'Needed',
    data: 'Data',
    rule: 'Rule',
    affects: 'Affects',
    meanwhile: 'Meanwhile',
    owner: 'Owner',
    next: 'Next',
  },
  headline: {
    'key_result.off_track': (title) => `Off track: ${title}`,
    'key_result.still_off_track': (title) => `Still off track: ${title}`,
    'key_result.got_worse': (title) => `Further off track: ${title}`,
    'key_result.recovered': (title) => `No longer off track: ${title}`,
    'key_result.achieved': (title) => `Achieved: ${title}`,
    'key_result.missed': (title) => `Missed: ${title}`,
    'key_result.check_in_due': (title) => `Check-in due: ${title}`,
    'key_result.no_data': (title) => `No data received: ${title}`,
    'key_result.data_back': (title) => `Data received again: ${title}`,
    'connection.no_data': (title) => `No data from the source: ${title}`,
    'connection.data_back': (title) => `Data from the source again: ${title}`,
    'connection.failing': (title) => `Sync fails: ${title}`,
    'connection.working': (title) => `Sync works again: ${title}`,
  },
  andMore: (headline, count) => `${headline} (and ${count} more)`,
  sandboxTag: '[sandbox]',
  sandboxNote: 'Sandbox data: these numbers come from the built-in sandbox company, not from a real account.',
  values({ current, start, target }, write) {
    const rest = [
      target === null ? null : `target ${write.value(target)}`,
      start === null ? null : `started at ${write.value(start)}`,
    ].filter((part) => part !== null);
    const now = current === null ? 'no value yet' : write.value(current);
    return rest.length === 0 ? now : `${now} (${rest.join(', ')})`;
  },
  progress: (progress, expected, write) =>
    expected === null
      ? write.fraction(progress)
      : `${write.fraction(progress)}, expected by now ${write.fraction(expected)}`,
  since: (day, count) => (count < 1 ? day : `${day} (${days(count)})`),
  chance: (now, weekAgo) =>
    weekAgo === null ? `${now} of reaching the goal` : `${now} of reaching the goal, a week ago ${weekAgo}`,
  final({ deadlineDay, p10, p50, p90 }, target, write) {
    const range = `${write.value(p50)} by ${deadlineDay}, in 8 of 10 cases between ${write.value(p10)} and ${write.value(p90)}`;
    return target === null ? range : `${range}; target ${write.value(target)}`;
  },
  needed(needed, recent, step) {
    const per = { hour: 'an hour', day: 'a day', week: 'a week', month: 'a month' }[step];
    if (needed === null) return `lately ${recent} ${per}`;
    const now = `${needed} ${per} from now on`;
    return recent === null ? now : `${now}, lately ${recent} ${per}`;
  },
  data(state, throughDay, daysOld, fetchedAt) {
    const age = daysOld < 1 ? '' : `, ${days(daysOld)} old`;
    const fetched = fetchedAt === null ? '' : `, fetched ${fetchedAt}`;
    return `${state === null ? '' : `${state.toLowerCase()}, `}through ${throughDay}${age}${fetched}`;
  },
  noData: 'none yet',
  rule: ({ by, forEvaluations, keepFiringEvaluations }, fireBelow, clearAbove) =>
    by === 'chance'
      ? `a chance below ${fireBelow} on ${inARow(forEvaluations)} raises the alert, above ${clearAbove} on ${inARow(keepFiringEvaluations)} ends it`
      : `an off-track pace on ${inARow(forEvaluations)} raises the alert, a better one on ${inARow(keepFiringEvaluations)} ends it (too little history for a chance)`,
  affects(titles, others) {
    if (titles.length === 0) return others === 1 ? '1 Key Result' : `${others} Key Results`;
    return others === 0 ? titles.join('; ') : `${titles.join('; ')}; and ${others} more`;
  },
  meanwhile: 'Key Results keep their last status and its date, and off-track alerts wait.',
  noOwner: 'nobody yet',
  next: {
    'key_result.off_track': 'open the Key Result, see what moved, and note a plan in a check-in.',
    'key_result.still_off_track':
      'note in a check-in what changes now, or acknowledge to pause the reminders.',
    'key_result.got_worse': 'decide whether the plan or the target has to change, and note it in a check-in.',
    'key_result.recovered': `${nothing} Note in a check-in what helped.`,
    'key_result.achieved': `${nothing} Note what helped, for the next cycle.`,
    'key_result.missed': 'note what was learnt, for the next cycle.',
    'key_result.check_in_due': 'record the current value and a confidence in a check-in.',
    'key_result.no_data': 'look at the program that sends this metric, and send the missing days.',
    'key_result.data_back': nothing,
    'connection.no_data': 'see whether the source itself has the newest days, then open the connection.',
    'connection.data_back': nothing,
    'connection.failing': 'open the connection and see what its last sync reports.',
    'connection.working': nothing,
  },
  nextBy: {
    far_behind_pace: 'find what holds the metric back, then change the plan or agree on another target.',
    behind_pace: 'check whether the work that is planned can still close the gap.',
    kept_far_too_little: 'find the periods that were missed and what they have in common.',
    kept_too_little: 'find the periods that were missed and what they have in common.',
    needs_reauth: 'enter a new key for the connection.',
    auth: 'enter a new key for the connection.',
    misconfigured: 'correct the settings of the connection.',
    config: 'correct the settings of the connection.',
    transient: 'wait: the sync is repeated by itself. If this lasts, look at the provider’s status page.',
  },
  chartOf: (title) => `Chart of ${title}: history, target, expected pace and forecast`,
  open: { key_result: 'Open the Key Result', connection: 'Open the connection', app: 'Open Tidemark' },
  acknowledge: 'Acknowledge',
  snooze: 'Snooze',
  stop: {
    alert: 'To stop these messages, acknowledge or snooze the alert, or turn off its rule or this channel.',
    alert_without_links:
      'To stop these messages, turn off the alert rule of this Key Result, or this channel.',
    check_in: 'To stop these reminders, check in, or change how often the Key Result asks for it.',
    connection: 'To stop these messages, repair or pause the connection, or turn off this channel.',
    digest: 'To stop this digest, turn it off for this channel.',
    test: 'Sent once, because somebody asked for it.',
  },
  workspace: (name) => `Workspace: ${name}`,
  digest: {
    daily: (fromDay, throughDay) =>
      fromDay === throughDay ? `Daily digest of ${throughDay}` : `Daily digest, ${fromDay} to ${throughDay}`,
    weekly: (fromDay, throughDay) => `Weekly digest, ${fromDay} to ${throughDay}`,
    withCounts: (title, counts) => `${title}: ${counts.join(', ')}`,
    missed: (count) =>
      `${count === 1 ? 'One digest in between was' : `${count} digests in between were`} not sent. This one covers every day since the last.`,
    section: {
      newly_off_track: 'Newly off track',
      got_worse: 'Further off track',
      still_off_track: 'Still off track',
      recovered: 'No longer off track',
      achieved: 'Achieved',
      missed: 'Missed',
      no_data: 'No data',
      data_back: 'Data is back',
      check_in_due: 'Check-in due',
    },
    count: {
      newly_off_track: (count) => `${count} newly off track`,
      got_worse: (count) => `${count} further off track`,
      still_off_track: (count) => `${count} still off track`,
      recovered: (count) => `${count} recovered`,
      achieved: (count) => `${count} achieved`,
      missed: (count) => `${count} missed`,
      no_data: (count) => `${count} without data`,
      data_back: (count) => `${count} with data again`,
      check_in_due: (count) => (count === 1 ? '1 check-in due' : `${count} check-ins due`),
    },
    empty: 'nothing new',
  },
  more: (count) => `${count} more in Tidemark.`,
  test: {
    headline: 'Test message from Tidemark',
    body: 'This channel works. Alerts, reminders and digests arrive here.',
  },
};

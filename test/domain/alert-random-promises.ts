import type { AlertSeverity } from '../../src/domain/telling.ts';
import type { History, Said, SeenEpisode } from './alert-random-world.ts';

/** One channel and one episode, with all that was seen of it and all that was said about it. */
export type Thread = { isLate: boolean; views: View[]; repeatHours: number | null };
export type View = SeenEpisode & {
  look: number;
  at: number;
  isLast: boolean;
  mayHear: boolean;
  silencesEnded: number[];
  said: Said[];
  /** What was heard before: the newest message, or for a late channel what it found when it came. */
  heard: { at: number; severity: AlertSeverity } | null;
};

export function threads({ channelsSince, log, looks, repeatHours: repeat }: History): Thread[] {
  const numbers = looks.at(-1)?.episodes.map(({ number }) => number) ?? [];
  const saidAt = new Map(log.map((said) => [`${said.look} ${said.channel} ${said.episode}`, [said]]));
  return channelsSince.flatMap((since, channel) =>
    numbers.map((number): Thread => {
      const views: View[] = [];
      const isLate = looks.some(({ episodes }) => {
        const firedAt = episodes[number - 1]?.firedAt ?? null;
        return firedAt !== null && firedAt < since;
      });
      let heard: View['heard'] = null;
      looks.forEach(({ at, channels, episodes, inhibited, silencesEnded, snoozed }, look) => {
        const episode = episodes[number - 1];
        if (episode === undefined || channel >= channels) return;
        const said = saidAt.get(`${look} ${channel} ${number}`) ?? [];
        const isLast = look === looks.length - 1;
        if (isLate) heard ??= { at: since, severity: episode.severity };
        views.push({
          ...episode,
          look,
          at,
          isLast,
          mayHear: !snoozed && !inhibited,
          silencesEnded,
          said,
          heard,
        });
        if (said.length > 0) heard = { at, severity: episode.severity };
      });
      return { isLate, views, repeatHours: repeat };
    }),
  );
}

const mayRemind = ({ repeatHours: repeat }: Thread, { at, silencesEnded }: View, heardAt: number): boolean =>
  silencesEnded.some((endedAt) => endedAt > heardAt) || (repeat !== null && at - heardAt >= repeat);
export const isTakenCareOf = ({ acknowledged, severity }: SeenEpisode): boolean =>
  acknowledged === 'critical' || (acknowledged === 'warning' && severity === 'warning');
export const all = ({ views }: Thread): Said[] => views.flatMap(({ said }) => said);
const hadHeard = (thread: Thread, look: number): boolean => all(thread).some((said) => said.look < look);

/** Each says whether one thread of a history keeps a promise. */
const promises: Record<string, (thread: Thread) => boolean> = {
  'never two notifications for one event': (thread) =>
    all(thread).filter(({ say }) => say === 'fired').length <= 1 &&
    all(thread).filter(({ say }) => say === 'over').length <= 1 &&
    thread.views.every((view) => {
      const { heard, said, severity } = view;
      return said.every(({ say }) => {
        if (say === 'fired') return heard === null;
        if (heard === null) return false;
        if (say === 'got_worse') return severity === 'critical' && heard.severity === 'warning';
        return say === 'over' || mayRemind(thread, view, heard.at);
      });
    }),
  'each message of an episode has a number of its own': (thread) =>
    all(thread).every(({ said }, i) => said === i + 1),
  'nothing while snoozed or inhibited': ({ views }) =>
    views.every(({ mayHear, said }) => mayHear || said.length === 0),
  'only what burns is said to burn': ({ views }) =>
    views.every(({ said, state }) => said.every(({ say }) => say === 'over' || state === 'firing')),
  // An episode that began and ended within one silence did not last: a silence asks for exactly that.
  'no firing that lasted until it could be told is left out': ({ isLate, views }) => {
    const first = views.find(({ mayHear, state }) => mayHear && state === 'firing');
    if (isLate || first === undefined) return true;
    return first.said.length === 1 && first.said[0]?.say === 'fired';
  },
  'in the end every channel that was there knows what burns': (thread) =>
    thread.views.every(({ isLast, state }) => !isLast || state !== 'firing' || thread.isLate) ||
    all(thread).some(({ say }) => say === 'fired'),
  'who came later is not told of the beginning': (thread) =>
    !thread.isLate || all(thread).every(({ say }) => say !== 'fired'),
  'recovery is said only of what is resolved and lasted, and to who had heard of it': (thread) =>
    thread.views.every(({ lasted, look, said, state }) =>
      said.every(({ say }) => say !== 'over' || (state === 'resolved' && lasted && hadHeard(thread, look))),
    ),
  'recovery is said to who had heard of it, as soon as it can be': (thread) => {
    const first = thread.views.find(({ mayHear, state }) => mayHear && state === 'resolved');
    if (first?.lasted !== true || !hadHeard(thread, first.look)) return true;
    return first.said.length === 1 && first.said[0]?.say === 'over';
  },
  'nothing follows the end': (thread) => {
    const end = all(thread).findIndex(({ say }) => say === 'over');
    return end === -1 || end === all(thread).length - 1;
  },
  'acknowledged means no repeats until it gets worse': ({ views }) =>
    views.every((view) => !isTakenCareOf(view) || view.said.every(({ say }) => say !== 'still')),
  'getting worse is said, acknowledged or not': ({ views }) =>
    views.every(({ heard, mayHear, said, severity, state }) => {
      const isWorse = state === 'firing' && severity === 'critical' && heard?.severity === 'warning';
      return !mayHear || !isWorse || said.some(({ say }) => say === 'got_worse');
    }),
  'what burns on is said again after a silence and in its rhythm, while nobody takes care of it': (thread) =>
    thread.views.every((view) => {
      const { heard, mayHear, said, state } = view;
      if (!mayHear || state !== 'firing' || heard === null || isTakenCareOf(view)) return true;
      return said.length > 0 || !mayRemind(thread, view, heard.at);
    }),
};

export const broken = (history: History): string[] => {
  const found = threads(history);
  return Object.keys(promises).filter((promise) => !found.every((thread) => promises[promise]?.(thread)));
};

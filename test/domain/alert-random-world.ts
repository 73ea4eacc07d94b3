import * as fc from 'fast-check';
import {
  type AlertSeverity,
  type Episode,
  nothingTold,
  type Saying,
  tell,
} from '../../src/domain/telling.ts';

/** Random histories of alerts, channels and silences, and what `tell` says in them. */
const hourMs = 3_600_000;
const originMs = Date.parse('2026-08-01T00:00:00Z');

export type Act =
  | { do: 'nothing' | 'pend' | 'fire' | 'fire_critical' | 'get_critical' | 'ease' | 'recover' | 'close' }
  | { do: 'acknowledge' | 'away' | 'back' | 'channel' | 'end_silence' | 'wait_for_silence' }
  | { do: 'wait' | 'snooze'; hours: number };
/** How often the notifier looks afterwards: 0, a worker is down; 2, it looks twice at the same moment. */
export type Turn = { act: Act; looks: number };

const act = fc.oneof(
  { withCrossShrink: true },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'nothing' }) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 60 }).map((hours): Act => ({ do: 'wait', hours })) },
  {
    weight: 9,
    arbitrary: fc.constantFrom<Act>(
      { do: 'pend' },
      { do: 'fire' },
      { do: 'fire' },
      { do: 'fire_critical' },
      { do: 'get_critical' },
      { do: 'get_critical' },
      { do: 'ease' },
      { do: 'recover' },
      { do: 'close' },
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom<Act>(
      { do: 'acknowledge' },
      { do: 'away' },
      { do: 'back' },
      { do: 'back' },
      { do: 'channel' },
      { do: 'channel' },
      { do: 'end_silence' },
      { do: 'wait_for_silence' },
      { do: 'wait_for_silence' },
    ),
  },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 90 }).map((hours): Act => ({ do: 'snooze', hours })) },
);
export const turns = fc.array(fc.record<Turn>({ act, looks: fc.constantFrom(1, 1, 1, 0, 2) }), {
  minLength: 60,
  maxLength: 120,
  size: 'max',
});
export const repeatHours = fc.constantFrom(null, 24, 168);

/** An episode at one moment; hours since the origin stand for instants. */
type Seen = { number: number; state: Episode['state']; severity: AlertSeverity; lasted: boolean };
export type SeenEpisode = Seen & { firedAt: number | null; acknowledged: AlertSeverity | null };
export type Look = {
  at: number;
  snoozed: boolean;
  inhibited: boolean;
  /** When the silences that are over by now have ended. */
  silencesEnded: number[];
  episodes: SeenEpisode[];
  channels: number;
};
export type Said = { look: number; channel: number; episode: number; say: Saying; said: number };
export type History = {
  looks: Look[];
  log: Said[];
  channelsSince: number[];
  silences: { from: number; until: number }[];
  repeatHours: number | null;
};

class World {
  at = 0;
  inhibited = false;
  readonly episodes: SeenEpisode[] = [];
  readonly history: History;
  private readonly memory = new Map<string, typeof nothingTold>();

  constructor(repeat: number | null) {
    this.history = { looks: [], log: [], channelsSince: [0], silences: [], repeatHours: repeat };
  }

  do(what: Act): void {
    const { channelsSince, silences } = this.history;
    const current = this.episodes.at(-1);
    const isOpen = current?.state === 'pending' || current?.state === 'firing';
    const covering = silences.filter(({ from, until }) => from <= this.at && this.at < until);
    if (what.do === 'wait') this.at += what.hours;
    if (what.do === 'snooze') silences.push({ from: this.at, until: this.at + what.hours });
    if (what.do === 'end_silence') for (const silence of covering) silence.until = this.at;
    if (what.do === 'wait_for_silence') this.at = Math.max(this.at, ...covering.map(({ until }) => until));
    if (what.do === 'away') this.inhibited = true;
    if (what.do === 'back') this.inhibited = false;
    if (what.do === 'channel' && channelsSince.length < 6) channelsSince.push(this.at);
    if (what.do === 'pend' && !isOpen) this.open('pending', 'warning');
    if (what.do === 'fire' || what.do === 'fire_critical') {
      const severity = what.do === 'fire' ? 'warning' : 'critical';
      if (!isOpen) this.open('firing', severity);
      else if (current.state === 'pending')
        Object.assign(current, { state: 'firing', severity, firedAt: this.at });
    }
    if (current?.state !== 'firing' || current.firedAt === null) return;
    if (what.do === 'get_critical') current.severity = 'critical';
    if (what.do === 'ease') current.severity = 'warning';
    if (what.do === 'acknowledge') current.acknowledged = current.severity;
    if (what.do !== 'recover' && what.do !== 'close') return;
    current.state = what.do === 'recover' ? 'resolved' : 'closed';
    current.lasted = this.at - current.firedAt >= 24;
  }

  /** Asks for every channel and episode, and keeps what was seen and said. */
  look(): void {
    const { channelsSince, log, looks, silences } = this.history;
    const at = (hours: number): Date => new Date(originMs + hours * hourMs);
    const silencesEnded = silences.map(({ until }) => until).filter((until) => until <= this.at);
    const snoozed = silences.some(({ from, until }) => from <= this.at && this.at < until);
    channelsSince.forEach((since, channel) => {
      for (const { acknowledged, firedAt, lasted, number, severity, state } of this.episodes) {
        const key = `${channel} ${number}`;
        const result = tell(
          this.memory.get(key) ?? nothingTold,
          { state, severity, lasted, firedAt: firedAt === null ? null : at(firedAt) },
          {
            now: at(this.at),
            channelSince: at(since),
            snoozed,
            snoozeEndedAt: silencesEnded.length === 0 ? null : at(Math.max(...silencesEnded)),
            inhibited: this.inhibited,
            acknowledged,
            repeatAfterMs: this.history.repeatHours === null ? null : this.history.repeatHours * hourMs,
          },
        );
        this.memory.set(key, result.told);
        if (result.say !== null)
          log.push({
            look: looks.length,
            channel,
            episode: number,
            say: result.say,
            said: result.told.said,
          });
      }
    });
    const episodes = this.episodes.map((episode) => ({ ...episode }));
    const { at: now, inhibited } = this;
    looks.push({ at: now, snoozed, inhibited, silencesEnded, episodes, channels: channelsSince.length });
  }

  private open(state: 'pending' | 'firing', severity: AlertSeverity): void {
    const number = this.episodes.length + 1;
    const firedAt = state === 'firing' ? this.at : null;
    this.episodes.push({ number, state, severity, firedAt, lasted: false, acknowledged: null });
  }
}

export function live(acts: Turn[], repeat: number | null): History {
  const world = new World(repeat);
  for (const { act: what, looks } of acts) {
    world.do(what);
    for (let i = 0; i < looks; i += 1) world.look();
  }
  // In the end every silence and inhibition is over, and the notifier looks once more.
  world.do({ do: 'back' });
  world.at = Math.max(world.at, ...world.history.silences.map(({ until }) => until));
  world.look();
  return world.history;
}

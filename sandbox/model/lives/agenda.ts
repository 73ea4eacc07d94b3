import type { EpochSeconds } from '../time.ts';

type Happen = (at: EpochSeconds) => void;

/** What is still to happen to one customer. */
export type Agenda = {
  /** Of what is due in one second, the provider's own work comes before what people ask for, then the older plan. */
  plan: (at: EpochSeconds, happen: Happen, by?: 'provider' | 'people') => void;
  /** Lets everything happen up to an instant, that second included, also what is planned meanwhile. */
  run: (untilAt: EpochSeconds) => void;
};

export function newAgenda(): Agenda {
  const waiting: { at: EpochSeconds; turn: number; happen: Happen }[] = []; // the next one last
  return {
    plan(at, happen, by = 'provider') {
      const turn = 2 * at + (by === 'provider' ? 0 : 1);
      let position = waiting.length;
      while (position > 0 && (waiting[position - 1]?.turn ?? 0) <= turn) position -= 1;
      waiting.splice(position, 0, { at, turn, happen });
    },
    run(untilAt) {
      for (let next = waiting.at(-1); next !== undefined && next.at <= untilAt; next = waiting.at(-1)) {
        waiting.pop();
        next.happen(next.at);
      }
    },
  };
}

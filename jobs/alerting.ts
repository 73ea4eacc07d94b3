import type { JobLog } from './define-job.ts';
import { type Loop, startLoop } from './loop.ts';

export type AlertingDeps = {
  /** Opens and ends the alerts of sources and check-ins, and writes down what is news. @returns pieces of news */
  follow(): Promise<number>;
  /** Makes messages of the news that is due. @returns how many */
  compose(): Promise<number>;
};

/** Silences end, days pass and sources fail without anybody calling: nothing of it is needed to the second. */
const FOLLOW_MS = 5_000;
const COMPOSE_MS = 500;

/** From what is so to what is said. Any number of processes may do it at once: each step is a transaction of its own. */
export function startAlerting(deps: AlertingDeps, log: JobLog): Loop {
  const follow = startLoop('follow alerts', FOLLOW_MS, log, async () => {
    const said = await deps.follow();
    if (said > 0) log.info({ event: 'news_written', news: said }, 'news was written down');
    return 'idle';
  });
  const compose = startLoop('compose messages', COMPOSE_MS, log, async () => {
    const made = await deps.compose();
    if (made > 0) log.info({ event: 'messages_composed', messages: made }, 'messages were composed');
    return 'idle';
  });
  return {
    async stop() {
      await Promise.all([follow.stop(), compose.stop()]);
    },
  };
}

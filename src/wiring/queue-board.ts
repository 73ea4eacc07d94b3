import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { type OpenQueues, openQueues, postgresBackend, redisBackend } from '../../jobs/schedule.ts';
import { QUEUE_BOARD_PATH, type QueueBoard } from '../api/queue-board.ts';
import { AppError } from '../app/errors.ts';
import { openQueuePool, type Services } from './services.ts';

/** More is not asked at once by a page that looks every few seconds. */
const POOL_SIZE = 4;
/** Somebody waits in front of it: better an error than a page that says nothing. */
const ANSWER_MS = 5_000;
/** How ioredis says that Redis is gone. */
const NO_ANSWER = /^(Command timed out|Connection is closed)/;

/**
 * The dashboard over queues of its own: the API may run without workers, and where it runs beside them theirs are closed
 * after it. They are opened when somebody first looks, so a server whose dashboard nobody opens holds no connection for it.
 */
export function createQueueBoard(
  services: Pick<Services, 'config' | 'databaseUrl' | 'log'>,
): QueueBoard & { close(): Promise<void> } {
  const adapter = new FastifyAdapter();
  adapter.setBasePath(QUEUE_BOARD_PATH);
  const { replaceQueues } = createBullBoard({
    queues: [],
    serverAdapter: adapter,
    options: {
      uiConfig: {
        boardTitle: 'Tidemark',
        boardLogo: { path: '/tidemark.svg', width: 28, height: 28 },
        favIcon: { default: '/tidemark.svg', alternative: '/tidemark.svg' },
        miscLinks: [{ text: 'Tidemark', url: '/settings' }],
      },
    },
  });
  // Thrown on, it comes to the server's own handler, which logs it and shows nothing of it.
  adapter.setErrorHandler((error) => {
    throw NO_ANSWER.test(error.message) ? queueDown(error) : error;
  });
  let opening: Promise<OpenQueues> | null = null;
  return {
    pages: adapter.registerPlugin(),
    async open() {
      opening ??= openBehind(services).then((opened) => {
        replaceQueues(opened.queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })));
        return opened;
      });
      try {
        await opening;
      } catch (error) {
        opening = null; // the next one who looks tries again
        throw queueDown(error);
      }
    },
    async close() {
      const opened = await opening?.catch(() => null);
      await opened?.close();
    },
  };
}

function queueDown(cause: unknown): AppError {
  return new AppError(
    'unavailable',
    'queue_down',
    'The queue does not answer.',
    'Look at the check of the queue in /readyz, and at the Redis or PostgreSQL that holds it.',
    { retryable: true, cause },
  );
}

async function openBehind({
  config,
  databaseUrl,
  log,
}: Pick<Services, 'config' | 'databaseUrl' | 'log'>): Promise<OpenQueues> {
  if (config.redisUrl !== null)
    return openQueues(redisBackend(config.redisUrl, { commandTimeout: ANSWER_MS }), log);
  const pool = openQueuePool(databaseUrl, POOL_SIZE);
  try {
    const backend = await postgresBackend(pool);
    return await openQueues({ ...backend, close: () => pool.end() }, log);
  } catch (error) {
    await pool.end();
    throw error;
  }
}

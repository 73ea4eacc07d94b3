import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createHttpStore } from '../db/http-store.ts';
import { createLiveEvents } from '../db/live-events.ts';
import { createWorkspaceOf } from '../db/workspace-of.ts';
import { type Lang, messageContent, messageWords, plainText, testMessage } from '../notifications/index.ts';
import { insideChart } from '../picture/inside-chart.ts';
import { publicPictures } from '../picture/public-pictures.ts';
import { projectRoot } from '../project.ts';
import { linkTokens } from '../secrets/index.ts';
import { apiMetricsAccess, operationsOf } from '../wiring/operations.ts';
import { refuseWithoutSignIn } from '../wiring/public-address.ts';
import { createQueueBoard } from '../wiring/queue-board.ts';
import type { Services } from '../wiring/services.ts';
import { signInLink } from './access.ts';
import { type AppOptions, createApp } from './app.ts';

export const DEFAULT_PORT = 4400;
const LOCAL_TOKEN_SECONDS = 366 * 86_400;

export type ApiServer = {
  url: string;
  port: number;
  /** For our own command line; it belongs into a file of mode 0600. */
  localToken: string;
  signInLink(): Promise<string>;
  stop(): Promise<void>;
};

/** A port that is kept from other programs until the API listens on it itself. */
export type ReservedPort = { port: number; release(): Promise<void> };

/**
 * Reserves the port to listen on: the one asked for, else 4400 or the next free one. Between choosing and listening
 * the database starts, and another program may look for a port just then.
 *
 * @throws Error when the port asked for is taken
 */
export async function reservePort(host: string, wanted: number | null): Promise<ReservedPort> {
  if (wanted !== null) {
    const reserved = await hold(host, wanted);
    if (reserved !== null) return reserved;
    throw new Error(
      `The port ${wanted} on ${host} is taken. Stop the program that uses it, or give another port with --port.`,
    );
  }
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + 100; port += 1) {
    const reserved = await hold(host, port);
    if (reserved !== null) return reserved;
  }
  throw new Error(
    `No port from ${DEFAULT_PORT} to ${DEFAULT_PORT + 99} is free on ${host}. Give one with --port.`,
  );
}

/** @returns null when somebody else has the port */
function hold(host: string, port: number): Promise<ReservedPort | null> {
  return new Promise((answer, fail) => {
    const holder = createServer((socket) => socket.destroy());
    holder.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') answer(null);
      else
        fail(
          new Error(`Cannot listen on ${host}: ${error.code}. Give another address with --host.`, {
            cause: error,
          }),
        );
    });
    holder.listen(port, host, () => {
      const release = (): Promise<void> => new Promise((released) => holder.close(() => released()));
      answer({ port, release });
    });
  });
}

/** Serves the API and the page on the reserved port, and makes the token by which the local command line speaks. */
export async function startApi(
  services: Services,
  reserved: ReservedPort,
  options: Pick<AppOptions, 'heartbeatMs'> & { webRoot?: string } = {},
): Promise<ApiServer> {
  const { port } = reserved;
  const { config, workspace, database, log, telemetry, tenancy } = services;
  const workspaceOf = createWorkspaceOf(database);
  const { access } = services.deps;
  await refuseWithoutSignIn(config, access);
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  const publicUrl = config.publicUrl ?? url;
  const http = createHttpStore(database, services.databaseUrl);
  const live = createLiveEvents(database, services.databaseUrl);
  const board = createQueueBoard(services);
  const app = await createApp({
    http,
    live,
    cursorKeys: () => services.masterKeys.keys().map(({ key }) => cursorKey(key)),
    limits: config.limits,
    tenants: {
      of: (workspaceId) => tenancy.of(workspaceId).deps,
      async ofPublicLink(token) {
        const hash = linkTokens.hashOf(token);
        return hash === null ? null : workspaceOf.publicLink(hash);
      },
      ofConnection: workspaceOf.connection,
    },
    tokens: { access, isSecure: () => publicUrl.startsWith('https:') },
    isKnownHost: knownHosts([url, publicUrl], port),
    publicUrl: () => publicUrl,
    webRoot: join(projectRoot(), 'dist', 'web'),
    testMessage: (now) => testMessage({ occurredAt: now, appUrl: publicUrl, sandbox: false }),
    digestOf: (channelId, lang) => digestOf(services, channelId, lang),
    contentOf: (message) => messageContent(message, publicUrl),
    pictures: { ...publicPictures, insideChart },
    operations: operationsOf(services, apiMetricsAccess(config)),
    queueBoard: board,
    watch: { log, request: telemetry.request },
    log,
    ...options,
  });
  const stop = async (): Promise<void> => {
    await app.close();
    await board.close(); // nobody asks any more: a call to a queue that is closed may never settle
    await live.close();
    await http.close();
  };
  await services.tokens.revokeLocal(workspace.id);
  const local = await access.grants.issue({
    workspaceId: workspace.id,
    userId: null,
    kind: 'local',
    name: 'command line',
    scopes: [],
    validSeconds: LOCAL_TOKEN_SECONDS,
  });
  if (local === null) throw new Error('local tokens have no limit');
  await reserved.release();
  try {
    await app.listen({ host: config.host, port });
  } catch (error) {
    await stop();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`The port ${port} on ${config.host} is taken. Give another port with --port.`, {
      cause: error,
    });
  }
  return {
    url,
    port,
    localToken: local.text,
    signInLink: () => signInLink(access, { workspaceId: workspace.id, userId: null }, publicUrl),
    stop,
  };
}

/** Of its own purpose: what it signs proves nothing elsewhere. */
function cursorKey(masterKey: Buffer): Buffer {
  return createHmac('sha256', masterKey).update('tidemark cursors v1').digest();
}

async function digestOf(services: Services, channelId: string, lang: Lang) {
  const news = await services.alerting.previewDigest(channelId);
  if (news === null || news.type !== 'digest') return null;
  const { fromDay, period, throughDay } = news;
  return { period, fromDay, throughDay, text: plainText(messageWords(news, lang)) };
}

/** On loopback, also under the names that a machine has for itself. */
function knownHosts(urls: string[], port: number): (host: string) => boolean {
  const known = new Set(urls.map((each) => new URL(each).host));
  for (const name of ['localhost', '127.0.0.1', '[::1]']) known.add(`${name}:${port}`);
  return (host) => known.has(host.toLowerCase());
}

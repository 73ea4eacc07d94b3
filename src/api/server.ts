import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Lang, messageWords, plainText, testMessage } from '../notifications/index.ts';
import { publicPictures } from '../picture/public-pictures.ts';
import { packageVersion, projectRoot } from '../project.ts';
import { newToken, parseToken, verifyToken } from '../secrets/index.ts';
import type { Services } from '../wiring/services.ts';
import { signInLink, type Tokens } from './access.ts';
import { createApp } from './app.ts';

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
export async function startApi(services: Services, reserved: ReservedPort): Promise<ApiServer> {
  const { port } = reserved;
  const { config, deps, workspace, database, log } = services;
  const tokens = createTokens(services);
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  const publicUrl = config.publicUrl ?? url;
  const app = await createApp({
    deps,
    tokens,
    workspace,
    isKnownHost: knownHosts([url, publicUrl], port),
    publicUrl: () => publicUrl,
    webRoot: join(projectRoot(), 'dist', 'web'),
    testMessage: (now) => testMessage({ occurredAt: now, appUrl: publicUrl, sandbox: false }),
    digestOf: (channelId, lang) => digestOf(services, channelId, lang),
    pictures: publicPictures,
    ready: async () => ({ database: (await database.pool.query('SELECT 1').catch(() => null)) !== null }),
    version: packageVersion(),
    log,
  });
  await services.tokens.revokeLocal(workspace.id);
  const localToken = await tokens.issue('local', 'command line', LOCAL_TOKEN_SECONDS);
  await reserved.release();
  try {
    await app.listen({ host: config.host, port });
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`The port ${port} on ${config.host} is taken. Give another port with --port.`, {
      cause: error,
    });
  }
  return {
    url,
    port,
    localToken,
    signInLink: () => signInLink(tokens, publicUrl),
    stop: () => app.close(),
  };
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

function createTokens({ tokens, workspace }: Services): Tokens {
  return {
    async bearer(text) {
      const id = parseToken(text)?.id;
      const found = id === undefined ? null : await tokens.findValid(id);
      if (found === null || !verifyToken(text, found.secretHash)) return null;
      await tokens.touch(found.id);
      return found;
    },
    async issue(kind, name, validSeconds) {
      const { token, id, hash } = newToken(tokens.newId());
      await tokens.add(
        { id, workspaceId: workspace.id, kind, name, secretHash: hash, scopes: [] },
        validSeconds,
      );
      return token;
    },
    useOnce: (id) => tokens.useOnce(id),
  };
}

import { createServer } from 'node:net';
import { join } from 'node:path';
import { testMessage } from '../notifications/index.ts';
import { packageVersion, projectRoot } from '../project.ts';
import { newToken, parseToken, verifyToken } from '../secrets/index.ts';
import type { Services } from '../wiring/services.ts';
import type { Tokens } from './access.ts';
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

/** @returns the port to listen on: the one asked for, else 4400 or the next free one. @throws Error when it is taken */
export async function choosePort(host: string, wanted: number | null): Promise<number> {
  if (wanted !== null) {
    if (await isFree(host, wanted)) return wanted;
    throw new Error(
      `The port ${wanted} on ${host} is taken. Stop the program that uses it, or give another port with --port.`,
    );
  }
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + 100; port += 1)
    if (await isFree(host, port)) return port;
  throw new Error(
    `No port from ${DEFAULT_PORT} to ${DEFAULT_PORT + 99} is free on ${host}. Give one with --port.`,
  );
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((answer, fail) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') answer(false);
      else
        fail(
          new Error(`Cannot listen on ${host}: ${error.code}. Give another address with --host.`, {
            cause: error,
          }),
        );
    });
    probe.listen(port, host, () => probe.close(() => answer(true)));
  });
}

/** Serves the API and the page on `port`, and makes the token by which the local command line speaks. */
export async function startApi(services: Services, port: number): Promise<ApiServer> {
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
    ready: async () => ({ database: (await database.pool.query('SELECT 1').catch(() => null)) !== null }),
    version: packageVersion(),
    log,
  });
  await services.tokens.revokeLocal(workspace.id);
  const localToken = await tokens.issue('local', 'command line', LOCAL_TOKEN_SECONDS);
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
    signInLink: async () =>
      `${publicUrl}/sign-in#token=${await tokens.issue('one_time', 'sign-in link', 30 * 60)}`,
    stop: () => app.close(),
  };
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

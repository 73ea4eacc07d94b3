import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reservePort, startApi } from '../../../src/api/server.ts';
import { createLog, openServices } from '../../../src/wiring/services.ts';
import { createDatabase, dropDatabase } from '../../support/database.ts';
import { anyPort, configOf, startTestServer } from '../support/server.ts';
import type { TwoWorlds } from '../support/two-worlds.ts';
import { usualAsk } from './common.ts';
import { operations } from './document.ts';
import { createDriver, type Driver } from './driver.ts';

/** Where nobody may ask anything more within this minute. */
export async function askedTooMuch(driver: Driver, worlds: TwoWorlds): Promise<void> {
  const server = await startTestServer('', { limits: { perToken: 0, perAddress: 0, syncsPerHour: 1 } });
  try {
    for (const operation of operations)
      await driver.refused(operation.id, 429, 'rate_limited', { ...usualAsk(operation, worlds), server });
  } finally {
    await server.close();
  }
}

/** A process that cannot reach its database any more. */
export async function databaseAway(driver: Driver, worlds: TwoWorlds): Promise<void> {
  const databaseUrl = await createDatabase();
  const line = await startLine(databaseUrl);
  const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-away-'));
  const config = configOf(dataDir);
  const services = await openServices(config, line.url, 'http://tidemark.test', createLog(config));
  const api = await startApi(services, await reservePort('127.0.0.1', await anyPort()));
  const away = createDriver({ ...worlds.server, api }, driver.record);
  await away.done('getMe');
  await line.cut();
  try {
    for (const operation of operations) {
      // A link that is none in its form is not looked up.
      const token = {
        body: { ...object(usualAsk(operation, worlds).body), token: `tdm_link_${'A'.repeat(43)}` },
      };
      const opens = operation.access === 'open' ? token : {};
      await away.refused(operation.id, 503, 'database_down', { ...usualAsk(operation, worlds), ...opens });
    }
  } finally {
    await api.stop();
    await services.close().catch(() => {});
    await dropDatabase(databaseUrl);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const object = (body: unknown): object => (typeof body === 'object' && body !== null ? body : {});

/** Passes bytes on until it is cut. */
async function startLine(databaseUrl: string): Promise<{ url: string; cut(): Promise<void> }> {
  const url = new URL(databaseUrl);
  const target = { host: url.hostname, port: Number(url.port || 5432) };
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0);
  return {
    url: url.toString(),
    async cut() {
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

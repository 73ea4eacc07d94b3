import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TemplateWorld, templateServer } from './server.ts';

/** Serves New Provider on a free port of this machine and prints its address: to try the connector on by hand. */

const at = (instant: string): number => Date.parse(instant) / 1_000;

const world: Omit<TemplateWorld, 'nowSeconds'> = {
  account: 'Globex',
  token: 'token-of-the-sandbox-0123',
  scopes: ['items:read'],
  items: [
    { id: 'i1', createdSeconds: at('2026-03-06T08:10:00Z') },
    { id: 'i2', createdSeconds: at('2026-03-06T23:30:00Z') },
  ],
  lateSeconds: 0,
  pageSize: 2,
  retryAfterSeconds: null,
};

const server = createServer(templateServer(() => ({ ...world, nowSeconds: Date.now() / 1_000 })));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo; // it listens on a port
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});

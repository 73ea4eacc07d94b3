import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createGuardedSockets } from '../../src/egress/guarded-socket.ts';
import type { EgressRule } from '../../src/egress/index.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../egress/fixtures/${name}`, import.meta.url), 'utf8');
/** The certificate is for this name. */
export const MAIL_HOST = 'secure.test';
const cert = read('secure-test.crt');

export type Arrived = {
  raw: string;
  mail: ParsedMail;
  envelope: { from: string; to: string[] };
  encrypted: boolean;
  user: string | null;
};

/** A real SMTP server on loopback that keeps what it was sent. Options change how it answers. */
export async function startMailServer(options: SMTPServerOptions = {}) {
  const arrived: Arrived[] = [];
  const server = new SMTPServer({
    key: read('secure-test.key'),
    cert,
    authOptional: true,
    onAuth: ({ username }, _session, done) => done(null, { user: username ?? '' }),
    onData(stream, session, done) {
      const keep = async (): Promise<void> => {
        const bytes = Buffer.concat(await stream.toArray());
        const { mailFrom, rcptTo } = session.envelope;
        arrived.push({
          raw: bytes.toString('latin1'),
          mail: await simpleParser(bytes),
          envelope: {
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
          },
          encrypted: session.secure,
          user: session.user === undefined ? null : String(session.user),
        });
        done();
      };
      void keep();
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    arrived,
    port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const connection of server.connections) connection.close();
      }),
  };
}

/**
 * The guarded way to it. `asNetwork`: the operator has opened loopback as a network only, and this port to everybody, so
 * that the server counts as any other; otherwise the operator has opened exactly this host and port.
 */
export function wayTo(port: number, { asNetwork = true, trusted = true } = {}) {
  const allow: EgressRule[] = asNetwork
    ? [{ kind: 'network', network: '127.0.0.0', prefixLength: 8 }]
    : [{ kind: 'host', host: MAIL_HOST, port }];
  return createGuardedSockets({
    allow,
    ports: [port],
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    ...(trusted ? { ca: cert } : {}),
  }).connect;
}

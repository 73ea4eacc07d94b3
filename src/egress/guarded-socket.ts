import { lookup } from 'node:dns/promises';
import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import { literalAddress } from './address.ts';
import { canonicalHost, type EgressRule, opensHost } from './allow-list.ts';
import { createGuardedConnector, type Resolver } from './connector.ts';
import { blocked, EgressError, toEgressError } from './error.ts';
import { bindToHosts } from './host-binding.ts';
import { checkUrl } from './url.ts';

/** A server that does not speak HTTP. `host` as a person wrote it. */
export type SocketTarget = { host: string; port: number };
export type GuardedSocket = {
  /** Connected, in clear, and not yet written to. */
  socket: Socket;
  /** The operator has opened exactly this host and port. */
  opened: boolean;
  /** How the caller has to check the certificate when it turns to TLS. */
  tls: { servername: string; ca?: string[] };
};
/** `host` comes back as it will be looked up; `problem` may be shown to the person who typed it. */
export type CheckedTarget =
  | { ok: true; host: string; opened: boolean }
  | { ok: false; error: EgressError; problem: string };

export type GuardedConnect = (target: SocketTarget, signal: AbortSignal) => Promise<GuardedSocket>;
export type GuardedSockets = {
  /** Judges without connecting: for answering a form at once. The real connection is judged again. */
  check(target: SocketTarget): CheckedTarget;
  /**
   * Connects to an address that was vetted together with all others of its name.
   *
   * @throws EgressError when refused, failed or too slow; the reason of the signal when that aborts
   */
  connect: GuardedConnect;
  /** The same for these hosts only (`host:port`), so that a password cannot be sent anywhere else. */
  forHosts(hosts: readonly string[]): GuardedConnect;
};

export type GuardedSocketOptions = {
  allow: readonly EgressRule[];
  /** Open to everybody, besides what the operator opens. */
  ports: readonly number[];
  connectTimeoutMs?: number;
  /** From the call to the end of the conversation; then the socket is cut. */
  totalTimeoutMs?: number;
  resolve?: Resolver;
  /** PEM of a further authority to trust. Checking certificates cannot be turned off. */
  ca?: string;
};

const CONNECT_TIMEOUT_MS = 5_000;
const TOTAL_TIMEOUT_MS = 60_000;

/**
 * The way out for what is not HTTP, by the same rules as the guarded fetch: every address of a name must be public, the
 * vetted one is dialled, and the peer is read back before a byte is written.
 */
export function createGuardedSockets(options: GuardedSocketOptions): GuardedSockets {
  const { ca } = options;
  // Its plain half is all that is needed: TLS begins later in these protocols, or speaks another ALPN than HTTP.
  const dial = createGuardedConnector({
    rules: options.allow,
    resolve: options.resolve ?? resolveAll,
    connectTimeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    ca: null,
  });
  const connect: GuardedConnect = async (target, signal) => {
    const checked = checkTarget(options, target);
    if (!checked.ok) throw checked.error;
    const { host, opened } = checked;
    signal.throwIfAborted();
    const socket = await opening(dial, host, target.port, signal);
    limitLifetime(socket, host, options.totalTimeoutMs ?? TOTAL_TIMEOUT_MS, signal);
    const servername = literalAddress(host) === null ? host : '';
    const tls = ca === undefined ? { servername } : { servername, ca: [...rootCertificates, ca] };
    return { socket, opened, tls };
  };
  return {
    check: (target) => checkTarget(options, target),
    connect,
    forHosts(hosts) {
      const isBound = bindToHosts(hosts);
      return async (target, signal) => {
        const host = canonicalHost(target.host);
        if (host === null || !isBound(new URL(`https://${host}:${target.port}/`))) {
          throw blocked('host_not_bound', 'the password of this channel is not meant for this server');
        }
        return connect(target, signal);
      };
    },
  };
}

function checkTarget({ allow, ports }: GuardedSocketOptions, { host, port }: SocketTarget): CheckedTarget {
  const name = canonicalHost(host);
  if (name === null) return refused(blocked('bad_url', 'this is not a host name or address'));
  const bare = name.startsWith('[') ? name.slice(1, -1) : name;
  if (opensHost(allow, name, port)) return { ok: true, host: bare, opened: true };
  if (!ports.includes(port)) {
    const open = ports.join(' and ');
    return refused(blocked('port', `port ${port} is not open (only ${open}, and what the operator opens)`));
  }
  // Names and literal addresses are judged as those of a URL are; the port has been.
  const checked = checkUrl(allow, `https://${name}/`);
  return checked.ok
    ? { ok: true, host: bare, opened: false }
    : refused(blocked(checked.code, checked.message));
}

function refused(error: EgressError): CheckedTarget {
  return { ok: false, error, problem: error.message };
}

function opening(
  dial: ReturnType<typeof createGuardedConnector>,
  hostname: string,
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    dial({ hostname, protocol: 'http:', port: String(port) }, (error, socket) => {
      signal.removeEventListener('abort', onAbort);
      if (error !== null) reject(toEgressError(error, hostname));
      else if (signal.aborted) socket.destroy();
      else resolve(socket);
    });
  });
}

/** Cuts the conversation at its deadline and on abort: a server that drips one byte a minute holds nobody up. */
function limitLifetime(socket: Socket, host: string, totalTimeoutMs: number, signal: AbortSignal): void {
  const onAbort = (): void => {
    socket.destroy(signal.reason instanceof Error ? signal.reason : undefined);
  };
  const timer = setTimeout(() => {
    socket.destroy(new EgressError('timeout', 'total_timeout', `${host} did not finish in time`));
  }, totalTimeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  // Whoever takes over the socket listens too; without this an error in between would end the process.
  socket.on('error', () => {});
  socket.once('close', () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  });
}

const resolveAll: Resolver = async (hostname) => {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

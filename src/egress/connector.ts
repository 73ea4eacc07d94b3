import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, rootCertificates, type TLSSocket } from 'node:tls';
import { callbackify } from 'node:util';
import type { buildConnector } from 'undici';
import { isPublicAddress, literalAddress } from './address.ts';
import { type EgressRule, opensAddress, opensHost } from './allow-list.ts';
import { blocked, EgressError, toEgressError } from './error.ts';

export type ResolvedAddress = { address: string; family: 4 | 6 };
/** Every address of a name, in the order to try them. Rejects when the name does not exist. */
export type Resolver = (hostname: string) => Promise<ResolvedAddress[]>;

type Target = { hostname: string; port: number; tls: boolean };
type ConnectorOptions = {
  rules: readonly EgressRule[];
  resolve: Resolver;
  /** For name, TCP and TLS together. */
  connectTimeoutMs: number;
  /** PEM of a further authority to trust, besides those that come with Node. */
  ca: string | null;
};

/**
 * The only place that opens sockets. Order matters: all addresses are vetted before one is dialled, and the
 * peer's address is read back before a byte (TLS hello included) is written, so neither a second DNS answer
 * nor a spelling that skips `lookup` gets through.
 */
export function createGuardedConnector(options: ConnectorOptions): buildConnector.connector {
  const openWithCallback = callbackify((target: Target) => open(target, options));
  return (request, callback) => {
    const tls = request.protocol === 'https:';
    const port = Number(request.port === '' ? (tls ? 443 : 80) : request.port);
    openWithCallback({ hostname: request.hostname, port, tls }, (error, socket) => {
      if (error === null) callback(null, socket);
      else callback(toEgressError(error, request.hostname), null);
    });
  };
}

async function open(target: Target, options: ConnectorOptions): Promise<Socket> {
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort(
      new EgressError('timeout', 'connect_timeout', `no connection to ${target.hostname} in time`),
    );
  }, options.connectTimeoutMs);
  try {
    const addresses = await vettedAddresses(target, options, deadline.signal);
    const socket = await dial(target, addresses, deadline.signal);
    try {
      refuseUnlessPermitted(target, socket.remoteAddress ?? '', options.rules);
      return target.tls ? await secure(socket, target, options.ca, deadline.signal) : socket;
    } catch (error) {
      socket.destroy();
      throw error;
    }
  } finally {
    clearTimeout(timer);
  }
}

/** The addresses of a host that may be dialled, for a client that opens its own sockets. @throws EgressError */
export async function vet(target: Target, options: Omit<ConnectorOptions, 'ca'>): Promise<ResolvedAddress[]> {
  const literal = literalAddress(target.hostname);
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort(new EgressError('timeout', 'connect_timeout', `${target.hostname} was not found in time`));
  }, options.connectTimeoutMs);
  try {
    const found = await vettedAddresses(target, options, deadline.signal);
    return literal === null ? found : [{ address: literal, family: literal.includes(':') ? 6 : 4 }];
  } finally {
    clearTimeout(timer);
  }
}

async function vettedAddresses(
  target: Target,
  options: Omit<ConnectorOptions, 'ca'>,
  signal: AbortSignal,
): Promise<ResolvedAddress[]> {
  // A literal is never looked up, so it must be judged by the same rule here.
  if (literalAddress(target.hostname) !== null) {
    refuseUnlessPermitted(target, target.hostname, options.rules);
    return [];
  }
  const addresses = await Promise.race([options.resolve(target.hostname), rejectOnAbort(signal)]);
  if (addresses.length === 0) {
    throw new EgressError('transient', 'network', `${target.hostname} has no address`);
  }
  for (const { address } of addresses) refuseUnlessPermitted(target, address, options.rules);
  return addresses;
}

function refuseUnlessPermitted(target: Target, address: string, rules: readonly EgressRule[]): void {
  const urlHostname = target.hostname.includes(':') ? `[${target.hostname}]` : target.hostname;
  if (opensHost(rules, urlHostname, target.port)) return;
  if (isPublicAddress(address) || opensAddress(rules, address)) return;
  throw blocked('address', `${target.hostname} does not lead to the public internet`);
}

function dial(target: Target, addresses: ResolvedAddress[], signal: AbortSignal): Promise<Socket> {
  const lookup: LookupFunction = (_hostname, lookupOptions, callback) => {
    const [first] = addresses;
    if (lookupOptions.all === true) callback(null, addresses);
    else callback(null, first?.address ?? '', first?.family);
  };
  const socket = connectTcp({
    host: target.hostname,
    port: target.port,
    lookup,
    autoSelectFamily: true,
    noDelay: true,
    keepAlive: true,
  });
  return settled(socket, 'connect', signal);
}

function secure(socket: Socket, target: Target, ca: string | null, signal: AbortSignal): Promise<TLSSocket> {
  const secured = connectTls({
    socket,
    host: target.hostname,
    // A server name must be a name: for an address the certificate is matched against `host`.
    servername: literalAddress(target.hostname) === null ? target.hostname : '',
    ALPNProtocols: ['http/1.1'],
    ...(ca === null ? {} : { ca: [...rootCertificates, ca] }),
  });
  return settled(secured, 'secureConnect', signal);
}

/** Resolves with the socket at `event`; destroys it and rejects on an error or when the time is up. */
function settled<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      clear();
      // The socket may still report the error once more after it was given up.
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(signal.reason);
    const onClose = (): void => fail(new EgressError('transient', 'network', 'the connection was closed'));
    const done = (): void => {
      clear();
      resolve(socket);
    };
    const clear = (): void => {
      signal.removeEventListener('abort', onAbort);
      socket.off('error', fail);
      socket.off('close', onClose);
      socket.off(event, done);
    };
    socket.once('error', fail);
    socket.once('close', onClose);
    socket.once(event, done);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One port for everything, because a connection to the sandbox has one address whatever its client speaks. */
export type FrontDoor = { port: number; close(): Promise<void> };

const HTTP2_PREFACE = Buffer.from('PRI * HTTP/2.0', 'latin1');

/**
 * Listens, looks at the first bytes of a connection, and hands it on: HTTP/2, which only gRPC speaks here, to the
 * gRPC server's own port, everything else to the HTTP server.
 *
 * @param wanted the port to take when it is free; otherwise any
 */
export async function openFrontDoor(
  http: HttpServer,
  grpcPort: () => Promise<number>,
  wanted: number,
  host: string,
): Promise<FrontDoor> {
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    return socket;
  };
  const pass = (socket: Socket, first: Buffer, isGrpc: boolean) => {
    socket.unshift(first);
    if (!isGrpc) {
      http.emit('connection', socket);
      return void socket.resume();
    }
    grpcPort().then(
      (port) => join(socket, keep(connect(port, '127.0.0.1'))),
      () => socket.destroy(),
    );
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => sniff(keep(socket), pass));
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(wanted).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' || wanted === 0) throw error;
    return listen(0);
  });
  return {
    port: (server.address() as AddressInfo).port, // a listening TCP server has one
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        for (const socket of open) socket.destroy();
      }),
  };
}

/** Waits for as many bytes as it takes to tell HTTP/2 from HTTP/1, which is one packet in all but odd cases. */
function sniff(socket: Socket, pass: (socket: Socket, first: Buffer, isGrpc: boolean) => void): void {
  let first = Buffer.alloc(0);
  const giveUp = () => socket.destroy();
  const look = (bytes: Buffer) => {
    first = Buffer.concat([first, bytes]);
    const seen = Math.min(first.length, HTTP2_PREFACE.length);
    const alike = first.subarray(0, seen).equals(HTTP2_PREFACE.subarray(0, seen));
    if (alike && seen < HTTP2_PREFACE.length) return;
    socket.pause();
    socket.off('data', look).off('end', giveUp);
    pass(socket, first, alike);
  };
  socket.on('data', look).on('error', giveUp).on('end', giveUp);
}

function join(client: Socket, server: Socket): void {
  const hangUp = () => {
    client.destroy();
    server.destroy();
  };
  client.on('error', hangUp).on('close', hangUp);
  server.on('error', hangUp).on('close', hangUp);
  client.pipe(server).pipe(client);
}

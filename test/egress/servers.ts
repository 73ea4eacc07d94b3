import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';

/** A listener on loopback that counts who came and what they wrote. */
export type Listener = {
  port: number;
  connections: () => number;
  bytesReceived: () => number;
  close: () => Promise<void>;
};

/** Accepts and never answers: what a guarded request must not reach. */
export async function silentListener(): Promise<Listener> {
  return listen(createTcpServer());
}

export async function httpListener(handler: RequestListener): Promise<Listener> {
  return listen(createHttpServer(handler));
}

export async function listen(server: Server, port = 0): Promise<Listener> {
  const sockets = new Set<Socket>();
  let connections = 0;
  let bytes = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    socket.on('error', () => {});
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    bytesReceived: () => bytes,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

import Fastify from 'fastify';
import { addOperationsEndpoints, type OperationsOptions } from './operations-endpoints.ts';
import { problemOf } from './problem.ts';

/** The operations endpoints alone, on a port of their own: of a worker, or away from what the public reaches. */
export async function startOperations(
  at: { host: string; port: number },
  options: OperationsOptions,
): Promise<{ port: number; stop(): Promise<void> }> {
  const app = Fastify({ logger: false, forceCloseConnections: true, requestTimeout: 30_000 });
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request.url.split('?')[0] ?? '', request.id);
    return reply.code(problem.status).type('application/problem+json').send(problem);
  });
  addOperationsEndpoints(app, options);
  try {
    await app.listen(at);
  } catch (error) {
    await app.close();
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'EADDRINUSE'
        ? `The port ${at.port} on ${at.host} is taken. Give each process its own TIDEMARK_METRICS_PORT.`
        : `Cannot listen on ${at.host}:${at.port}: ${code}. Correct TIDEMARK_METRICS_PORT or HOST.`,
      { cause: error },
    );
  }
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : at.port;
  return { port, stop: () => app.close() };
}

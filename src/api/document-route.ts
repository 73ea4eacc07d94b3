import type { FastifyInstance } from 'fastify';
import { openApiDocument } from './openapi.ts';

/** What this server can do, for programs. Made when it is first asked for: it takes a moment. */
export function documentRoute(app: FastifyInstance): void {
  let text: string | null = null;
  app.get('/api/openapi.json', async (_request, reply) => {
    text ??= JSON.stringify(openApiDocument());
    return reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'public, max-age=300')
      .send(text);
  });
}

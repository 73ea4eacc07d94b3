import type { FastifyInstance } from 'fastify';
import { notFound } from '../app/errors.ts';
import { problemPage, problemWords } from './problem-codes.ts';

const pages = new Map(
  Object.entries(problemWords).map(([code, words]) => [problemPage(code), { code, ...words }]),
);

/** Where `type` of a problem leads to: plain text that anybody may read. */
export function problemPages(app: FastifyInstance): void {
  app.get('/problems/:name', async (request, reply) => {
    const page = pages.get(request.url.split('?')[0] ?? '');
    if (page === undefined) throw notFound('problem', 'of that name', 'See src/api/problems.md.');
    return reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(`${page.code}\n\nWhen: ${page.when}\nWhat to do: ${page.fix}\n`);
  });
}

import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ZodError, z } from 'zod';
import { AppError } from '../app/errors.ts';
import { noPublicLink, openPublicLink, readSharedKeyResult } from '../app/open-public-link.ts';
import { type Lang, langs } from '../i18n/index.ts';
import { type KeyResultDetail, keyResultSchema } from './contract.ts';
import type { CheckInView } from './contracts/ingest.ts';
import { problemOf } from './problem.ts';
import { titleOf } from './rows.ts';
import { createKeptPictures, createSharedWork } from './shared-work.ts';
import type { Tenants } from './tenants.ts';
import { keyResultDetail } from './views.ts';

/** Draws what a public link shows. The server hands it in. */
export type PublicPictures = {
  badgeSvg(keyResult: KeyResultDetail, lang: Lang): string;
  /** The shape of a shields.io endpoint. */
  badgeJson(keyResult: KeyResultDetail, lang: Lang): unknown;
  /** Null where there is no line to draw. */
  chartSvg(keyResult: KeyResultDetail, lang: Lang, theme: 'light' | 'dark'): string | null;
  png(svg: string): Promise<Buffer>;
  /** The same chart for whoever is signed in: with check-ins, reasons and initiatives. */
  insideChart(keyResult: KeyResultDetail, checkIns: readonly CheckInView[], look: ChartLook): string | null;
};
export type ChartLook = { lang: Lang; theme: 'light' | 'dark'; widthPx: number };

const PICTURES_KEPT = 100;
/** Opened by itself, an SVG is a document: it runs nothing, loads nothing, and belongs to no site. */
const INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

const lang = z.enum(langs).default('en');
const badgeQuery = z.strictObject({ lang });
const chartQuery = z.strictObject({ lang, theme: z.enum(['light', 'dark']).default('light') });

/**
 * The badge and the chart of one Key Result, for pages of somebody else. Nobody is signed in here and no cookie is looked
 * at: who has the address sees it, until it is revoked.
 */
export function publicLinks(tenants: Tenants, pictures: PublicPictures) {
  const png = createKeptPictures(pictures.png, PICTURES_KEPT);
  const shared = createSharedWork<Shown>();
  /** Who asks for the same at the same moment is answered with one reading and one drawing. */
  const drawn = async (token: string, variant: string, draw: Draw): Promise<Shown> => {
    const workspace = await tenants.ofPublicLink(token);
    if (workspace === null) throw noPublicLink();
    const deps = tenants.of(workspace.id);
    const id = await openPublicLink(deps, workspace, token);
    return shared(`${id} ${variant}`, async () => {
      const detail = await readSharedKeyResult(deps, workspace, id);
      const content = await draw(keyResultSchema.parse(keyResultDetail(detail, titleOf(deps), null)));
      return { content, etag: `"${createHash('sha256').update(content).digest('base64url')}"` };
    });
  };
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(refuse);
    app.get('/badge/:file', async (request, reply) => {
      const { ending, token } = fileOf(request, ['svg', 'json']);
      const query = badgeQuery.parse(request.query);
      const draw: Draw = async (keyResult) =>
        ending === 'svg'
          ? pictures.badgeSvg(keyResult, query.lang)
          : JSON.stringify(pictures.badgeJson(keyResult, query.lang));
      return show(request, reply, ending, await drawn(token, `badge ${ending} ${query.lang}`, draw));
    });
    app.get('/chart/:file', async (request, reply) => {
      const { ending, token } = fileOf(request, ['svg', 'png']);
      const query = chartQuery.parse(request.query);
      const draw: Draw = async (keyResult) => {
        const svg = pictures.chartSvg(keyResult, query.lang, query.theme);
        if (svg === null) throw noChart();
        return ending === 'png' ? png(svg) : svg;
      };
      const variant = `chart ${ending} ${query.lang} ${query.theme}`;
      return show(request, reply, ending, await drawn(token, variant, draw));
    });
  };
}

type Draw = (keyResult: KeyResultDetail) => Promise<string | Buffer>;
type Shown = { content: string | Buffer; etag: string };

type Ending = keyof typeof TYPES;
const TYPES = {
  svg: 'image/svg+xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
};

/** @throws AppError for an ending that there is not, as for a token that there is not */
function fileOf<Known extends Ending>(request: FastifyRequest, endings: readonly Known[]) {
  const { file } = request.params as { file: string }; // the path has one
  const [, token, named] = /^([\w-]+)\.([a-z]+)$/.exec(file) ?? [];
  const ending = endings.find((each) => each === named);
  if (token === undefined || ending === undefined) throw noPublicLink();
  return { token, ending };
}

function show(request: FastifyRequest, reply: FastifyReply, ending: Ending, { content, etag }: Shown) {
  void reply
    .header('etag', etag)
    .header('cache-control', 'public, max-age=300')
    .header('content-security-policy', INERT)
    // It is there to be shown elsewhere; the rest of this server is not.
    .header('cross-origin-resource-policy', 'cross-origin');
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.type(TYPES[ending]).send(content);
}

/** `If-None-Match` compares weakly (RFC 9110, 13.1.2): what a proxy has compressed is still the same picture. */
function isKnown(given: string | undefined, etag: string): boolean {
  const tags = (given ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

export function noChart(): AppError {
  const detail = 'This Key Result counts steps that are done or not, so there is no line to draw.';
  return new AppError('not_found', 'no_chart', detail, 'Show its badge.');
}

/** What is refused does not repeat the token, and is never kept by a cache. */
function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  if (!(error instanceof AppError || error instanceof ZodError)) throw error;
  const place = request.routeOptions.url?.replace('/:file', '') ?? '';
  const problem = problemOf(error, place, request.id);
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(problem);
}

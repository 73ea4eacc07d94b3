import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  type Completeness,
  type ConnectorContext,
  ConnectorError,
  createHttp,
  googleRefusal,
  googleToken,
  parseAnswer,
  serviceAccountOf,
  walkPages,
} from '../sdk/index.ts';
import { baseUrl, type PlayConfig } from './config.ts';
import { badFile, PROVIDER, replacedError, storageError } from './errors.ts';

export type PlayContext = ConnectorContext<PlayConfig>;
export type StoredFile = z.output<typeof fileSchema>;

const SCOPE = 'https://www.googleapis.com/auth/devstorage.read_only';
export const limits = { requestsPerSecond: 10, concurrent: 2 };
/** Google's own limit; a page may hold fewer and still name a next one. */
const PAGE_SIZE = 1_000;
const FIELDS = 'kind,nextPageToken,items(name,generation,size,md5Hash,contentEncoding)';

const fileSchema = z.object({
  name: z.string().min(1),
  generation: z.string().regex(/^\d+$/),
  size: z.string().regex(/^\d+$/),
  md5Hash: z.string().optional(),
  contentEncoding: z.string().optional(),
});
const pageSchema = z.object({
  kind: z.literal('storage#objects'),
  nextPageToken: z.string().min(1).optional(),
  // A list without members is left out.
  items: z.array(fileSchema).optional(),
});
type Page = z.output<typeof pageSchema> & { token: string };

/** The names in a bucket and what is in a file, over plain requests. */
export function createStorageClient(context: PlayContext) {
  const { config, endpoint } = context;
  const objects = `${baseUrl(endpoint)}/storage/v1/b/${encodeURIComponent(config.bucket)}/o`;

  async function send(
    address: string,
    options: Pick<Parameters<typeof createHttp>[1], 'bodyProblem'> = {},
  ): Promise<Response> {
    const token = await googleToken(context, SCOPE);
    const secrets = [token, config.serviceAccountKey];
    const http = createHttp(context, { provider: PROVIDER, limits, secrets, ...options });
    const answer = await http(address, { headers: { authorization: `Bearer ${token}` } });
    if (answer.ok) return answer;
    const { clientEmail: email } = serviceAccountOf(config.serviceAccountKey);
    const { bucket } = config;
    throw storageError(answer.status, answer.headers, googleRefusal(await answer.json()), { bucket, email });
  }

  async function pageAfter(prefix: string, pageToken: string | null): Promise<Page> {
    const query = new URLSearchParams({ prefix, maxResults: String(PAGE_SIZE), fields: FIELDS });
    if (pageToken !== null) query.set('pageToken', pageToken);
    const answer: unknown = await (await send(`${objects}?${query.toString()}`)).json();
    const page = parseAnswer(PROVIDER, 'the list of reports', pageSchema, answer);
    return { ...page, token: pageToken ?? '' };
  }

  return {
    /** Every file whose name begins so, in the order of their names. */
    async list(prefix: string): Promise<{ files: StoredFile[]; completeness: Completeness }> {
      let next: string | null = null;
      const files = new Map<string, StoredFile>();
      const { completeness } = await walkPages<Page>({
        provider: PROVIDER,
        what: 'pages of reports',
        signal: context.signal,
        keyOf: ({ token }) => token,
        async page() {
          const page = await pageAfter(prefix, next);
          for (const file of page.items ?? []) files.set(file.name, file);
          next = page.nextPageToken ?? null;
          return { items: [page], hasMore: next !== null };
        },
      });
      return { files: [...files.values()], completeness: { ...completeness, items: files.size } };
    },

    /**
     * What is in the file that was listed, and not in one that has taken its place since.
     *
     * @throws ConnectorError `bad_payload` unless it is the whole file
     */
    async read(file: StoredFile): Promise<Uint8Array> {
      const address = `${objects}/${encodeURIComponent(file.name)}?alt=media&generation=${file.generation}`;
      try {
        const answer = await send(address, { bodyProblem: (_headers, body) => fileProblem(file, body) });
        return new Uint8Array(await answer.arrayBuffer());
      } catch (error) {
        const isGone = error instanceof ConnectorError && ['http_404', 'no_bucket'].includes(error.code);
        throw isGone ? replacedError(file.name) : error;
      }
    },
  };
}

/** Why these are not the bytes of the file. What is stored packed comes unpacked, and its sum is of the packed one. */
function fileProblem(file: StoredFile, body: Uint8Array): ConnectorError | null {
  if (body.byteLength === 0) return badFile('empty_body', `sent nothing of ${file.name}`);
  if ((file.contentEncoding ?? '') !== '') return null;
  const md5 = createHash('md5').update(body).digest('base64');
  const isWhole = String(body.byteLength) === file.size && (file.md5Hash ?? md5) === md5;
  return isWhole ? null : badFile('not_whole', `sent other bytes of ${file.name} than it holds`);
}

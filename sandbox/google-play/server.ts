import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, bodyOf, send } from '../google/answer.ts';
import { bearerOf, grantToken } from '../google/token.ts';
import { type BucketFile, filesOf } from './files.ts';
import type { GooglePlayWorld } from './world.ts';

export type { GooglePlayWorld } from './world.ts';

const SCOPES = [
  'devstorage.read_only',
  'devstorage.read_write',
  'devstorage.full_control',
  'cloud-platform.read-only',
  'cloud-platform',
].map((name) => `https://www.googleapis.com/auth/${name}`);
const MINUTE_SECONDS = 60;
const MOST_NAMES = 1_000;

/** A file, or that there is none: both are told without JSON. */
type Media = { file: BucketFile | null; name: string };

/** The token endpoint and the reading half of the Cloud Storage JSON API over one bucket, as it is now. */
export function googlePlayServer(
  look: () => GooglePlayWorld,
): (request: IncomingMessage, response: ServerResponse) => void {
  const asked: number[] = [];
  return (request, response) => {
    void respond(look(), asked, request).then(
      (answer) => ('file' in answer ? sendFile(response, answer) : send(response, answer)),
      () => send(response, refused(500, 'backendError', 'Backend Error')),
    );
  };
}

async function respond(
  world: GooglePlayWorld,
  asked: number[],
  request: IncomingMessage,
): Promise<Answer | Media> {
  const url = new URL(request.url ?? '/', 'http://sandbox.invalid');
  if (url.pathname === '/token') {
    if (request.method !== 'POST') return refused(404, 'notFound', 'Not Found');
    return grantToken(await bodyOf(request), world.account, world.nowSeconds);
  }
  const [, bucket = '', name] = /^\/storage\/v1\/b\/([^/]+)\/o(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
  if (bucket === '' || request.method !== 'GET') return refused(404, 'notFound', 'Not Found');
  const right = name === undefined ? 'storage.objects.list' : 'storage.objects.get';
  const refusal = refusalOf(world, request, decodeURIComponent(bucket), right) ?? limitOf(world, asked);
  if (refusal !== null) return refusal;
  return name === undefined
    ? pageOf(world, url.searchParams)
    : fileAnswer(world, decodeURIComponent(name), url.searchParams);
}

/** Errors of this API, in its own shape. */
function refused(code: number, reason: string, message: string): Answer {
  return {
    status: code,
    body: { error: { code, message, errors: [{ message, domain: 'global', reason }] } },
  };
}

function refusalOf(
  world: GooglePlayWorld,
  { headers }: IncomingMessage,
  bucket: string,
  right: string,
): Answer | null {
  const { account } = world;
  const lacks = (who: string) =>
    `${who} does not have ${right} access to the Google Cloud Storage bucket. Permission '${right}' denied on resource (or it may not exist).`;
  switch (bearerOf(headers.authorization, account, SCOPES, world.nowSeconds)) {
    case 'missing':
      return refused(401, 'required', lacks('Anonymous caller'));
    case 'bad':
      return refused(401, 'authError', 'Invalid Credentials');
    case 'narrow':
      return refused(403, 'insufficientPermissions', 'Insufficient Permission');
    default:
      if (bucket !== world.bucket) return refused(404, 'notFound', 'The specified bucket does not exist.');
      return world.mayRead ? null : refused(403, 'forbidden', lacks(account.clientEmail));
  }
}

function limitOf({ nowSeconds, requestsPerMinute }: GooglePlayWorld, asked: number[]): Answer | null {
  const kept = asked.filter((at) => at > nowSeconds - MINUTE_SECONDS && at <= nowSeconds);
  asked.splice(0, asked.length, ...kept);
  if (kept.length >= requestsPerMinute) {
    return refused(429, 'rateLimitExceeded', 'The project exceeded the rate limit for reading objects.');
  }
  asked.push(nowSeconds);
  return null;
}

/** A page of names. Its token is the name after which the next one begins. */
function pageOf(world: GooglePlayWorld, query: URLSearchParams): Answer {
  const prefix = query.get('prefix') ?? '';
  const after = Buffer.from(query.get('pageToken') ?? '', 'base64url').toString('utf8');
  const size = Math.min(world.pageSize, MOST_NAMES, Number(query.get('maxResults') ?? MOST_NAMES));
  const rest = filesOf(world).filter(({ name }) => name.startsWith(prefix) && name > after);
  const items = rest.slice(0, size).map(({ content, generation, md5, name }) => ({
    kind: 'storage#object',
    name,
    bucket: world.bucket,
    generation,
    contentType: 'text/csv; charset=utf-16le',
    size: String(content.length),
    md5Hash: md5,
  }));
  const last = items.at(-1);
  const more = rest.length > size && last !== undefined;
  return {
    status: 200,
    body: {
      kind: 'storage#objects',
      ...(more ? { nextPageToken: Buffer.from(last.name).toString('base64url') } : {}),
      // A list without members is left out.
      ...(items.length === 0 ? {} : { items }),
    },
  };
}

function fileAnswer(world: GooglePlayWorld, name: string, query: URLSearchParams): Answer | Media {
  const file = filesOf(world).find((each) => each.name === name);
  const generation = query.get('generation');
  const isThere = file !== undefined && (generation === null || generation === file.generation);
  if (query.get('alt') === 'media') {
    return { file: isThere ? file : null, name: `${world.bucket}/${name}` };
  }
  return isThere
    ? { status: 200, body: { kind: 'storage#object', name, generation: file.generation } }
    : refused(404, 'notFound', `No such object: ${world.bucket}/${name}`);
}

function sendFile(response: ServerResponse, { file, name }: Media): void {
  if (file === null) {
    response.writeHead(404, { 'content-type': 'text/html; charset=UTF-8' }).end(`No such object: ${name}`);
    return;
  }
  const { content, generation } = file;
  response
    .writeHead(200, {
      'content-type': 'text/csv; charset=utf-16le',
      'x-goog-generation': generation,
      'x-goog-stored-content-encoding': 'identity',
    })
    .end(content);
}

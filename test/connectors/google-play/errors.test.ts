import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { googlePlay } from '../../../connectors/google-play/index.ts';
import { testContext } from '../support/context.ts';
import { EMAIL } from '../support/google-account.ts';
import {
  APP,
  accepted,
  BUCKET,
  CONFIG,
  KEY,
  NOW,
  rated,
  readOn,
  startPlay,
  valuesOf,
  window,
  worldOf,
} from './support/read.ts';

const days = window('2026-03-01', '2026-03-03');
const ratings = [rated('2026-03-01', '4.5'), rated('2026-03-02', '4.51')];
const world = () => worldOf(ratings);

describe('the settings', () => {
  it('take the bucket out of what the Play Console copies', () => {
    expect(CONFIG.bucket).toBe(BUCKET);
  });

  it.each([
    { bucket: 'My Bucket', packageName: APP, at: 'bucket' },
    { bucket: BUCKET, packageName: 'shop', at: 'packageName' },
    { bucket: BUCKET, packageName: '../x.y', at: 'packageName' },
  ])('refuse $at', ({ at, bucket, packageName }) => {
    const parsed = googlePlay.configSchema.safeParse({ bucket, packageName, serviceAccountKey: KEY });
    expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual([at]);
  });

  it('take a country or a version, and not both', () => {
    const schema = googlePlay.metrics['store_rating']?.paramsSchema;
    expect(schema?.parse({ country: ' de ' })).toEqual({ country: 'DE' });
    expect(schema?.safeParse({ country: 'DE', appVersion: 'newest' }).success).toBe(false);
    expect(schema?.safeParse({ appVersion: '1.2.3' }).success).toBe(false);
  });

  it('send the key to Google and nowhere else', () => {
    expect(googlePlay.allowedHosts(null)).toEqual(['storage.googleapis.com', 'oauth2.googleapis.com']);
  });
});

async function checked(given = world(), prefix = '') {
  const server = await startPlay(given, prefix);
  try {
    const { context } = testContext(CONFIG, server.endpoint, NOW);
    return { result: await googlePlay.check(context), asked: server.asked };
  } finally {
    await server.close();
  }
}

describe('the check', () => {
  it('names the app and the months of its reports, and asks below the path of its address', async () => {
    const { asked, result } = await checked(world(), '/play');
    expect(result).toEqual({
      account: `Google Play ${APP} (reports of 2026-03 to 2026-03, ${BUCKET})`,
      livemode: null,
      warnings: [],
    });
    expect(asked.map(({ pathname }) => pathname)).toEqual(['/play/token', `/play/storage/v1/b/${BUCKET}/o`]);
  });

  it('warns of an app without reports, and names those that have some', async () => {
    const other = worldOf([], { apps: [{ packageName: 'com.globex.shopp', ratings }] });
    expect((await checked(other)).result.warnings).toEqual([
      `The bucket has no ratings of ${APP}. It has those of com.globex.shopp.`,
    ]);
  });

  it.each([
    {
      why: 'the account was not invited',
      given: { mayRead: false },
      code: 'forbidden',
      says: `Invite ${EMAIL}`,
    },
    { why: 'there is no such bucket', given: { bucket: 'another_one' }, code: 'no_bucket', says: BUCKET },
  ])('says what to do when $why', async ({ code, given, says }) => {
    await expect(checked(worldOf(ratings, given))).rejects.toMatchObject({
      errorClass: 'config',
      code,
      remedy: { by: 'owner' },
      message: expect.stringContaining(says) as string,
    });
  });

  it('waits when it is too much', async () => {
    await expect(checked(worldOf(ratings, { requestsPerMinute: 0 }))).rejects.toMatchObject({
      errorClass: 'rate_limited',
      remedy: { by: 'time', afterMs: 60_000 },
    });
  });
});

describe('what is accepted', () => {
  const versions = [
    ...ratings,
    rated('2026-03-01', '4', 'app_version', '40'),
    rated('2026-03-01', '4', 'country', 'DE'),
  ];

  it('takes what the newest report has', async () => {
    for (const params of [{}, { country: 'DE' }, { appVersion: '40' }, { appVersion: 'newest' }]) {
      expect(await accepted(worldOf(versions), params)).toEqual({
        problems: [],
        warnings: [],
        timeZone: null,
        currency: null,
      });
    }
  });

  it('refuses a country or a version to come, and lets an old one be', async () => {
    expect((await accepted(worldOf(versions), { country: 'FR' })).problems).toEqual([
      'country: the report of 2026-03 has nothing of FR. It has DE.',
    ]);
    expect((await accepted(worldOf(versions), { appVersion: '41' })).problems).toHaveLength(1);
    const old = await accepted(worldOf(versions), { appVersion: '39' });
    expect([old.problems, old.warnings.length]).toEqual([[], 1]);
  });

  it('refuses an app of which there is nothing', async () => {
    const apps = [{ packageName: 'com.other.app', ratings }];
    expect((await accepted(worldOf([], { apps }))).problems[0]).toContain('It has those of com.other.app');
  });
});

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const HEADER = 'Date,Package Name,Daily Average Rating,Total Average Rating\n';

/** Reads with another file in the place of the report, listed with its own sum unless told otherwise. */
async function withFile(content: Buffer, { listed = content, status = 200 } = {}) {
  const server = await startPlay(world());
  const { createHash } = await import('node:crypto');
  const name = `stats/ratings/ratings_${APP}_202603_overview.csv`;
  const md5Hash = createHash('md5').update(listed).digest('base64');
  const items = [{ name, generation: '7', size: String(listed.length), md5Hash }];
  server.instead = (url, response: ServerResponse) => {
    if (url.pathname.endsWith('/o')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ kind: 'storage#objects', items }));
      return true;
    }
    if (!url.pathname.endsWith('.csv')) return false;
    response.writeHead(status, { 'content-type': 'text/csv' }).end(content);
    return true;
  };
  try {
    return (await readOn(server, days)).reading.points.map(({ value }) => value);
  } finally {
    await server.close();
  }
}

describe('a file', () => {
  it('may have its columns in another order, more of them, and quotes', async () => {
    const text = `Package Name,"Total Average Rating",New,Date\r\n${APP},"4.4",x,2026-03-01\r\n`;
    expect(await withFile(utf16(text))).toEqual(['4.4', null]);
  });

  it.each([
    { what: 'in UTF-8', content: Buffer.from(`${HEADER}2026-03-01,${APP},4,4.4\n`), code: 'not_utf16' },
    { what: 'a web page', content: Buffer.from('<html>Sign in</html>'), code: 'not_utf16' },
    { what: 'of nothing', content: Buffer.alloc(0), code: 'empty_body' },
    { what: 'cut in a line', content: utf16(`${HEADER}2026-03-01,${APP},4`), code: 'not_csv' },
    { what: 'cut in a letter', content: utf16(HEADER).subarray(0, -1), code: 'not_csv' },
  ])('$what is not believed', async ({ code, content }) => {
    await expect(withFile(content)).rejects.toMatchObject({ errorClass: 'bad_payload', code });
  });

  it('with fewer bytes than were listed is not believed, whole as its lines are', async () => {
    const listed = utf16(`${HEADER}2026-03-01,${APP},4,4.4\n2026-03-02,${APP},4,4.4\n`);
    const content = utf16(`${HEADER}2026-03-01,${APP},4,4.4\n`);
    await expect(withFile(content, { listed })).rejects.toMatchObject({ code: 'not_whole' });
  });

  it.each([
    { line: `2026-03-01,${APP},4,5.4`, code: '/Total Average Rating' },
    { line: `2026-03-01,${APP},4,good`, code: '/Total Average Rating' },
    { line: `2026-04-01,${APP},4,4.4`, code: '/Date' },
    { line: '2026-03-01,com.other.app,4,4.4', code: '/Package Name' },
    { line: `2026-03-01,${APP},4,4.4\n2026-03-01,${APP},4,4.5`, code: '/Date' },
  ])('with the line "$line" is of another shape', async ({ code, line }) => {
    await expect(withFile(utf16(`${HEADER}${line}\n`))).rejects.toMatchObject({
      errorClass: 'schema_drift',
      code,
    });
  });

  it('without a column that is needed is of another shape', async () => {
    await expect(withFile(utf16(`Date,Package Name\n2026-03-01,${APP}\n`))).rejects.toMatchObject({
      errorClass: 'schema_drift',
      code: '/Total Average Rating',
    });
  });

  it('that was written anew since it was listed is read again later', async () => {
    await expect(withFile(utf16(HEADER), { status: 404 })).rejects.toMatchObject({
      errorClass: 'transient',
      code: 'replaced',
      remedy: { by: 'time' },
    });
    // As the sandbox has it: between the list and the file another day is written.
    const growing = worldOf(ratings);
    const server = await startPlay(growing);
    server.instead = (url) => {
      if (url.pathname.endsWith('.csv')) growing.apps = [{ packageName: APP, ratings: ratings.slice(0, 1) }];
      return false;
    };
    await expect(readOn(server, days)).rejects.toMatchObject({ code: 'replaced' });
    await server.close();
  });
});

it.each([
  { body: {}, errorClass: 'schema_drift', code: '/kind' },
  {
    body: { kind: 'storage#objects', items: [{ name: 'x' }] },
    errorClass: 'schema_drift',
    code: '/items/0/generation',
  },
  {
    body: { kind: 'storage#objects', nextPageToken: 'again' },
    errorClass: 'bad_payload',
    code: 'repeated_page',
  },
])('does not believe the list $body', async ({ body, code, errorClass }) => {
  const server = await startPlay(world());
  server.instead = (url, response) => {
    if (!url.pathname.endsWith('/o')) return false;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return true;
  };
  await expect(readOn(server, days)).rejects.toMatchObject({ errorClass, code });
  await server.close();
});

it('has no value of an app that was not rated in the month', async () => {
  expect(await valuesOf(worldOf([]), days)).toEqual({ '2026-03-01': null, '2026-03-02': null });
});

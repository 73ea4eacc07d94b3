import { afterEach, expect, it } from 'vitest';
import { signedAssertion } from '../../connectors/sdk/index.ts';
import { serviceAccountOf } from '../../connectors/sdk/service-account.ts';
import {
  APP,
  BUCKET,
  worldOf as bucketOf,
  KEY as PLAY_KEY,
  NOW as PLAY_NOW,
  rated,
  startPlay,
} from '../connectors/google-play/support/read.ts';
import { book, ID, KEY, NOW, startSheets, wall, worldOf } from '../connectors/google-sheets/support/read.ts';
import type { GoogleServer } from '../connectors/support/google-account.ts';

// What the sandbox's Google refuses, and how it shows what it has: no easier than Google itself.

const AUDIENCE = 'https://oauth2.googleapis.com/token';
const SHEETS = 'https://www.googleapis.com/auth/spreadsheets.readonly';
const STORAGE = 'https://www.googleapis.com/auth/devstorage.read_only';

let server: GoogleServer;
afterEach(() => server.close());

async function tokenFor(key: string, asked: { scope?: string; audience?: string; atMs?: number } = {}) {
  const { atMs = NOW.getTime(), audience = AUDIENCE, scope = SHEETS } = asked;
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: signedAssertion(serviceAccountOf(key), { audience, scope }, atMs),
  });
  const answer = await fetch(new URL('/token', server.endpoint), { method: 'POST', body });
  return (await answer.json()) as { access_token?: string; error_description?: string };
}

async function get(path: string, token: string | undefined) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(new URL(path, server.endpoint), { headers });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

it('takes what the account signed for it, now, and nothing else', async () => {
  server = await startSheets(worldOf());
  expect((await tokenFor(KEY)).access_token).toMatch(/^ya29\./);
  expect((await tokenFor(PLAY_KEY)).error_description).toBe('Invalid JWT Signature.');
  expect((await tokenFor(KEY, { audience: 'https://example.com' })).error_description).toContain('audience');
  const longAgo = NOW.getTime() - 2 * 3_600_000;
  expect((await tokenFor(KEY, { atMs: longAgo })).error_description).toContain('reasonable timeframe');
});

it('lets nobody read without a token, with one of another scope, or with one that is over', async () => {
  const world = worldOf({ spreadsheets: [book([['a']])] });
  server = await startSheets(world);
  const path = `/v4/spreadsheets/${ID}`;
  const { access_token: narrow } = await tokenFor(KEY, { scope: STORAGE });
  const { access_token: good } = await tokenFor(KEY);
  expect((await get(path, undefined)).status).toBe(403);
  expect((await get(path, narrow)).body).toMatchObject({
    error: { code: 403, details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] },
  });
  expect((await get(path, `${good}x`)).status).toBe(401);
  expect((await get(path, good)).status).toBe(200);
  world.nowSeconds += 3_600;
  expect((await get(path, good)).status).toBe(401);
});

it('shows numbers and times as text unless it is asked for them', async () => {
  const rows = [[1_234.5, wall('2026-03-01T12:00'), true, null], [null], ['x', null, 'y']];
  server = await startSheets(worldOf({ spreadsheets: [book(rows)] }));
  const { access_token: token } = await tokenFor(KEY);
  const path = `/v4/spreadsheets/${ID}/values/${encodeURIComponent('Log!A1:D4')}`;
  expect((await get(path, token)).body).toEqual({
    range: 'Log!A1:D4',
    majorDimension: 'ROWS',
    values: [['1,234.5', '3/1/2026 12:00:00', 'TRUE'], [], ['x', '', 'y']],
  });
  const unformatted = await get(`${path}?valueRenderOption=UNFORMATTED_VALUE`, token);
  // 1 March 2026 is day 46082: 46,022 is 31 December 2025, and 60 days follow.
  expect(unformatted.body['values']).toEqual([[1_234.5, 46_082.5, true], [], ['x', '', 'y']]);
  expect((await get(`/v4/spreadsheets/${ID}/values/Nowhere`, token)).body).toMatchObject({
    error: { status: 'INVALID_ARGUMENT', message: 'Unable to parse range: Nowhere' },
  });
});

it('pages the names of a bucket, and leaves an empty list out', async () => {
  const ratings = ['2026-01-01', '2026-02-01', '2026-03-01'].map((day) => rated(day, '4.5'));
  server = await startPlay(bucketOf(ratings, { pageSize: 2 }));
  const { access_token: token } = await tokenFor(PLAY_KEY, { scope: STORAGE, atMs: PLAY_NOW.getTime() });
  const list = (query: string) => get(`/storage/v1/b/${BUCKET}/o?${query}`, token);
  const first = await list('prefix=stats/ratings/');
  expect(first.body['items']).toHaveLength(2);
  const second = await list(`prefix=stats/ratings/&pageToken=${String(first.body['nextPageToken'])}`);
  expect(second.body).toMatchObject({
    items: [{ name: `stats/ratings/ratings_${APP}_202603_overview.csv` }],
  });
  expect(second.body).not.toHaveProperty('nextPageToken');
  expect((await list('prefix=reviews/')).body).toEqual({ kind: 'storage#objects' });
});

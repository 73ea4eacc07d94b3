import { afterEach, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { board, explanation, row } from './support/board-fixture.ts';
import { type FakeApi, fakeApi } from './support/fake-api.ts';
import { fakeIo } from './support/fake-io.ts';

let api: FakeApi;
afterEach(async () => api?.close());

const at = '2026-08-10T21:59:59.999Z';
const asOf = { at, day: '2026-08-10', partly: ['growth.wau'] };

it('shows the board of a past day, says so first, and tells ages from that day', async () => {
  // Fetched at 10:00 on 16 August; a board of the 16th at 12:00 says two hours, whatever the day is today.
  const past = { ...board([row()]), now: '2026-08-16T12:00:00.000Z', asOf };
  api = await fakeApi({ getBoard: () => past });
  const io = fakeIo({ env: api.env });
  expect(await main(['status', '--as-of', '2026-08-10'], io)).toBe(0);
  expect(api.asked[0]?.query.get('asOf')).toBe('2026-08-10');
  expect(io.out()).toContain('As it was believed on 2026-08-10');
  expect(io.out().replaceAll(/\s+/g, ' ')).toContain(
    'Of one Key Result not everything was kept so long ago: growth.wau',
  );
  expect(io.out()).toContain('Fresh 2h');
});

it('says it in Chinese', async () => {
  api = await fakeApi({ getBoard: () => ({ ...board(), asOf }) });
  const io = fakeIo({ env: api.env });
  await main(['status', '--as-of', '2026-08-10', '--lang', 'zh-CN'], io);
  expect(io.out()).toContain('2026-08-10 当时所知的情况');
});

it('explains a Key Result as of a past day', async () => {
  api = await fakeApi({ explainKeyResult: () => ({ ...explanation(), asOf }) });
  const io = fakeIo({ env: api.env });
  expect(await main(['explain', 'growth.mrr', '--as-of', '2026-08-10'], io)).toBe(0);
  expect(api.asked[0]?.query.get('asOf')).toBe('2026-08-10');
  expect(io.out()).toContain('As it was believed on 2026-08-10');
});

it.each([
  ['status', '--as-of', '2026-08-10', '--watch'],
  ['explain', 'growth.mrr', '--as-of', '2026-08-10', '--from', '2026-08-01'],
])('refuses a past that goes on, or that is asked twice: %s %s %s %s', async (...args) => {
  api = await fakeApi({});
  expect(await main(args, fakeIo({ env: api.env }))).toBe(2);
});

it('says of whom a cohort number is, and when the last of them are decided', async () => {
  const cohort = {
    firstOwnDay: '2026-07-01',
    firstDecidedDay: '2026-07-16',
    lastOwnDay: '2026-09-30',
    finalDay: '2026-10-15',
  };
  const status = { ...row().status, asOfDay: '2026-08-01' };
  const following = { ...explanation(), keyResult: { ...row(), cohort, status } };
  api = await fakeApi({ explainKeyResult: () => following });
  const io = fakeIo({ env: api.env });
  await main(['explain', 'growth.wau'], io);
  const text = io.out().replaceAll(/\s+/g, ' ');
  expect(text).toContain(
    'The newest cohort that is decided entered on 2026-08-01; progress is compared with',
  );
  expect(text).toContain('The last cohort of the cycle, of 2026-09-30, is decided on 2026-10-15');
});

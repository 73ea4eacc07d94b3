import { describe, expect, it } from 'vitest';
import { googleSheets } from '../../../connectors/google-sheets/index.ts';
import type { Cell } from '../../../sandbox/google-sheets/world.ts';
import { createEgress, parseEgressAllow } from '../../../src/egress/index.ts';
import { testContext } from '../support/context.ts';
import { EMAIL, newAccount } from '../support/google-account.ts';
import { accepted, book, CONFIG, day, ID, KEY, NOW, startSheets, window, worldOf } from './support/read.ts';

const OTHER = '2ZyXwVuTsRqPoNmLkJiHgFeDcBa_-9876543210';
const rows: Cell[][] = [
  ['Date', 'Sign-ups', 'Cost', 'Cost'],
  [day('2026-03-18'), 3, 1, 2],
];
const named = [{ name: 'all_signups', range: 'Log!A1:B40' }];
const world = () =>
  worldOf({ spreadsheets: [book(rows, { namedRanges: named, timeZone: 'America/New_York' })] });
const series = { range: 'Log!A:D', dateColumn: 'Date', valueColumn: 'Sign-ups' };

async function checked(given = world(), config = CONFIG) {
  const server = await startSheets(given);
  try {
    return await googleSheets.check(testContext(config, server.endpoint, NOW).context);
  } finally {
    await server.close();
  }
}

describe('the settings', () => {
  it('take the id out of the address that the browser shows', () => {
    const address = `https://docs.google.com/spreadsheets/d/${ID}/edit?gid=0#gid=0`;
    const config = googleSheets.configSchema.parse({ spreadsheetId: address, serviceAccountKey: KEY });
    expect(config.spreadsheetId).toBe(ID);
  });

  it.each(['', 'my sheet', 'https://example.com/x', '../../../v4'])(
    'refuse %j as a spreadsheet',
    (spreadsheetId) => {
      const parsed = googleSheets.configSchema.safeParse({ spreadsheetId, serviceAccountKey: KEY });
      expect(parsed.error?.issues[0]).toMatchObject({
        path: ['spreadsheetId'],
        message: expect.stringContaining('address of the spreadsheet') as string,
      });
    },
  );

  it('refuse a key that is none, and repeat nothing of it', () => {
    const parsed = googleSheets.configSchema.safeParse({
      spreadsheetId: ID,
      serviceAccountKey: '{"client_email":"a@b","private_key":"sEcReT"}',
    });
    expect(parsed.error?.issues[0]?.message).toContain('cannot be read');
    expect(JSON.stringify(parsed.error)).not.toContain('sEcReT');
  });

  it('keep a ratio, a filter and money whole', () => {
    const problems = (metric: string, params: object) =>
      googleSheets.metrics[metric]?.paramsSchema.safeParse(params).error?.issues.map(({ path }) => path[0]) ??
      [];
    expect(problems('series', { ...series, kind: 'ratio' })).toEqual(['numeratorColumn', 'valueColumn']);
    expect(problems('series', { ...series, unit: 'money' })).toEqual(['currency']);
    expect(problems('series', { ...series, kind: 'stock', missing: 'zero' })).toEqual(['missing']);
    expect(problems('row_count', { ...series, labels: ['x'] })).toEqual(['labels']);
    expect(problems('series', { ...series, unit: 'custom:hours' })).toEqual([]);
  });
});

describe('the check', () => {
  it('names the spreadsheet and the zone in which it cuts its days', async () => {
    expect(await checked()).toEqual({
      account: 'Spreadsheet "Team numbers" (Log)',
      livemode: null,
      timeZone: 'America/New_York',
      warnings: [expect.stringContaining('America/New_York') as string],
    });
  });

  it('knows a zone that is no place', async () => {
    const result = await checked(worldOf({ spreadsheets: [book(rows, { timeZone: 'GMT-07:00' })] }));
    expect(result.timeZone).toBeNull();
    expect(result.warnings[0]).toContain('GMT-07:00');
  });

  it.each([
    {
      why: 'it is not shared',
      given: { spreadsheets: [book(rows, { sharedWith: [] })] },
      code: 'forbidden',
      says: `Share the spreadsheet with ${EMAIL}`,
    },
    { why: 'there is none', given: { spreadsheets: [] }, code: 'not_found', says: ID },
    {
      why: 'the API is off',
      given: { isEnabled: false },
      code: 'SERVICE_DISABLED',
      says: 'Enable the Google Sheets API',
    },
    {
      why: 'it is an Excel file',
      given: { spreadsheets: [book(rows, { isExcelFile: true })] },
      code: 'not_a_sheet',
      says: 'Save as Google Sheets',
    },
  ])('says what to do when $why', async ({ code, given, says }) => {
    await expect(checked(worldOf(given))).rejects.toMatchObject({
      errorClass: 'config',
      code,
      remedy: { by: 'owner' },
      message: expect.stringContaining(says) as string,
    });
  });

  it('is refused with a key that was deleted, and with one of an account that is gone', async () => {
    const other = newAccount();
    const config = googleSheets.configSchema.parse({ spreadsheetId: ID, serviceAccountKey: other.key });
    await expect(checked(world(), config)).rejects.toMatchObject({
      errorClass: 'auth',
      code: 'invalid_grant',
    });
    const gone = newAccount('gone@tide-1.iam.gserviceaccount.com');
    const goneConfig = googleSheets.configSchema.parse({ spreadsheetId: ID, serviceAccountKey: gone.key });
    await expect(checked(world(), goneConfig)).rejects.toMatchObject({
      errorClass: 'auth',
      message: expect.stringContaining('gone@tide-1') as string,
    });
  });

  it('asks below the path of its address, through the guarded way out, with a scope that only reads', async () => {
    const server = await startSheets(world(), '/gateway/sheets');
    const allow = parseEgressAllow(server.endpoint.host);
    const egress = createEgress({ allow: allow.ok ? allow.rules : [] });
    try {
      const { context, exchanges } = testContext(CONFIG, server.endpoint, NOW);
      const fetch = egress.forHosts(googleSheets.allowedHosts(server.endpoint));
      await googleSheets.check({ ...context, fetch });
      expect(server.asked.map(({ pathname }) => pathname)).toEqual([
        '/gateway/sheets/token',
        `/gateway/sheets/v4/spreadsheets/${ID}`,
      ]);
      const [, body = ''] = /Bearer ya29\.([\w-]+)\./.exec(server.headers[1]?.authorization ?? '') ?? [];
      expect(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))).toMatchObject({
        scope: 'https://www.googleapis.com/auth/spreadsheets.readonly',
      });
      expect(JSON.stringify(exchanges)).not.toContain(body);
    } finally {
      await egress.close();
      await server.close();
    }
  });

  it('sends its key to Google and nowhere else', () => {
    expect(googleSheets.allowedHosts(null)).toEqual(['sheets.googleapis.com', 'oauth2.googleapis.com']);
  });
});

describe('what is accepted', () => {
  it('takes what it can read, and says the zone', async () => {
    expect(await accepted(world(), 'series', series)).toEqual({
      problems: [],
      warnings: [],
      timeZone: 'America/New_York',
      currency: null,
    });
    expect(await accepted(world(), 'series', { ...series, range: 'all_signups' })).toMatchObject({
      problems: [],
    });
    expect(await accepted(world(), 'cell', { cell: 'Log!B2' })).toMatchObject({ problems: [], warnings: [] });
  });

  it('offers the near names of columns, sheets and named ranges', async () => {
    const problemOf = async (params: object) =>
      (await accepted(world(), 'series', { ...series, ...params })).problems.join();
    expect(await problemOf({ valueColumn: 'Signup' })).toContain(
      'no column "Signup". Did you mean "Sign-ups"?',
    );
    const learning = {
      range: 'Log!A:D',
      dateColumn: 'Date',
      learningColumn: 'Learnt',
      totalColumn: 'Sign-ups',
    };
    expect((await accepted(world(), 'learning_time_share', learning)).problems[0]).toMatch(
      /^learningColumn: /,
    );
    expect(await problemOf({ valueColumn: 'Signup' })).toMatch(/^valueColumn: /);
    expect(await problemOf({ valueColumn: 'Churn' })).toContain('There are "Date", "Sign-ups"');
    expect(await problemOf({ valueColumn: 'Cost' })).toContain('2 columns are named "Cost"');
    expect(await problemOf({ range: 'Logs!A:D' })).toContain(
      'range: the spreadsheet has no "Logs!A:D". Did you mean "Log"?',
    );
    expect(await problemOf({ range: 'all_signup' })).toContain('"all_signups"');
    expect((await accepted(world(), 'cell', { cell: 'Sum!B2' })).problems[0]).toMatch(
      /^cell: .*"Log", "all_signups"/,
    );
  });

  it('finds a mistake in a cell before the metric is made', async () => {
    const broken = worldOf({ spreadsheets: [book([...rows, [day('2026-03-19'), '1,234']])] });
    expect((await accepted(broken, 'series', series)).problems[0]).toContain('Log!B3 holds the text "1,234"');
  });

  it('warns of a table that holds nothing new', async () => {
    const old = worldOf({
      spreadsheets: [
        book([
          ['Date', 'Sign-ups'],
          [day('2024-03-19'), 4],
        ]),
      ],
    });
    expect((await accepted(old, 'series', series)).warnings[0]).toContain('no value for the last 92 days');
  });

  it('refuses another spreadsheet that cuts its days otherwise, and takes one that does not', async () => {
    const ask = (timeZone: string) => {
      const spreadsheets = [...world().spreadsheets, book(rows, { id: OTHER, timeZone })];
      return accepted(worldOf({ spreadsheets }), 'series', { ...series, spreadsheetId: OTHER });
    };
    expect((await ask('Asia/Shanghai')).problems[0]).toContain('Asia/Shanghai');
    expect((await ask('America/New_York')).problems).toEqual([]);
    const missing = await accepted(world(), 'series', { ...series, spreadsheetId: OTHER });
    expect(missing.problems[0]).toMatch(/^spreadsheetId: .*404/);
  });

  it('leaves a refused key to be told as such', async () => {
    const off = worldOf({ isEnabled: false });
    await expect(accepted(off, 'series', series)).rejects.toMatchObject({ code: 'SERVICE_DISABLED' });
  });
});

it('reads each spreadsheet and each range once a run', async () => {
  const server = await startSheets(worldOf({ spreadsheets: [book(rows)] }));
  try {
    const { context } = testContext(CONFIG, server.endpoint, NOW);
    const metric = googleSheets.metrics['series'];
    for (const valueColumn of ['Sign-ups', 'sign-ups', 'Date']) {
      const params: unknown = metric?.paramsSchema.parse({ ...series, valueColumn });
      await metric?.read(context, window('2026-03-18', '2026-03-19'), params);
    }
    expect(server.requestCount()).toBe(3); // a token, the spreadsheet, the range
  } finally {
    await server.close();
  }
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/api/contract.ts';
import type { DraftsView, ImportedView } from '../../src/api/contracts/import.ts';
import { main } from '../../src/cli/main.ts';
import { type Source, startSource } from '../api/support/source.ts';
import { type FakeIo, fakeIo } from './support/fake-io.ts';

// The real API on a real database, with a connection to the sandbox company: Stripe as "shop", which measures the
// metrics "mrr" and "revenue" already. The document holds the 57 Key Results of the casebook under 17 objectives.

const DOCUMENT = new URL('./fixtures/casebook-okrs.txt', import.meta.url).pathname;
const lines = readFileSync(DOCUMENT, 'utf8').split('\n');
const lineOf = (part: string): string => String(lines.findIndex((line) => line.includes(part)) + 1);
const referralRevenue = lineOf('推荐收入从');
const fallingRevenue = lineOf('急剧下降');
const learningTime = lineOf('学习时间');
const trialToPaid = lineOf('试用版的付费转化率');
const answers = [
  `--answer=${referralRevenue}=per_month`,
  `--answer=${fallingRevenue}=contraction`,
  `--answer=${learningTime}=policy`,
];

let source: Source;
beforeAll(async () => {
  source = await startSource();
}, 60_000);
afterAll(() => source?.close());

async function tidemark(
  argv: string[],
  given: Parameters<typeof fakeIo>[0] = {},
): Promise<{ io: FakeIo; code: number }> {
  const { api } = source.server;
  const env = { TIDEMARK_URL: api.url, TIDEMARK_TOKEN: api.localToken, LANG: 'en_US.UTF-8' };
  const io = fakeIo({ env, ...given });
  return { io, code: await main(argv, io) };
}
const piped = (input: string, ...argv: string[]) => tidemark(['import', 'text', '-', ...argv], { input });
const draftsOf = (io: FakeIo) => JSON.parse(io.out()) as DraftsView;
const statusOf = async () => {
  const { io } = await tidemark(['status', '--json']);
  const board = JSON.parse(io.out()) as {
    objectives: { keyResults: { key: string; currentValue: number | null }[] }[];
  };
  return board.objectives.flatMap(({ keyResults }) => keyResults);
};

describe('the casebook, from text to a measured Key Result', () => {
  it('reads 57 Key Results and asks exactly three questions', async () => {
    const { io, code } = await tidemark(['import', 'text', DOCUMENT, '--json']);
    expect(code).toBe(0);
    const drafts = draftsOf(io);
    expect(drafts.counts).toMatchObject({
      objectives: 17,
      keyResults: 57,
      questions: 3,
      problems: 0,
      notUnderstood: 0,
    });
    const asked = drafts.objectives
      .flatMap(({ keyResults }) => keyResults)
      .filter(({ question }) => question !== null);
    expect(asked.map(({ at, question }) => [at, question?.code])).toEqual([
      [referralRevenue, 'flow_period'],
      [fallingRevenue, 'falling_revenue'],
      [learningTime, 'policy_or_share'],
    ]);
  });

  it('stores nothing while a question is open, and says each with its options', async () => {
    const { io, code } = await tidemark(['import', 'text', DOCUMENT, '--save', '--cycle', 'now']);
    expect(code).toBe(2);
    expect(io.err()).toContain('3 questions are open');
    for (const part of [
      `Line ${referralRevenue}`,
      'per_month (Per calendar month)',
      `Line ${learningTime}`,
      '--answer LINE=OPTION',
    ]) {
      expect(io.err()).toContain(part);
    }
    expect(await statusOf()).toHaveLength(1); // the one of startSource
  });

  it('stores everything in one go, and binds one Key Result on the way', async () => {
    const { io, code } = await tidemark([
      'import',
      'text',
      DOCUMENT,
      '--save',
      '--cycle',
      'now',
      '--json',
      ...answers,
      '--bind',
      `${trialToPaid}=shop`,
    ]);
    expect(io.err()).toBe('');
    expect(code).toBe(0);
    const imported = JSON.parse(io.out()) as ImportedView;
    expect(imported.keyResults).toHaveLength(57);
    expect(imported.objectives.map(({ key }) => key)).toContain('o5');
    const bound = imported.keyResults.filter(({ metric }) => metric !== null);
    expect(bound).toMatchObject([
      {
        key: 'o5.kr2',
        at: trialToPaid,
        boundBy: 'asked',
        sameWindow: true,
        metric: { key: 'trial-to-paid-rate', connectionKey: 'shop' },
      },
    ]);
    expect((await statusOf()).map(({ key }) => key)).toEqual(
      expect.arrayContaining(imported.keyResults.map(({ key }) => key)),
    );
  });

  it('shows the value of the bound one after a sync, and what it means', async () => {
    await source.sync();
    const row = (await statusOf()).find(({ key }) => key === 'o5.kr2');
    const evidence = JSON.parse((await tidemark(['explain', 'o5.kr2', '--json'])).io.out()) as Explanation;
    // Of those who began a trial in the newest 28 decided days, the share that paid: days with nobody are 0 of 0.
    const sum = (part: 'numerator' | 'denominator') =>
      evidence.points.reduce((total, point) => total + Number(point[part] ?? 0), 0);
    expect(evidence.points).toHaveLength(28);
    expect(sum('denominator')).toBeGreaterThan(0);
    expect(row?.currentValue).toBe(sum('numerator') / sum('denominator'));
    const { io } = await tidemark(['explain', 'o5.kr2']);
    expect(io.out()).toContain('Trial to paid (trial_to_paid_rate v1)');
    const table = await tidemark(['metric', 'list']);
    expect(table.io.out()).toMatch(
      /trial-to-paid-rate .* Trial to paid \(trial_to_paid_rate v1\); .*withinDays=21/,
    );
    const list = await tidemark(['metric', 'list', '--json']);
    const { data } = JSON.parse(list.io.out()) as { data: { key: string; definition: unknown }[] };
    expect(data.find(({ key }) => key === 'trial-to-paid-rate')?.definition).toMatchObject({
      kind: 'catalog',
      metric: 'trial_to_paid_rate',
      definitionVersion: 1,
      params: { withinDays: 21, graceDays: 7 },
      window: { kind: 'matured_cohort', days: 1 },
    });
  });

  it('refuses the same text a second time, and names what is there', async () => {
    const { io, code } = await tidemark(['import', 'text', DOCUMENT, '--save', '--cycle', 'now', ...answers]);
    expect(code).toBe(6);
    expect(io.err()).toContain(`o5.kr2 (line ${trialToPaid})`);
    expect(await statusOf()).toHaveLength(58);
  });
});

describe('what is shown of a draft', () => {
  it('always shows the parsed target, what was assumed, and how to store it', async () => {
    const { io, code } = await piped(
      'Objective: Keep customers\n- Reduce the churn rate by 10%\n- Hold 12 interviews\n',
    );
    expect(code).toBe(0);
    for (const part of [
      '1 objective, 2 Key Results',
      'Change, down: -10 % of the baseline',
      'Metric: ',
      '(logo_churn_rate)',
      'is taken of the baseline; these are not percentage points.',
      'Accumulate, up: 0 → 12',
      'tidemark import text - --save --cycle now',
    ]) {
      expect(io.out()).toContain(part);
    }
  });

  it('speaks Chinese when asked to', async () => {
    const { io } = await piped('目标：收入\n- 将推荐收入从$ 20,000增加到$ 50,000\n', '--lang', 'zh-CN');
    for (const part of [
      '1 个待回答的问题',
      '问题：',
      '每个自然月',
      '回答方式：--answer 2=per_month',
      'USD 20,000 → USD 50,000',
    ]) {
      expect(io.out()).toContain(part);
    }
  });

  it('says what was not understood, with its line and why', async () => {
    const { io } = await piped('Objective: Grow\n- Increase sign-ups from 10 to 20\n- Increase happiness\n');
    expect(io.out()).toMatch(/Not understood\n +Increase happiness +line 3/);
  });
});

describe('storing', () => {
  it('binds by itself to the one metric that has this very meaning, and says so', async () => {
    const { io, code } = await piped(
      'Objective: Money first\n- Increase MRR from $1,000 to $2,000\n',
      '--save',
      '--cycle',
      'now',
    );
    expect(io.err()).toBe('');
    expect(code).toBe(0);
    expect(io.out()).toContain('money-first.mrr');
    expect(io.out()).toContain('measured by mrr, which has this very definition');
  });

  it('names for everything else the one command that comes next', async () => {
    const text =
      'Objective: Listen to people\n- Conduct 20 interviews\n- Launch the beta\n- Increase LTV from $100 to $200\n';
    const { io, code } = await piped(text, '--save', '--cycle', 'now');
    expect(code).toBe(0);
    expect(io.out()).toMatch(/tidemark checkin listen-people\.\S+ --add 1/);
    expect(io.out()).toMatch(/tidemark kr step listen-people\.\S+ 1 --done/);
    expect(io.out()).toMatch(/tidemark kr measure listen-people\.\S+ --connection shop --param currency=…/);
  });

  it('measures a stored Key Result with that one command', async () => {
    const key = (await statusOf()).find((each) => each.key.startsWith('listen-people.ltv'))?.key ?? '';
    const missing = await tidemark(['kr', 'measure', key, '--connection', 'shop', '--param', 'currency=usd']);
    expect(missing.code).toBe(2);
    expect(missing.io.err()).toContain('margin_adjusted needs grossMargin');
    const params = ['--param', 'currency=usd', '--param', 'grossMargin=0.8'];
    const { io, code } = await tidemark(['kr', 'measure', key, '--connection', 'shop', ...params]);
    expect(io.err()).toBe('');
    expect(code).toBe(0);
    expect(io.out()).toContain(`${key} is measured by ltv on shop`);
    const again = await tidemark(['kr', 'measure', key, '--connection', 'shop', ...params, '--json']);
    expect(JSON.parse(again.io.out())).toMatchObject({ created: false });
  });

  it('asks on a terminal: the question, then which connection, with its value now', async () => {
    const path = new URL('./fixtures/asks.txt', import.meta.url).pathname;
    const terminal = { stdinIsTty: true, stdoutIsTty: true, answers: ['per_month', '', 'shop', 'yes'] };
    const { io, code } = await tidemark(['import', 'text', path, '--save', '--cycle', 'now'], terminal);
    expect(io.err()).toBe('');
    expect(code).toBe(0);
    expect(io.out()).toContain('measured by trial-to-paid-rate on shop');
  });

  it('asks nothing about what is there already, and names what is new', async () => {
    const path = new URL('./fixtures/asks.txt', import.meta.url).pathname;
    const terminal = { stdinIsTty: true, stdoutIsTty: true, answers: [] };
    const { io, code } = await tidemark(['import', 'text', path, '--save', '--cycle', 'now'], terminal);
    expect(code).toBe(6);
    expect(io.err()).toContain('The cycle "now" has this already: ');
    expect(io.err()).toContain('Nothing in the text is new.');
  });

  it('stores nothing when a question on the terminal is turned down', async () => {
    const before = await statusOf();
    const terminal = { stdinIsTty: true, stdoutIsTty: true, answers: [] };
    const folder = mkdtempSync(join(tmpdir(), 'tidemark-import-'));
    const path = join(folder, 'okrs.txt');
    writeFileSync(path, 'Objective: Sell more by word of mouth\n- 将推荐收入从$ 30,000增加到$ 60,000\n');
    const { code } = await tidemark(['import', 'text', path, '--save', '--cycle', 'now'], terminal);
    rmSync(folder, { recursive: true });
    expect(code).toBe(3);
    expect(await statusOf()).toHaveLength(before.length);
  });
});

describe('wrong input', () => {
  const two = 'Objective: Wrong\n- Increase MRR from $10 to $20\n';
  it.each([
    { argv: ['--save'], says: '--save needs --cycle', exit: 2 },
    { argv: ['--answer', '2=x'], says: '--answer is about what is stored', exit: 2 },
    { argv: ['--save', '--cycle', 'nowhere'], says: 'no cycle "nowhere"', exit: 5 },
    { argv: ['--save', '--cycle', 'now', '--answer', 'two=x'], says: '--answer LINE=OPTION', exit: 2 },
    { argv: ['--save', '--cycle', 'now', '--answer', '2=x'], says: 'Line 2 asks nothing', exit: 2 },
    { argv: ['--save', '--cycle', 'now', '--only', '7'], says: 'Line 7 begins no', exit: 2 },
    { argv: ['--save', '--cycle', 'now', '--metric', '2=nonsense'], says: 'no metric "nonsense"', exit: 2 },
    { argv: ['--save', '--cycle', 'now', '--metric', '2=nps'], says: 'measured in score', exit: 2 },
    { argv: ['--save', '--cycle', 'now', '--bind', '2=nobody'], says: 'no connection "nobody"', exit: 2 },
    { argv: ['--save', '--cycle', 'now', '--bind', '2=shop'], says: 'currency', exit: 2 },
    { argv: ['--save', '--cycle', 'now', '--bind', '2=shop:currency=eur'], says: 'would be in EUR', exit: 2 },
    {
      argv: ['--save', '--cycle', 'now', '--metric', '2=cac', '--bind', '2=shop'],
      says: 'does not measure "cac"',
      exit: 2,
    },
  ])('$argv says “$says” and stores nothing', async ({ argv, exit, says }) => {
    const { io, code } = await piped(two, ...argv);
    expect(io.err()).toContain(says);
    expect(code).toBe(exit);
    expect((await statusOf()).filter(({ key }) => key.startsWith('wrong'))).toEqual([]);
  });

  it('refuses loose Key Results without an objective, and takes one that is there', async () => {
    const loose = '- Increase ARPA from $10 to $20\n';
    const { io, code } = await piped(loose, '--save', '--cycle', 'now');
    expect(code).toBe(2);
    expect(io.err()).toContain('--objective KEY');
    const named = await piped(loose, '--save', '--cycle', 'now', '--objective', 'money');
    expect(named.io.err()).toBe('');
    expect(named.io.out()).toContain('money.arpa');
  });
});

it('reads a text in a fresh clone, where there is no workspace to read it for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-alone-'));
  try {
    const file = join(folder, 'okrs.txt');
    writeFileSync(file, 'Objective: Grow\n- 将推荐收入从$ 20,000增加到$ 50,000\n');
    const env = { TIDEMARK_DATA_DIR: join(folder, 'none') };
    const io = fakeIo({ env });
    expect(await main(['import', 'text', file, '--json'], io)).toBe(0);
    expect(JSON.parse(io.out())).toMatchObject({ cycle: null, counts: { keyResults: 1, questions: 1 } });
    // Storing needs somewhere to store.
    const saving = fakeIo({ env });
    expect(await main(['import', 'text', file, '--save', '--cycle', 'q1'], saving)).not.toBe(0);
    expect(saving.err()).toContain('holds no data yet');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

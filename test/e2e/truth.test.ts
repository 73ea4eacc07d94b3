import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCompanyFile, type SandboxState } from '../../sandbox/index.ts';
import type { Board, KeyResultRow } from '../../src/api/contract.ts';
import { KEY_RESULT_TRUTHS, METRIC_TRUTHS } from './support/truth/definitions.ts';
import { expectSame } from './support/truth/expect-same.ts';
import { type FrozenDemo, rowsOf, startFrozenDemo } from './support/truth/frozen-demo.ts';
import { openTruth, type Truth, type Verdict } from './support/truth/truth.ts';

// What the board shows against SQL over the company's raw events. The SQL shares no code with connectors, domain or
// sandbox: it is written from what the connectors' pages say a point means, and from the rules of progress. What
// subscriptions brought on days that are over is told by the company's own books.

const NORTHWIND = fileURLToPath(new URL('../../sandbox/companies/northwind.json', import.meta.url));

type Variant = { name: string; initial: () => Partial<SandboxState> };
const VARIANTS: Variant[] = [
  { name: 'Acme with seed 42', initial: () => ({ seed: 42 }) },
  { name: 'Acme with seed 7', initial: () => ({ seed: 7 }) },
  {
    name: 'Northwind, a company file of New York',
    initial: () => ({ ...readCompanyFile(NORTHWIND), seed: 42 }),
  },
];

describe.each(VARIANTS)('the board of $name', ({ initial }) => {
  let frozen: FrozenDemo;
  let truth: Truth;
  let board: Board;
  let rows: Map<string, KeyResultRow>;
  let verdicts: Map<string, Verdict>;

  beforeAll(async () => {
    frozen = await startFrozenDemo(initial());
    board = await frozen.board();
    rows = rowsOf(board);
    truth = await openTruth(frozen.demo.sandbox);
    verdicts = await truth.verdicts(board);
  });

  afterAll(async () => {
    await truth?.close();
    await frozen?.stop();
  });

  it('holds at least 14 Key Results over all three providers and every kind of goal', () => {
    const all = [...rows.values()].filter(({ currentValue }) => currentValue !== null);
    expect(all.length).toBeGreaterThanOrEqual(14);
    const connectors = new Set(all.flatMap(({ source }) => source?.connectorId ?? []));
    expect(connectors).toEqual(new Set(['stripe', 'ga4', 'mixpanel']));
    const kinds = new Set(all.map(({ goal }) => goal.kind));
    const everyKind = ['reach', 'change', 'accumulate', 'guardrail', 'milestone', 'recurring'] as const;
    expect(kinds).toEqual(new Set(everyKind));
  });

  it('shows no Key Result that the SQL does not know', () => {
    const shown = Object.fromEntries([...rows].map(([key, { source }]) => [key, source?.metricKey ?? null]));
    const known = Object.entries(KEY_RESULT_TRUTHS).map(([key, { metric }]) => [key, metric]);
    expect(shown).toEqual(Object.fromEntries(known));
  });

  it.each(Object.keys(KEY_RESULT_TRUTHS))('shows of %s what the raw events say', (key) => {
    const [shown, verdict] = [rows.get(key), verdicts.get(key)];
    expect(shown?.status.asOfDay).toBe(verdict?.asOfDay);
    const bounds = truth.bounds(shown?.source?.metricKey ?? null, verdict?.asOfDay ?? null);
    expectSame(shown?.currentValue, verdict?.current, `the value of ${key}`, bounds);
    if (bounds === null) expectSame(shown?.progress, verdict?.progress, `the progress of ${key}`);
  });

  it.each(Object.keys(METRIC_TRUTHS))(
    'draws each settled day of %s as the raw events say',
    async (metric) => {
      const bound = [...rows.values()].find(({ source }) => source?.metricKey === metric);
      const days = await truth.days(metric);
      const settled = (bound?.trend ?? []).filter(({ day }) => days.get(day)?.settled !== false);
      expect(settled.length).toBeGreaterThan(0);
      for (const { day, value } of settled) {
        expectSame(value, days.get(day)?.value, `${metric} of ${day}`, truth.bounds(metric, day));
      }
      // Between the first and the last none is missing.
      const [first, last] = [settled[0]?.day ?? '', settled.at(-1)?.day ?? ''];
      const due = [...days].filter(([day, each]) => each.settled && day >= first && day <= last);
      expect(settled.map(({ day }) => day)).toEqual(due.map(([day]) => day));
    },
  );
});

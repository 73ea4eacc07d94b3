import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTwoWorlds, type TwoWorlds } from '../support/two-worlds.ts';
import { access } from './access.ts';
import { alerting } from './alerting.ts';
import { channels } from './channels.ts';
import { refusedAlike, repeated } from './common.ts';
import { type Company, startCompany } from './company.ts';
import { connections } from './connections.ts';
import { data } from './data.ts';
import { documentedOf, operations } from './document.ts';
import { createDriver, type Driver, emptyRecord } from './driver.ts';
import { keyResults } from './key-results.ts';
import { limits } from './limits.ts';
import { metrics } from './metrics.ts';
import { namesNothing } from './names-nothing.ts';
import { askedTooMuch, databaseAway } from './outages.ts';
import { plan, textImport } from './plan.ts';
import { sharing } from './sharing.ts';
import { sources } from './sources.ts';
import { UNREACHABLE } from './unreachable.ts';

// Every answer is held against the committed document, and every answer that it names has to be seen.

const record = emptyRecord();
let worlds: TwoWorlds;
let company: Company;
let driver: Driver;
let ours: Driver;
beforeAll(async () => {
  worlds = await startTwoWorlds();
  driver = createDriver(worlds.server, record);
  const objective = worlds.ours.refs['objectives'];
  const goal = { kind: 'reach', startValue: 1, targetValue: 9 };
  await driver.done('createKeyResult', {
    body: { key: 'by-hand', title: 'By hand', objective, goal, unit: 'count' },
  });
  worlds.ours.refs['byHand'] = 'by-hand';
  company = await startCompany();
  ours = createDriver(company.server, record);
});
afterAll(async () => {
  await worlds?.close();
  await company?.close();
});

/** The faults that are found while this happens. */
async function faultsIn(scenario: () => Promise<void>): Promise<string[]> {
  const before = record.faults.length;
  await scenario();
  return record.faults.slice(before);
}

describe('the API keeps to its document', () => {
  it('cycles and objectives', async () => expect(await faultsIn(() => plan(ours))).toEqual([]));
  it('text import', async () => expect(await faultsIn(() => textImport(ours))).toEqual([]));
  it('Key Results', async () => expect(await faultsIn(() => keyResults(ours))).toEqual([]));
  it('metrics', async () => expect(await faultsIn(() => metrics(ours))).toEqual([]));
  it('connections', async () => expect(await faultsIn(() => connections(ours))).toEqual([]));
  it('data', async () => expect(await faultsIn(() => data(ours))).toEqual([]));
  it('alerting', async () => expect(await faultsIn(() => alerting(ours))).toEqual([]));
  it('channels', async () => expect(await faultsIn(() => channels(ours))).toEqual([]));
  it('access', async () => expect(await faultsIn(() => access(ours))).toEqual([]));
  it('sharing', async () => expect(await faultsIn(() => sharing(ours))).toEqual([]));
  it('sources', async () => expect(await faultsIn(() => sources(ours, company.proxy))).toEqual([]));
  it('limits', async () => expect(await faultsIn(() => limits(ours))).toEqual([]));
  it('what names something that is not there', async () =>
    expect(await faultsIn(() => namesNothing(ours))).toEqual([]));
  it('what every operation is refused for', async () =>
    expect(await faultsIn(() => refusedAlike(driver, worlds))).toEqual([]));
  it('what is asked again with the same key', async () =>
    expect(await faultsIn(() => repeated(driver, worlds))).toEqual([]));
  it('what is asked too often', async () =>
    expect(await faultsIn(() => askedTooMuch(driver, worlds))).toEqual([]));
  it('without its database', async () =>
    expect(await faultsIn(() => databaseAway(driver, worlds))).toEqual([]));
});

it('every answer that the document names was seen, or is unreachable for a reason', () => {
  const all = operations.flatMap((operation) =>
    documentedOf(operation).map((answer) => ({
      answer,
      name: operation.id,
      seen: record.seen.get(operation.id)?.has(answer) === true,
    })),
  );
  const excused = ({ answer, name }: { answer: string; name: string }): boolean =>
    UNREACHABLE.some(
      (each) => each.answer === answer && (each.operations === 'all' || each.operations.includes(name)),
    );
  const missing = all.filter((each) => !each.seen && !excused(each));
  expect(missing.map(({ answer, name }) => `${name}: ${answer}`)).toEqual([]);
  // What can be seen after all has no excuse.
  expect(all.filter((each) => each.seen && excused(each))).toEqual([]);
});

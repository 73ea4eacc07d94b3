import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  breakProvider,
  type Fact,
  heal,
  readState,
  type Sandbox,
  type SandboxState,
  startSandbox,
  writeState,
} from '../../../../sandbox/index.ts';
import { emptyLedger, idsOf, type Ledger, type Place, readOn } from './support.ts';

const now = new Date('2026-04-15T15:30:00Z');

describe('the mirror of the fake company', () => {
  let folder: string;
  let sandbox: Sandbox;
  let place: Place;
  let whole: Ledger;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-mirror-'));
    let clockMs = 0;
    sandbox = await startSandbox({
      statePath: join(folder, 'state.json'),
      port: 0,
      now: () => now,
      // A clock of its own, so that the fake rate limit never depends on this machine.
      monotonicMs: () => (clockMs += 1_000),
      initial: { seed: 1 },
    });
    place = {
      config: { apiKey: sandbox.apiKey, requestsPerSecond: 90 },
      endpoint: new URL(sandbox.url),
      now,
    };
    whole = emptyLedger();
    await readOn(whole, place);
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  it('holds every object that the company knows of, and nothing else', () => {
    const facts = sandbox.model().facts;
    const told = <Kind extends Fact['kind']>(kind: Kind) =>
      facts.filter((fact): fact is Extract<Fact, { kind: Kind }> => fact.kind === kind);
    const offClock = (fact: { testClockId: string | null }) => fact.testClockId === null;
    expect(idsOf(whole, 'customer')).toEqual(
      told('customer_created')
        .filter(offClock)
        .map(({ customerId }) => customerId)
        .toSorted(),
    );
    expect(idsOf(whole, 'payment')).toEqual(
      told('charge_created')
        .map(({ chargeId }) => chargeId)
        .toSorted(),
    );
    expect(idsOf(whole, 'refund')).toEqual(
      told('refund_created')
        .map(({ refundId }) => refundId)
        .toSorted(),
    );
    expect(idsOf(whole, 'dispute')).toEqual(
      told('dispute_opened')
        .map(({ disputeId }) => disputeId)
        .toSorted(),
    );
    const clocks = new Set(
      told('customer_created')
        .filter((fact) => !offClock(fact))
        .map(({ customerId }) => customerId),
    );
    const running = told('subscription_started').filter(({ customerId }) => !clocks.has(customerId));
    expect(idsOf(whole, 'subscription')).toEqual(
      running.map(({ subscriptionId }) => subscriptionId).toSorted(),
    );
    expect(idsOf(whole, 'subscription').length).toBeGreaterThan(100);
    expect(idsOf(whole, 'invoice').length).toBeGreaterThan(100);
  });

  it('says through when it is whole only after the last page', () => {
    expect(whole.batches[0]?.throughAt).toBeNull();
    expect(whole.batches.at(-1)?.throughAt).toEqual(now);
    expect(whole.batches.at(-1)?.gaps).toEqual([]);
  });

  it('hands out prices and coupons before the first subscription', () => {
    const kinds = whole.batches.flatMap(({ records }) => records.map(({ kind }) => kind));
    const first = kinds.indexOf('subscription');
    expect(kinds.slice(0, first)).toEqual(expect.arrayContaining(['price', 'coupon']));
  });

  it.each([3, 11])('killed after every %i batches, it ends as if it had never been', async (batches) => {
    const ledger = emptyLedger();
    for (;;) {
      const before = ledger.batches.length;
      await readOn(ledger, place, { batches });
      const last = ledger.batches.at(-1);
      if (last?.throughAt !== null && ledger.batches.length - before < batches) break;
      if (last?.note.startsWith('all read') === true) break;
    }
    expect(ledger.records).toEqual(whole.records);
  });

  it('asks for no more than each list and the events once when nothing has changed', async () => {
    const ledger: Ledger = { ...emptyLedger(), state: whole.state };
    await readOn(ledger, { ...place, now: new Date(now.getTime() + 1_000) });
    // Nine lists, the events, and whatever changed within the five minutes that are read again.
    expect(ledger.requests.filter((path) => path.includes('limit=100')).length).toBe(10);
    expect(ledger.requests.length).toBeLessThan(25);
  });

  it('looks again for what an empty answer hid, though the next read begins in the same second', async () => {
    const statePath = join(folder, 'state.json');
    const change = (by: (state: SandboxState) => SandboxState): void => {
      const state = readState(statePath);
      if (state === null) throw new Error('the sandbox has kept no state');
      writeState(statePath, by(state));
    };
    change((state) => breakProvider(state, 'stripe', 'empty_list'));
    const ledger = emptyLedger();
    await readOn(ledger, place).finally(() => change((state) => heal(state, 'stripe')));
    expect(ledger.records.size).toBe(0);
    await readOn(ledger, place);
    expect([...ledger.records.keys()].toSorted()).toEqual([...whole.records.keys()].toSorted());
  });
});

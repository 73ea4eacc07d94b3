import type { Fact } from '../model/facts.ts';
import { dollarsPer, RATED } from './rates.ts';
import { renderCreditNote } from './render-credit-note.ts';
import { renderSchedule } from './render-schedule.ts';
import { remembered, rowsOf, serve, tableOf } from './resource.ts';
import type { Wire } from './wire.ts';

export const schedules = serve({
  object: 'subscription_schedule',
  path: '/v1/subscription_schedules',
  permission: 'rak_subscription_schedule',
  table: (world) => world.account.schedules,
  id: (schedule) => schedule.scheduleId,
  createdAt: (schedule) => schedule.at,
  render: renderSchedule,
  filters: { customer: (schedule, value) => schedule.customerId === value },
});

export const creditNotes = serve({
  object: 'credit_note',
  path: '/v1/credit_notes',
  permission: 'rak_credit_note',
  table: (world) => world.account.creditNotes,
  id: (note) => note.creditNoteId,
  createdAt: (note) => note.at,
  render: renderCreditNote,
  filters: {
    invoice: (note, value) => note.invoiceId === value,
    customer: (note, value, { account }) => account.invoices.get(note.invoiceId)?.customerId === value,
  },
  few(query, { account }) {
    const invoice = query.values.get('invoice');
    return invoice === undefined
      ? null
      : rowsOf(account.creditNotes, account.invoices.get(invoice)?.creditNoteIds);
  },
});

/** Only what they are now: there is no history of rates to ask for. */
export const exchangeRates = serve({
  object: 'exchange_rate',
  path: '/v1/exchange_rates',
  permission: 'rak_exchange_rate',
  table: () =>
    tableOf(
      RATED,
      (currency) => currency,
      () => 0,
    ),
  id: (currency) => currency,
  createdAt: () => 0,
  render(currency, { now }): Wire {
    const worth = dollarsPer(currency, now);
    const rates = RATED.filter((other) => other !== currency).map((other): [string, number] => [
      other,
      Number((worth / dollarsPer(other, now)).toPrecision(8)),
    ]);
    return { id: currency, object: 'exchange_rate', rates: Object.fromEntries(rates) };
  },
  filters: {},
});

const clocks = remembered((_facts: readonly Fact[], { account }) =>
  tableOf(
    account.customers.list.flatMap(({ testClockId: id, at }) => (id === null ? [] : [{ id, at }])),
    ({ id }) => id,
    ({ at }) => at,
  ),
);

export const testClocks = serve({
  object: 'test_helpers.test_clock',
  path: '/v1/test_helpers/test_clocks',
  permission: 'rak_test_clock',
  table: (world) => clocks(world.facts, world),
  id: (clock) => clock.id,
  createdAt: (clock) => clock.at,
  render: (clock, { now }) => ({
    id: clock.id,
    object: 'test_helpers.test_clock',
    created: clock.at,
    deletes_after: clock.at + 30 * 86_400,
    frozen_time: now,
    livemode: false,
    name: null,
    status: 'ready',
    status_details: {},
  }),
  filters: {},
});

import { ConnectorError, type MirrorBatch } from '../../sdk/index.ts';
import { capitals } from './map-catalog.ts';
import { rateRecords } from './map-money.ts';
import { exchangeRateSchema } from './money-schema.ts';
import { statusOf } from './reader.ts';
import { batch, type Run } from './run.ts';

/** Today's exchange rates of the currencies that were seen, once a day and again when another currency comes. */
export async function* readRates(run: Run): AsyncGenerator<MirrorBatch> {
  const { state, reader, context } = run;
  const due = [context.now.toISOString().slice(0, 10), ...state.currencies].join(' ');
  if (state.rates === due || state.currencies.length === 0) return;
  try {
    const told = await reader.whole('exchange rates', exchangeRateSchema, (at) =>
      reader.stripe.exchangeRates.list(at),
    );
    const records = rateRecords(told, new Set(state.currencies.map(capitals)), context.now);
    state.rates = due;
    yield batch(run, { records, note: `exchange rates: of ${told.length} currencies` });
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    const message = `Stripe does not tell this account its exchange rates. ${error.message}`;
    const hint = 'Upload the rates, or name constant ones.';
    run.gaps.set('exchange_rates', {
      kinds: ['exchange_rates'],
      errorClass: error.errorClass,
      message,
      hint,
    });
  }
}

/** Stripe gives its rates to some accounts only, and means to give them up; nothing else depends on them. */
function isUnavailable(error: unknown): error is ConnectorError {
  return error instanceof ConnectorError && [400, 403, 404, 410].includes(statusOf(error) ?? 0);
}

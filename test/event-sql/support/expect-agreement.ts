import { expect } from 'vitest';
import { checkParams, computeMetric, findMetric } from '../../../src/domain/catalog/index.ts';
import type { ProductEvent } from '../../../src/domain/events/records.ts';
import { compileAsk, type DialectName, type EventTable } from '../../../src/event-sql/index.ts';
import type { RandomAsk } from './asks.ts';
import type { Engine } from './engines.ts';

export type NamedEngine = { dialect: DialectName; engine: Engine };

/** What the domain says of the events is what every engine that holds them says: value, both sides and the rest. */
export async function expectAgreement(
  asks: readonly RandomAsk[],
  events: readonly ProductEvent[],
  table: EventTable,
  engines: readonly NamedEngine[],
): Promise<void> {
  for (const ask of asks.map(checked)) {
    const wanted = ask.windows.map((window) => computeMetric(ask.metric, ask.params, window, { events }));
    for (const { dialect, engine } of engines) {
      const { measure, sql } = compileAsk(ask, table, dialect);
      expect(measure(await engine.rows(sql)), `${dialect}: ${ask.metric}`).toEqual(wanted);
    }
  }
}

function checked({ metric: key, params, windows }: RandomAsk): RandomAsk {
  const metric = findMetric(key);
  const result = metric === null ? null : checkParams(metric, params);
  if (result?.ok !== true) throw new RangeError(`${key} cannot be asked with ${JSON.stringify(params)}`);
  return { metric: key, params: { ...result.params }, windows };
}

import { ownersError } from '../../../connectors/sql/engines/failure.ts';
import type { ReadRequest } from '../../app/ports.ts';
import { definitionOf, unitOf } from '../../domain/catalog/index.ts';
import { addDays, eachDay, minDay } from '../../domain/day.ts';
import { type CompiledAsk, compileAsk, inPortions } from '../../event-sql/index.ts';
import { checkRecordsParams } from '../records-metrics.ts';
import { windowOn } from '../records-points.ts';
import type { TableConfig } from './config.ts';
import { findTableMetric, splitLateDays } from './info.ts';
import { eventTableOf } from './table.ts';

/** The statements that answer a request, and the days that their windows are about, in one order. */
export function planOf(request: ReadRequest, config: TableConfig, throughDay: string | null, now: Date) {
  const found = findTableMetric(request.metric);
  const split = splitLateDays(request.params);
  const checked = found === null || !split.ok ? null : checkRecordsParams(found.metric, split.params);
  if (found === null || checked === null || !checked.ok) {
    const problems = checked === null || checked.ok ? [] : checked.problems;
    const what = [`"${request.metric}" cannot be computed any more.`, ...problems].join(' ');
    throw ownersError('config', 'cannot_be_asked', what, 'Make the metric anew with parameters that it has.');
  }
  const { metric } = found;
  const definition = definitionOf(metric, checked.params, checked.window, request.timeZone);
  const last = throughDay === null ? null : minDay(request.endDay, addDays(throughDay, 1));
  const dated = (last === null ? [] : eachDay(request.startDay, last)).flatMap((day) => {
    const window = windowOn(definition, day, throughDay ?? day, now);
    return window === null ? [] : [{ day, window }];
  });
  const ask = { metric: metric.key, params: checked.params, windows: dated.map(({ window }) => window) };
  const asks: CompiledAsk[] = inPortions(ask).map((portion) => compiled(portion, config));
  return { asks, days: dated.map(({ day }) => day), unit: unitOf(metric, checked.params) };
}

/** @throws ConnectorError when the engine has no words for it, such as a property that its paths cannot name */
export function compiled(ask: Parameters<typeof compileAsk>[0], config: TableConfig): CompiledAsk {
  try {
    return compileAsk(ask, eventTableOf(config), config.engine);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const what = `This metric cannot be asked of ${config.engine}: ${error.message}.`;
    throw ownersError('config', 'cannot_be_asked', what, 'Change the parameter that it names.', error);
  }
}

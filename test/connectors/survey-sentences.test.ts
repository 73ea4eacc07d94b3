import { describe, expect, it } from 'vitest';
import { typeform } from '../../connectors/typeform/index.ts';
import { zendesk } from '../../connectors/zendesk/index.ts';
import { fitWindow } from '../../src/app/fit-window.ts';
import { sameValue } from '../../src/app/same-value.ts';
import { checkParams, findMetric } from '../../src/domain/catalog/index.ts';
import { readKeyResult } from '../../src/domain/draft/index.ts';
import { pointWindow } from '../../src/domain/metric-window.ts';

// Sentences of the casebook about what people say.
const cases = [
  { text: 'Increase NPS from 8.0 to 9.5', connector: typeform, metric: 'nps_average' },
  { text: 'Increase NPS from 20 to 45', connector: typeform, metric: 'nps' },
  { text: 'Increase team eNPS from 20 to 45', connector: typeform, metric: 'nps' },
  { text: 'Increase CSAT from 80% to 90%', connector: typeform, metric: 'csat' },
  { text: 'Increase good support ratings from 80% to 95%', connector: zendesk, metric: 'csat' },
];

describe('a sentence is measured by the very metric that it means', () => {
  it.each(cases)('"$text" on $connector.title', ({ connector, metric: name, text }) => {
    const read = readKeyResult(text);
    const wanted = read.ok ? read.draft.metric : null;
    const entry = findMetric(wanted?.key ?? '');
    if (!read.ok || wanted === null || entry === null) throw new Error(`"${text}" was not read`);
    const metric = connector.metrics[name];
    if (metric?.catalog === undefined) throw new Error(`${connector.id} has no ${name}`);
    expect(metric.catalog.metric).toBe(wanted.key);

    const window = wanted.window ?? entry.usualWindow;
    const suggested = metric.catalog.suggest?.({ params: wanted.params, window }) ?? {};
    const params = metric.paramsSchema.parse(suggested) as Record<string, unknown>;
    const reading = metric.catalog.define(params);
    if (reading === null) throw new Error('it is another number');
    expect(checkParams(entry, reading.params)).toMatchObject({ ok: true });
    for (const [param, value] of Object.entries(wanted.params)) {
      expect({ param, same: sameValue(reading.params[param], value) }).toEqual({ param, same: true });
    }
    const points = {
      window: pointWindow({ cadence: 'day', params, window: reading.window }),
      kind: metric.kindOf?.(params) ?? metric.kind,
      unit: metric.unit,
    };
    expect(fitWindow({ window, aggregate: 'latest' }, points)).toEqual({ aggregate: 'latest', same: true });
    expect(metric.unit).toBe(read.draft.unit);
  });
});

import { describe, expect, it } from 'vitest';
import { github } from '../../connectors/github/index.ts';
import { jira } from '../../connectors/jira/index.ts';
import { fitWindow } from '../../src/app/fit-window.ts';
import { sameValue } from '../../src/app/same-value.ts';
import { checkParams, findMetric } from '../../src/domain/catalog/index.ts';
import { readKeyResult } from '../../src/domain/draft/index.ts';

// The delivery sentences of the casebook, and what only the owner can say of each.
const sentences = [
  { text: 'Increase team sprint velocity from 32 to 60 points', jira: { board: 12 } },
  {
    text: 'Reduce the number of bugs per feature from 1.7 to 1.0',
    github: { featureLabels: ['enhancement'] },
    jira: { project: 'SHOP', bugTypes: ['Bug'], featureTypes: ['Story'] },
  },
  { text: 'Reduce lead time by 30%', github: {}, jira: { project: 'SHOP' } },
  { text: 'Reduce post-release bugs by 30%', github: {}, jira: { project: 'SHOP' } },
  { text: 'Reduce deployment time from 20 to 2 minutes', github: {} },
];
const cases = sentences.flatMap(({ github: ofGitHub, jira: ofJira, text }) => [
  ...(ofGitHub === undefined ? [] : [{ text, connector: github, given: ofGitHub }]),
  ...(ofJira === undefined ? [] : [{ text, connector: jira, given: ofJira }]),
]);

describe('a sentence is measured by the very metric that it means', () => {
  it.each(cases)('"$text" on $connector.title', ({ connector, given, text }) => {
    const read = readKeyResult(text);
    const wanted = read.ok ? read.draft.metric : null;
    const entry = findMetric(wanted?.key ?? '');
    if (!read.ok || wanted === null || entry === null) throw new Error(`"${text}" was not read`);
    const found = Object.values(connector.metrics).filter(({ catalog }) => catalog?.metric === wanted.key);
    const [metric, ...more] = found;
    if (metric?.catalog === undefined) throw new Error(`${connector.id} has no ${wanted.key}`);
    expect(more).toEqual([]);

    const window = wanted.window ?? entry.usualWindow;
    const suggested = metric.catalog.suggest?.({ params: wanted.params, window }) ?? {};
    const params: unknown = metric.paramsSchema.parse({ ...suggested, ...given });
    const reading = metric.catalog.define(params);
    if (reading === null) throw new Error('it is another number');
    expect(checkParams(entry, reading.params)).toMatchObject({ ok: true });
    for (const [name, value] of Object.entries(wanted.params)) {
      expect({ name, same: sameValue(reading.params[name], value) }).toEqual({ name, same: true });
    }
    const known = params as { days: number }; // `kindOf` looks at nothing else
    const points = { window: reading.window, kind: metric.kindOf?.(known) ?? metric.kind, unit: metric.unit };
    expect(fitWindow({ window, aggregate: 'latest' }, points)).toEqual({ aggregate: 'latest', same: true });
    expect(metric.unit).toBe(read.draft.unit);
  });
});

import { checkParams, definitionOf, findMetric as findCatalogMetric } from '../domain/catalog/index.ts';
import { localDay } from '../domain/day.ts';
import type { MetricKind, Unit } from '../domain/metric.ts';
import { AppError, invalidField } from './errors.ts';
import { digestOf } from './ingest-values.ts';
import { checkTimeZone } from './metric-zone.ts';
import type { Actor, Deps, MetricDefinition, MetricRecord } from './ports.ts';
import { recordChange } from './record-change.ts';

export type ValuesMetricDraft = {
  key: string;
  title: string | null;
  /** Absent: as the definition says. */
  kind: MetricKind | null;
  unit: Unit | null;
  /** Of money. */
  currency: string | null;
  timeZone: string | null;
  staleAfterDays: number;
  /** What the values mean, by the catalogue. */
  definition: { metric: string; params: Record<string, unknown> } | null;
};

/** Names a number that no connector reads: people and programs bring its values. */
export async function createValuesMetric(
  deps: Deps,
  actor: Actor,
  draft: ValuesMetricDraft,
): Promise<MetricRecord> {
  const timeZone = checkTimeZone(draft.timeZone ?? actor.workspace.timeZone);
  const means = draft.definition === null ? null : meaningOf(draft.definition, timeZone);
  const kind = draft.kind ?? means?.kind ?? null;
  const unit = draft.unit ?? means?.unit ?? null;
  if (kind === null || unit === null) {
    const field = kind === null ? 'kind' : 'unit';
    const examples = kind === null ? '"flow", "stock" or "ratio"' : '"count", "ratio" or "money"';
    throw invalidField(
      `/${field}`,
      `${field}_missing`,
      `"${draft.key}" has no ${field}.`,
      `Name one, such as ${examples}.`,
    );
  }
  if (means !== null && unit !== means.unit) {
    const detail = `The unit is ${unit}, and ${draft.definition?.metric} is counted in ${means.unit}.`;
    throw invalidField('/unit', 'unit_invalid', detail, 'Leave the unit out, or the definition.');
  }
  const currency = currencyOf(draft, unit);
  const metric = await deps.atomically(async (inside) => {
    const metric = await inside.sources.createMetric({
      workspaceId: actor.workspace.id,
      source: 'values',
      connectionId: '',
      key: draft.key,
      title: draft.title ?? draft.key,
      connectorMetric: 'values',
      params: {},
      kind,
      unit,
      currency,
      timeZone,
      settlesAfterHours: 0, // what was sent is what was meant; a correction is another delivery
      rereadDays: 0,
      staleAfterDays: draft.staleAfterDays,
      cadence: 'day',
      readEveryHours: null,
      history: 'backfill',
      historyStartDay: localDay(await inside.clock.now(), timeZone), // the first delivery takes it back to its first day
      definitionHash: digestOf({
        source: 'values',
        kind,
        unit,
        currency,
        timeZone,
        definition: means?.definition ?? null,
      }),
      definition: means?.definition ?? null,
      inputs: [],
      changeReason: null,
    });
    const { key, definition } = metric;
    await recordChange(inside, actor, 'create', 'metric', metric.id, {
      key,
      source: 'values',
      kind,
      unit,
      currency,
      definition,
    });
    return metric;
  });
  return metric;
}

function currencyOf({ currency, key }: ValuesMetricDraft, unit: Unit): string | null {
  if (unit !== 'money') {
    if (currency === null) return null;
    throw invalidField(
      '/currency',
      'currency_invalid',
      `"${key}" counts in ${unit}, which has no currency.`,
      'Leave it out.',
    );
  }
  if (currency !== null && /^[a-z]{3}$/i.test(currency)) return currency.toLowerCase();
  const detail =
    currency === null ? `"${key}" is money without a currency.` : `"${currency}" is no currency.`;
  throw invalidField('/currency', 'currency_invalid', detail, 'Name one by its three letters, such as EUR.');
}

function meaningOf(
  { metric: key, params }: NonNullable<ValuesMetricDraft['definition']>,
  timeZone: string,
): { definition: MetricDefinition; kind: MetricKind; unit: Unit } {
  const metric = findCatalogMetric(key);
  if (metric === null) {
    const detail = `The catalogue has no metric "${key}".`;
    throw invalidField(
      '/definition/metric',
      'unknown_metric',
      detail,
      'Name one of the catalogue, or leave the definition out.',
    );
  }
  const checked = checkParams(metric, params);
  if (!checked.ok) {
    throw new AppError(
      'invalid',
      'validation',
      checked.problems.map(({ problem }) => problem).join(' '),
      'Change the parameters, then try again.',
      {
        errors: checked.problems.map(({ param, problem }) => ({
          pointer: `/definition/params/${param}`,
          code: 'params_invalid',
          detail: problem,
        })),
      },
    );
  }
  const definition = definitionOf(metric, checked.params, metric.usualWindow, timeZone);
  return { definition: { kind: 'catalog', ...definition }, kind: metric.kind, unit: metric.unit.storedAs };
}

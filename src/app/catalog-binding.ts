import {
  checkParams as checkCatalogParams,
  findMetric as findCatalogMetric,
} from '../domain/catalog/index.ts';
import type { ParamValues, WindowRule } from '../domain/catalog/types.ts';
import type { Unit } from '../domain/metric.ts';
import type { AskedDefinition, AskProvider } from './accept-metric.ts';
import type { Notice } from './account-notices.ts';
import { definitionFor } from './catalog-definition.ts';
import { findConnector } from './create-connection.ts';
import { type NewMetric, newMetric } from './create-metric.ts';
import { AppError, invalidField } from './errors.ts';
import { findConnection } from './find.ts';
import { type FittedWindow, fitWindow, type WantedWindow } from './fit-window.ts';
import type { Actor, ConnectionRecord, Deps, MeasurableMetric, MetricRecord } from './ports.ts';
import { measurableOn, nearOn } from './read-catalog.ts';
import { sameValue, writtenValue } from './same-value.ts';

/** A metric of the catalogue as a Key Result means it. */
export type WantedMetric = WantedWindow & {
  metric: string;
  /** Those that are named; what is not may be what it is by default. */
  params: ParamValues;
  unit: Unit;
  currency: string | null;
};

/** What to measure it with. */
export type MeasureRequest = {
  connection: string;
  /** The connector's name for it, where it has several that mean the same. */
  metric?: string | null | undefined;
  /** Under the connector's names. */
  params: Record<string, unknown>;
};

/** A checked metric that is not stored yet, or one of the workspace that is the very same. */
export type PlannedMeasurement = {
  metric: NewMetric | MetricRecord;
  fit: FittedWindow;
  /** What the provider said to it, and how its days differ. */
  warnings: Notice[];
};

const HISTORY_DAYS = 180;

/**
 * Works out the metric that measures a wanted one on a connection. Nothing is stored.
 *
 * @param key the name of the metric when it has to be made
 * @throws AppError when the connection cannot measure it, a parameter is missing, or the number would be another one
 */
export async function planMeasurement(
  deps: Deps,
  actor: Actor,
  wanted: WantedMetric,
  request: MeasureRequest,
  key: string,
  ask?: AskProvider,
): Promise<PlannedMeasurement> {
  const { connection, measurable, params, suggested } = await askedOf(deps, actor, wanted, request);
  const draft = {
    key,
    connection: connection.id,
    metric: measurable.metric,
    params,
    historyDays: HISTORY_DAYS,
  };
  const { metric, warnings } = await newMetric(deps, actor, draft, ask);
  const { definition } = metric;
  if (definition?.kind !== 'catalog') {
    throw refusal(
      wanted,
      connection,
      'with these parameters it is another number',
      'Leave out what filters it.',
    );
  }
  const changed = wordsOfOwner(deps, connection, measurable, suggested, request.params);
  for (const [name, value] of Object.entries(wanted.params)) {
    if (changed.has(name) || sameValue(definition.params[name], value)) continue;
    const why = `${name} would be ${writtenValue(definition.params[name])} and not ${writtenValue(value)}`;
    throw refusal(wanted, connection, why, 'Give the parameter yourself if that is what you want.');
  }
  const window = definition.window as WindowRule; // it was just made
  const fit = fitWindow(wanted, { window, kind: metric.kind, unit: metric.unit });
  if (fit === null) {
    const why = `its days are ${writtenValue(window)} and not ${writtenValue(wanted.window)}`;
    throw refusal(wanted, connection, why, 'Take another connection, or another metric.');
  }
  refuseOtherUnit(wanted, metric);
  const metrics = await deps.sources.listMetrics(actor.workspace.id, connection.id);
  const known = metrics.find(({ definitionHash }) => definitionHash === metric.definitionHash);
  return { metric: known ?? metric, fit, warnings };
}

async function askedOf(deps: Deps, actor: Actor, wanted: WantedMetric, request: MeasureRequest) {
  const connection = await findConnection(deps, actor, request.connection);
  const measurable = measurableFor(deps, connection, wanted, request);
  const suggested = measurable.catalog?.suggest({ params: wanted.params, window: wanted.window }) ?? {};
  return { connection, measurable, suggested, params: { ...suggested, ...request.params } };
}

/** What a provider is going to be asked about; null where that is refused before anybody is asked. */
export async function definitionAsked(
  deps: Deps,
  actor: Actor,
  wanted: WantedMetric,
  request: MeasureRequest,
): Promise<AskedDefinition | null> {
  try {
    const { connection, measurable, params } = await askedOf(deps, actor, wanted, request);
    const checked = deps.connectors.checkParams(connection.connectorId, measurable.metric, params);
    return checked.ok ? { connection, metric: measurable.metric, params: checked.params } : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** The one metric of the workspace that is measured already and has this very meaning; null when none or several are. */
export function knownMeasurement(
  metrics: readonly MetricRecord[],
  wanted: WantedMetric,
): { metric: MetricRecord; fit: FittedWindow } | null {
  const entry = findCatalogMetric(wanted.metric);
  const checked = entry === null ? null : checkCatalogParams(entry, wanted.params);
  if (checked === null || !checked.ok) return null;
  const found = metrics.flatMap((metric) => {
    const { currency, definition, kind, unit } = metric;
    if (definition?.kind !== 'catalog' || definition.metric !== wanted.metric || unit !== wanted.unit)
      return [];
    if (!sameValue(definition.params, checked.params) || !sameCurrency(currency, wanted.currency)) return [];
    // What the catalogue stores as a window is one of its rules.
    const fit = fitWindow(wanted, { window: definition.window as WindowRule, kind, unit });
    return fit?.same === true ? [{ metric, fit }] : [];
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}

/**
 * What measures a wanted metric on a connection. Of several that go by its name it is the first that these parameters make the
 * very same number.
 *
 * @throws AppError when nothing measures it there, or none of several is the very same and none was named
 */
export function measurableFor(
  deps: Deps,
  connection: ConnectionRecord,
  wanted: Pick<WantedMetric, 'metric' | 'params' | 'window'>,
  { metric: name = null, params }: MeasureRequest,
): MeasurableMetric {
  const { metric: key } = wanted;
  const { title } = findConnector(deps, connection.connectorId);
  const all = measurableOn(deps, connection, key);
  const chosen = name === null ? all : all.filter(({ metric }) => metric === name);
  const [first, second] = chosen;
  if (first !== undefined && second === undefined) return first;
  const same = chosen.find((each) => isVerySame(deps, connection, each, wanted, params));
  if (same !== undefined) return same;
  const names = all.map(({ metric }) => metric).join(', ');
  if (all.length > 0) {
    const detail = `The connection "${connection.key}" (${title}) measures "${key}" as ${names}.`;
    throw invalidField('/metric', 'measurable_unclear', detail, 'Name one of them.');
  }
  const [near] = nearOn(deps, connection, key);
  const but =
    near === undefined ? '' : ` Its "${near.metric}" comes near, and is another number: ${near.description}`;
  const detail = `The connection "${connection.key}" (${title}) does not measure "${key}".${but}`;
  throw invalidField('/connection', 'not_measurable', detail, `See what does: tidemark catalog ${key}`);
}

function isVerySame(
  deps: Deps,
  connection: ConnectionRecord,
  measurable: MeasurableMetric,
  { params, window }: Pick<WantedMetric, 'params' | 'window'>,
  given: Record<string, unknown>,
): boolean {
  const suggested = measurable.catalog?.suggest({ params, window }) ?? {};
  const checked = deps.connectors.checkParams(connection.connectorId, measurable.metric, {
    ...suggested,
    ...given,
  });
  const definition = checked.ok ? definitionFor(measurable, checked.params, 'UTC') : null;
  if (definition === null) return false;
  return Object.entries(params).every(([name, value]) => sameValue(definition.params[name], value));
}

/** Parameters of the catalogue that are what they are because the owner said so. */
function wordsOfOwner(
  deps: Deps,
  connection: ConnectionRecord,
  measurable: MeasurableMetric,
  suggested: Record<string, unknown>,
  given: Record<string, unknown>,
): Set<string> {
  const meant = (params: Record<string, unknown>): Record<string, unknown> | null => {
    const checked = deps.connectors.checkParams(connection.connectorId, measurable.metric, params);
    // The zone changes no parameter.
    return checked.ok ? (definitionFor(measurable, checked.params, 'UTC')?.params ?? null) : null;
  };
  const told = meant({ ...suggested, ...given }) ?? {};
  const words = Object.keys(given).flatMap((name) => {
    const { [name]: _left, ...others } = given;
    const untold = meant({ ...suggested, ...others });
    // Without it nothing can be measured: it is a name, such as that of an event or of a saved funnel.
    if (untold === null) return Object.keys(told).filter((each) => isName(told[each]));
    return Object.keys(told).filter((each) => !sameValue(told[each], untold[each]));
  });
  return new Set(words);
}

/** What somebody calls an event or a step, other than a number or a choice. */
function isName(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function refuseOtherUnit({ currency, metric, unit }: WantedMetric, measured: NewMetric | MetricRecord): void {
  if (measured.unit !== unit) {
    const detail = `"${metric}" is measured in ${measured.unit}, and the Key Result counts ${unit}.`;
    throw invalidField('/metric', 'unit_differs', detail, 'Choose another metric, or change the Key Result.');
  }
  if (measured.currency === null || sameCurrency(measured.currency, currency)) return;
  const detail = `"${metric}" would be in ${measured.currency.toUpperCase()}, and the Key Result is in ${currency?.toUpperCase() ?? 'no currency'}.`;
  throw invalidField('/params/currency', 'currency_differs', detail, 'Name the currency of the Key Result.');
}

function sameCurrency(left: string | null, right: string | null): boolean {
  return (left ?? '').toLowerCase() === (right ?? left ?? '').toLowerCase();
}

function refusal({ metric }: WantedMetric, { key }: ConnectionRecord, why: string, fix: string): AppError {
  const detail = `The connection "${key}" cannot measure "${metric}" as it is meant: ${why}.`;
  return invalidField('/connection', 'meaning_differs', detail, fix);
}

import { type Acceptance, type ConnectorContext, ConnectorError } from '../sdk/index.ts';
import { checkNames, type Verdict } from './accept-names.ts';
import { withGa4Client } from './client.ts';
import type { Ga4Config } from './config.ts';
import { isRefusedQuestion } from './errors.ts';
import type { Filter } from './filter.ts';
import { propertyFacts } from './property-facts.ts';
import type { Catalogue } from './schema.ts';

type Context = ConnectorContext<Ga4Config>;

/** One report that a definition would ask for. */
export type Wanted = { metrics: string[]; dimensions: string[]; filter: Filter | null };
/** The reports of a definition, the names its owner wrote, and what else only this metric can check. */
export type Definition = {
  reports: Wanted[];
  ownMetrics?: string[];
  ownDimensions?: string[];
  more?: (about: { context: Context; catalogue: Catalogue; currency: string }) => Promise<Verdict> | Verdict;
};

/**
 * Asks the property whether it can answer a definition: its names are known, none is blocked, and what is asked for
 * together goes together. All of it costs a few tokens once, instead of a failed read every night.
 *
 * @throws ConnectorError when the property cannot be asked
 */
export async function acceptDefinition(context: Context, definition: Definition): Promise<Acceptance> {
  const { reports, ownMetrics = [], ownDimensions = [], more } = definition;
  const catalogue = await context.shared('ga4-catalogue', () =>
    withGa4Client(context, (client) => client.catalogue()),
  );
  const { currencyCode: currency, timeZone } = await propertyFacts(context);
  const ourMetrics = reports.flatMap(({ metrics }) => metrics);
  const names = checkNames({ ownMetrics, ownDimensions, ourMetrics }, catalogue);
  const problems = [...names.problems];
  const warnings = [...names.warnings];
  // Names that are not there go with nothing, and Google would only say so once more.
  if (problems.length === 0) {
    for (const wanted of reports) problems.push(...(await misfits(context, wanted)));
    const extra = await more?.({ context, catalogue, currency });
    problems.push(...(extra?.problems ?? []));
    warnings.push(...(extra?.warnings ?? []));
  }
  return {
    problems: [...new Set(problems)],
    warnings: [...new Set(warnings)],
    timeZone: timeZone === '' ? null : timeZone,
    currency: currency === '' ? null : currency,
  };
}

/** Google refuses what does not go together instead of saying so, and names the culprit in its text. */
async function misfits(context: Context, { dimensions, filter, metrics }: Wanted): Promise<string[]> {
  const request = {
    dimensions: dimensions.map((name) => ({ name })),
    metrics: metrics.map((name) => ({ name })),
    ...(filter === null ? {} : { dimensionFilter: filter }),
    compatibilityFilter: 'COMPATIBLE' as const,
  };
  return refusalOf(() => withGa4Client(context, (client) => client.compatibility(request)));
}

/** The sentence of a refused question; whatever else goes wrong is not the definition's fault and is thrown. */
export async function refusalOf(ask: () => Promise<unknown>): Promise<string[]> {
  try {
    await ask();
    return [];
  } catch (error) {
    if (error instanceof ConnectorError && isRefusedQuestion(error)) {
      return [`Google cannot answer this: ${error.message}`];
    }
    throw error;
  }
}

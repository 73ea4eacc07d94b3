import type { MetricType } from './catalog.ts';
import { invalid } from './errors.ts';
import { fieldsOf } from './filter.ts';
import { formulaOf } from './metric-expression.ts';
import { dimensionNamed, metricNamed, refuseMisfit } from './names.ts';
import type { DimensionAsked, MetricAsked, ReportRequest } from './request.ts';

/** A column of a report, worked out of one or several dimensions. */
export type Column = { name: string; sources: readonly string[]; shown(values: readonly string[]): string };

/** A number of a report, worked out of one or several metrics. */
export type Figure = {
  name: string;
  type: MetricType;
  invisible: boolean;
  sources: readonly string[];
  value(of: (metric: string) => number): number;
};

type Asked = Pick<ReportRequest, 'dimensions' | 'metrics' | 'dimensionFilter' | 'metricFilter'>;

const MAX_DIMENSIONS = 9;
const MAX_METRICS = 10;

/** What a report and a check of compatibility ask for in the same way. @throws Refusal (400) */
export function fieldsAsked(request: Asked): { columns: Column[]; figures: Figure[] } {
  refuseMany('dimensions', request.dimensions, MAX_DIMENSIONS);
  refuseMany('metrics', request.metrics, MAX_METRICS);
  const columns = request.dimensions.map(columnOf);
  const figures = request.metrics.map(figureOf);
  const filtered = fieldsOf(request.dimensionFilter);
  for (const name of filtered) dimensionNamed(name);
  refuseMisfit([...sourcesOf(columns), ...filtered], sourcesOf(figures));
  return { columns, figures };
}

export function sourcesOf(fields: readonly { sources: readonly string[] }[]): string[] {
  return [...new Set(fields.flatMap(({ sources }) => sources))];
}

/** @throws Refusal (400) for a name that there is not, and for an expression that is none */
export function columnOf({ name, dimensionExpression }: DimensionAsked): Column {
  if (dimensionExpression === undefined) {
    return { name, sources: [dimensionNamed(name).apiName], shown: ([value = '']) => value };
  }
  const { lowerCase, upperCase, concatenate } = dimensionExpression;
  const given = [lowerCase, upperCase, concatenate].filter((member) => member !== undefined);
  if (given.length !== 1) throw invalid('A dimension expression needs exactly one of its members.');
  refuseTaken(name, 'dimension', dimensionNamed);
  const names = concatenate?.dimensionNames ?? [(lowerCase ?? upperCase)?.dimensionName ?? ''];
  const sources = names.map((source) => dimensionNamed(source).apiName);
  const shown = (values: readonly string[]) => {
    const joined = values.join(concatenate?.delimiter ?? '');
    if (lowerCase !== undefined) return joined.toLowerCase();
    return upperCase === undefined ? joined : joined.toUpperCase();
  };
  return { name, sources, shown };
}

function figureOf({ name, expression, invisible = false }: MetricAsked): Figure {
  if (expression === undefined || expression === '') {
    const { apiName, type } = metricNamed(name);
    return { name: apiName, type, invisible, sources: [apiName], value: (of) => of(apiName) };
  }
  if (!/^[A-Za-z]\w*$/.test(name)) throw invalid(`Invalid name of a metric expression: ${name}.`);
  refuseTaken(name, 'metric', metricNamed);
  const { names, value } = formulaOf(expression);
  const sources = names.map((source) => metricNamed(source).apiName);
  return { name, type: 'TYPE_FLOAT', invisible, sources, value };
}

/** An expression may not go by the name of something that is there already. */
function refuseTaken(name: string, kind: string, known: (name: string) => unknown): void {
  let isTaken = true;
  try {
    known(name);
  } catch {
    isTaken = false;
  }
  if (isTaken) throw invalid(`The name ${name} of an expression is that of a ${kind}.`);
}

function refuseMany(what: string, asked: readonly { name: string }[], limit: number): void {
  if (asked.length > limit) {
    throw invalid(
      `Requests are limited to ${limit} ${what} within a nested request. This request is for ${asked.length} ${what}.`,
    );
  }
  const names = asked.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(`The ${what} contain ${twice} more than once.`);
}

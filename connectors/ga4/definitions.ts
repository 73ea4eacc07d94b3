import { type Definition, refusalOf } from './accept.ts';
import { findName, type Verdict } from './accept-names.ts';
import { withGa4Client } from './client.ts';
import { fieldsOf } from './filter.ts';
import { daysLookedAt, funnelRequest } from './funnel-plan.ts';
import {
  type FunnelParams,
  filterOf,
  type RatioParams,
  type RevenueParams,
  type TotalParams,
} from './params.ts';
import { asksOf, currentFilter, type Question, ratio, revenue, total } from './questions.ts';
import { shifted } from './spans.ts';

/** `MetricType.TYPE_CURRENCY` by name, or by number as the official client may leave it. */
const CURRENCY_TYPES = ['TYPE_CURRENCY', '9'];

/** Reports by date; the filters are given as they were written, so that old names in them are told. */
export function reportDefinition(
  question: Question,
  filters: readonly (readonly string[])[] = [],
  ownMetrics: string[] = [],
): Definition {
  return {
    reports: asksOf(question).map(({ filter, names }) => ({ metrics: names, dimensions: ['date'], filter })),
    ownMetrics,
    ownDimensions: filters.flatMap(namesIn),
  };
}

export function totalDefinition(params: TotalParams): Definition {
  return {
    ...reportDefinition(total(params), [params.filter], [params.metric]),
    more: ({ catalogue }) => addsUpProblems(params.metric, findName(params.metric, catalogue.metrics)),
  };
}

export function ratioDefinition(params: RatioParams): Definition {
  const { denominator, denominatorFilter, numerator, numeratorFilter } = params;
  return reportDefinition(ratio(params), [numeratorFilter, denominatorFilter], [numerator, denominator]);
}

export function revenueDefinition(params: RevenueParams): Definition {
  return {
    ...reportDefinition(revenue(params), [params.filter]),
    more: ({ currency }): Verdict => {
      const theirs = currency.toUpperCase();
      const ours = params.currency.toUpperCase();
      if (theirs === ours || theirs === '') return { problems: [], warnings: [] };
      return params.convert
        ? {
            problems: [],
            warnings: [`Google converts revenue from ${theirs} into ${ours} at its own rates.`],
          }
        : {
            problems: [
              `The property keeps its money in ${theirs}, not in ${ours}: set currency to ${theirs}, or convert to true.`,
            ],
            warnings: [],
          };
    },
  };
}

/** People of a window, who are asked for without the date. */
export function usersDefinition(name: string, filter: readonly string[]): Definition {
  return {
    reports: [{ metrics: [name], dimensions: [], filter: currentFilter(filter) }],
    ownDimensions: namesIn(filter),
  };
}

/** Nobody says what goes together in a funnel, so that of one day is asked for. */
export function funnelDefinition(params: FunnelParams): Definition {
  return {
    reports: [],
    ownDimensions: namesIn(params.filter),
    more: async ({ context }) => {
      const day = shifted(context.now.toISOString().slice(0, 10), -2 - daysLookedAt(params));
      const ask = () =>
        withGa4Client(context, (client) => client.funnel(funnelRequest(params, day), daysLookedAt(params)));
      return { problems: await refusalOf(ask), warnings: [] };
    },
  };
}

/** What a name does not give away, the property’s own list does: its type, and the formula it is worked out by. */
function addsUpProblems(
  name: string,
  found: { type?: string | number | null | undefined; expression?: string | null | undefined } | null,
): Verdict {
  const problems: string[] = [];
  if (CURRENCY_TYPES.includes(String(found?.type ?? '')))
    problems.push(`"${name}" is money: use the metric "revenue", which knows its currency.`);
  if (found?.expression?.includes('/') === true)
    problems.push(
      `"${name}" is ${found.expression}, and rates do not add up: use "report_ratio" with both of its counts.`,
    );
  return { problems, warnings: [] };
}

function namesIn(filter: readonly string[]): string[] {
  return fieldsOf(filterOf(filter)).names;
}

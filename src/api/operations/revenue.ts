import { explainKeyResultMovements, explainMovements } from '../../app/explain-movements.ts';
import { keepRates } from '../../app/keep-rates.ts';
import { readRates } from '../../app/read-rates.ts';
import { type Operations, page } from '../call.ts';
import type { revenueRoutes } from '../contracts/revenue.ts';
import { movementsView, rateView } from '../views-revenue.ts';
import { rateRows } from './rate-rows.ts';

type Query = { from?: string | undefined; to?: string | undefined; limit: number };
const asked = ({ from, limit, to }: Query) => ({ from: from ?? null, to: to ?? null, limit });

export const revenueOperations: Pick<Operations, keyof typeof revenueRoutes> = {
  explainMovements: async ({ deps, actor, params, query }) =>
    movementsView(await explainMovements(deps, actor, params.id, asked(query))),
  explainKeyResultMovements: async ({ deps, actor, params, query }) =>
    movementsView(await explainKeyResultMovements(deps, actor, params.id, asked(query))),
  keepRates: async ({ deps, actor, params, body }) => {
    const given =
      'rates' in body
        ? rateRows(body.rates.map((row) => JSON.stringify(row)).join('\n'), 'jsonl')
        : rateRows(body.text, body.format);
    return keepRates(deps, actor, params.id, given.rows, { problems: given.problems, more: false });
  },
  listRates: async ({ deps, actor, params }) =>
    page((await readRates(deps, actor, params.id)).rates.map(rateView)),
};

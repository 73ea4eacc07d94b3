import { z } from 'zod';

/** A metric of this connector: one query, and what its numbers are. */

export const MOST_QUERY_BYTES = 20_480;

const UNITS = 'count, ratio, money, duration (seconds), rating, score or custom:<name>';

const shape = z.strictObject({
  query: z
    .string()
    .trim()
    .min(1, { error: 'write a query that gives the columns day and value' })
    .refine((text) => Buffer.byteLength(text) <= MOST_QUERY_BYTES, {
      error: `the query is longer than ${MOST_QUERY_BYTES / 1024} KB; put its parts into a view`,
    })
    .describe(
      'One SELECT with the columns day and value (kind ratio: day, numerator, denominator). Use :start and :end (instants, end not included), :start_day and :end_day (dates) and :tz; they are bound, never pasted.',
    )
    .meta({ contentMediaType: 'application/sql' }),
  kind: z
    .enum(['flow', 'stock', 'ratio'], { error: 'choose flow, stock or ratio' })
    .default('flow')
    .describe(
      'How days combine: flow adds up (orders), stock is a level of which the newest counts (open tickets), ratio has a numerator and a denominator',
    ),
  unit: z
    .string()
    .regex(/^(?:count|ratio|money|duration|rating|score|custom:[^\s:][^:]{0,39})$/, {
      error: `choose ${UNITS}`,
    })
    .default('count')
    .describe(`What the value counts: ${UNITS}`),
  currency: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z]{3}$/, { error: 'write the three letters of a currency, such as EUR' })
    .optional()
    .describe('For money: the currency'),
  moneyIn: z
    .enum(['major', 'minor'], { error: 'choose major or minor' })
    .optional()
    .describe('For money: whether the query gives major units (12.50 euros) or minor units (1250 cents)'),
  missing: z
    .enum(['none', 'zero'], { error: 'choose none or zero' })
    .default('none')
    .describe(
      'A day without a row: none says that there is no value; zero says that nothing happened (kind flow only), which is true only if the table is always loaded',
    ),
  settlesAfterHours: z
    .int()
    .min(0)
    .max(2_160)
    .default(24)
    .describe('Hours after the end of a day until its value no longer changes'),
  rereadDays: z
    .int()
    .min(0)
    .max(60)
    .default(3)
    .describe('Days back that every sync asks for again, beyond those that have not settled'),
});

export type SqlParams = z.output<typeof shape>;

const checked = shape.superRefine((params, context) => {
  const problem = (path: keyof SqlParams, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  const isMoney = params.unit === 'money';
  if (isMoney && params.currency === undefined) problem('currency', 'money needs its currency, such as EUR');
  if (isMoney && params.moneyIn === undefined)
    problem('moneyIn', 'say whether the query gives major units (12.50) or minor units (1250)');
  if (!isMoney && params.moneyIn !== undefined)
    problem('moneyIn', 'only money is in units of a currency; choose unit money');
  if (params.unit === 'ratio' && params.kind !== 'ratio')
    problem('kind', 'a ratio needs a numerator and a denominator: choose kind ratio');
  if (params.missing === 'zero' && params.kind !== 'flow')
    problem('missing', `a ${params.kind} without a row is not known to be zero; choose none`);
});

/** A form may bring the currency of the account along; what is no money has none. */
export const paramsSchema: z.ZodType<SqlParams> = checked.transform(({ currency, ...params }) =>
  params.unit === 'money' && currency !== undefined ? { ...params, currency } : params,
);

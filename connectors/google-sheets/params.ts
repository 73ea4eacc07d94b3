import { z } from 'zod';
import { spreadsheetIdSchema } from './config.ts';

const UNITS = 'count, ratio, money, duration (seconds), rating, score or custom:<name>';

const columnName = z.string().trim().min(1, { error: 'Write the name of a column' }).max(200);

const place = {
  range: z
    .string({ error: 'Write a range such as Log!A:D, or the name of one' })
    .trim()
    .min(1, { error: 'Write a range such as Log!A:D, or the name of one' })
    .max(300)
    .describe(
      'Range with a first row that names its columns: Log!A:D, the name of a sheet, or a named range',
    ),
  spreadsheetId: spreadsheetIdSchema
    .optional()
    .describe('Another spreadsheet than that of the connection, by its address or id'),
};
const dateColumn = columnName.describe('Column with the date, or the date and time');

/** People mend sheets whenever they see a mistake: a sheet costs one request however much of it is read again. */
const late = {
  settlesAfterHours: z
    .int()
    .min(0)
    .max(2_160)
    .default(24)
    .describe('Hours after the end of a day until its rows are written'),
  rereadDays: z
    .int()
    .min(0)
    .max(366)
    .default(92)
    .describe('Days back that every sync reads again, beyond those that have not settled'),
};

const filters = {
  labelColumn: columnName.optional().describe('Only rows with one of the labels in this column'),
  labels: z
    .array(z.string().trim().min(1).max(200))
    .min(1)
    .max(50)
    .optional()
    .describe('What may stand in labelColumn, such as problem-interview; upper and lower case are the same'),
  exceptColumn: columnName.optional().describe('Not the rows with one of these texts in this column'),
  exceptValues: z
    .array(z.string().trim().min(1).max(200))
    .min(1)
    .max(50)
    .optional()
    .describe('What leaves a row out, such as cancelled'),
};

const counted = {
  unit: z
    .string()
    .regex(/^(?:count|ratio|money|duration|rating|score|custom:[^\s:][^:]{0,39})$/, {
      error: `Choose ${UNITS}`,
    })
    .default('count')
    .describe(`What the value counts: ${UNITS}`),
  currency: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z]{3}$/, { error: 'Write the three letters of a currency, such as EUR' })
    .optional()
    .describe('For money: the currency'),
  moneyIn: z
    .enum(['major', 'minor'])
    .default('major')
    .describe('For money: whether the sheet has euros (12.50) or cents (1250)'),
};

export const seriesParams = z
  .object({
    ...place,
    dateColumn,
    kind: z
      .enum(['flow', 'stock', 'ratio'])
      .default('flow')
      .describe(
        'How days combine: flow adds up, stock is a level of which the newest counts, ratio has a numerator and a denominator',
      ),
    valueColumn: columnName.optional().describe('Column with the value; not of a ratio'),
    numeratorColumn: columnName.optional().describe('For a ratio: column that is summed above the line'),
    minusColumn: columnName
      .optional()
      .describe('For a ratio: column that is taken off the numerator, such as the cost of a revenue'),
    denominatorColumn: columnName.optional().describe('For a ratio: column that is summed below the line'),
    combine: z
      .enum(['error', 'sum'])
      .default('error')
      .describe('Several rows of one day: an error, or added up'),
    missing: z
      .enum(['none', 'zero'])
      .default('none')
      .describe('A day without a row: no value, or (kind flow only) nothing happened'),
    ...counted,
    ...late,
    staleAfterDays: z
      .int()
      .min(1)
      .max(366)
      .default(10)
      .describe('Days without a row after which the newest is too old to judge by'),
  })
  .superRefine((params, context) => {
    const refuse = refusal(context);
    const { denominatorColumn, kind, minusColumn, numeratorColumn, valueColumn } = params;
    if (kind === 'ratio') {
      if (numeratorColumn === undefined || denominatorColumn === undefined)
        refuse('numeratorColumn', 'A ratio needs numeratorColumn and denominatorColumn');
      if (valueColumn !== undefined) refuse('valueColumn', 'A ratio has two columns instead');
    } else {
      if (valueColumn === undefined) refuse('valueColumn', 'Say which column holds the value');
      if ([numeratorColumn, minusColumn, denominatorColumn].some((name) => name !== undefined))
        refuse('numeratorColumn', 'Only the kind ratio has numerator and denominator');
      if (params.unit === 'ratio' && kind === 'flow')
        refuse('kind', 'Ratios do not add up: choose the kind ratio, or stock for a finished one');
    }
    if (params.missing === 'zero' && kind !== 'flow')
      refuse('missing', `A ${kind} without a row is not known to be zero; choose none`);
    checkMoney(params, refuse);
  });

export const cellParams = z
  .object({
    cell: z
      .string({ error: 'Write a cell such as Summary!B2, or the name of one' })
      .trim()
      .min(1)
      .max(300)
      .describe('One cell, such as Summary!B2, or the name of one'),
    spreadsheetId: place.spreadsheetId,
    ...counted,
  })
  .superRefine((params, context) => checkMoney(params, refusal(context)));

export const rowCountParams = z
  .object({
    ...place,
    dateColumn,
    ...filters,
    idColumn: columnName
      .optional()
      .describe('Column that tells entries apart: an id counts once, on the day of its first row'),
    ...late,
  })
  .superRefine((params, context) => checkFilters(params, refusal(context)));

export const rowsMeanParams = z
  .object({
    ...place,
    dateColumn,
    valueColumn: columnName.describe('Column with the number of which the mean is taken'),
    ...filters,
    ...counted,
    ...late,
    staleAfterDays: z
      .int()
      .min(1)
      .max(366)
      .default(10)
      .describe('Days without a row after which the newest is too old to judge by'),
  })
  .superRefine((params, context) => {
    checkFilters(params, refusal(context));
    checkMoney(params, refusal(context));
  });

export const surveyParams = z.object({
  ...place,
  dateColumn,
  scoreColumn: columnName.describe('Column with the answer from 0 to 10'),
  respondentColumn: columnName
    .optional()
    .describe(
      'Column that says who answered: only the latest answer of a person counts. Without it all count',
    ),
  days: z.int().min(1).max(366).default(90).describe('A point looks at this many days up to its own'),
  minResponses: z
    .int()
    .min(1)
    .max(100_000)
    .default(1)
    .describe('With fewer answers there is no value, only their number'),
  ...late,
});

export const learningParams = z.object({
  ...place,
  dateColumn,
  learningColumn: columnName.describe('Column with the hours spent learning'),
  totalColumn: columnName.describe('Column with all hours worked'),
  ...late,
  staleAfterDays: z
    .int()
    .min(1)
    .max(366)
    .default(35)
    .describe('Days without a row after which the newest is too old to judge by'),
});

export type SeriesParams = z.infer<typeof seriesParams>;
export type CellParams = z.infer<typeof cellParams>;
export type RowCountParams = z.infer<typeof rowCountParams>;
export type RowsMeanParams = z.infer<typeof rowsMeanParams>;
export type SurveyParams = z.infer<typeof surveyParams>;
export type LearningParams = z.infer<typeof learningParams>;
export type Filters = Pick<RowCountParams, 'labelColumn' | 'labels' | 'exceptColumn' | 'exceptValues'>;
export type Counted = Pick<SeriesParams, 'unit' | 'currency' | 'moneyIn'>;

type Refusal = (field: string, message: string) => void;

function refusal(context: z.RefinementCtx): Refusal {
  return (field, message) => context.addIssue({ code: 'custom', path: [field], message });
}

function checkMoney({ currency, unit }: Counted, refuse: Refusal): void {
  if ((unit === 'money') !== (currency !== undefined))
    refuse('currency', unit === 'money' ? 'Say the currency of the money' : 'Only money has a currency');
}

function checkFilters(params: Filters, refuse: Refusal): void {
  const { exceptColumn, exceptValues, labelColumn, labels } = params;
  if ((labelColumn === undefined) !== (labels === undefined))
    refuse('labels', 'labelColumn and labels go together');
  if ((exceptColumn === undefined) !== (exceptValues === undefined))
    refuse('exceptValues', 'exceptColumn and exceptValues go together');
}

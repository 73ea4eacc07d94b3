import { defineMetric, type MetricDefinition } from '../sdk/index.ts';
import { acceptReading } from './accept.ts';
import { averageMeaning, countMeaning, learningMeaning, npsMeaning } from './catalog.ts';
import { readCell } from './cell.ts';
import type { SheetsContext } from './client.ts';
import type { SheetsConfig } from './config.ts';
import { countPoints, meanPoints } from './log.ts';
import {
  type CellParams,
  type Counted,
  cellParams,
  type LearningParams,
  learningParams,
  type RowCountParams,
  type RowsMeanParams,
  rowCountParams,
  rowsMeanParams,
  type SeriesParams,
  type SurveyParams,
  seriesParams,
  surveyParams,
} from './params.ts';
import { seriesPoints } from './series.ts';
import { type Place, readSheet, type Sheet } from './sheet.ts';
import { type Scale, surveyPoints } from './survey.ts';

type Definition<P> = MetricDefinition<SheetsConfig, P>;
type TableParams = Place & { settlesAfterHours: number; rereadDays: number };

/** What metrics of a table have in common: how it is read and tried, and that people may mend any day of it. */
function ofTable<P extends TableParams>(
  make: (sheet: Sheet, params: P) => ReturnType<Parameters<typeof readSheet>[3]>,
): Pick<Definition<P>, 'settlesAfterHours' | 'rereadDays' | 'history' | 'accept' | 'read'> {
  const read: Definition<P>['read'] = (context, window, params) =>
    readSheet(context, params, window, (sheet) => make(sheet, params));
  return {
    settlesAfterHours: ({ settlesAfterHours }) => settlesAfterHours,
    rereadDays: ({ rereadDays }) => rereadDays,
    history: 'backfill',
    accept: (context, params) =>
      acceptReading(
        context,
        { param: 'range', place: params.range, spreadsheetId: params.spreadsheetId },
        (window) => read(context, window, params),
      ),
    read,
  };
}

// The schemas let no other unit through.
const unitOf = ({ unit }: Counted) => unit as Definition<Counted>['unit'];

export const series = defineMetric<SheetsConfig, SeriesParams>({
  ...ofTable<SeriesParams>((sheet, params) => ({ points: seriesPoints(sheet, params) })),
  title: 'Series of days',
  description:
    'A table with a row for each day: a column with the date, and one with the value, or two of which one is divided by the other. The past can be read.',
  stage: 'activation',
  unit: 'count',
  kind: 'flow',
  paramsSchema: seriesParams,
  currencyParam: 'currency',
  unitOf,
  kindOf: ({ kind }) => kind,
  staleAfterDays: ({ staleAfterDays }) => staleAfterDays,
});

export const cell = defineMetric<SheetsConfig, CellParams>({
  title: 'One cell',
  description:
    'What a cell says now becomes the value of today. Its history grows from the first reading on: what a cell said before nobody can ask.',
  stage: 'activation',
  unit: 'count',
  kind: 'stock',
  paramsSchema: cellParams,
  currencyParam: 'currency',
  unitOf,
  settlesAfterHours: 0,
  rereadDays: 0,
  history: 'from_now',
  accept: (context: SheetsContext, params) =>
    acceptReading(
      context,
      { param: 'cell', place: params.cell, spreadsheetId: params.spreadsheetId },
      (window) => readCell(context, window, params),
    ),
  read: readCell,
});

export const rowCount = defineMetric<SheetsConfig, RowCountParams>({
  ...ofTable<RowCountParams>((sheet, params) => countPoints(sheet, params)),
  title: 'Rows of a log',
  description:
    'How many rows a log has for each day: interviews, tests, posts. Rows may be chosen by what stands in a column, and counted once for each id.',
  stage: 'discovery',
  unit: 'count',
  kind: 'flow',
  paramsSchema: rowCountParams,
  catalog: countMeaning,
});

export const rowsMean = defineMetric<SheetsConfig, RowsMeanParams>({
  ...ofTable<RowsMeanParams>((sheet, params) => ({ points: meanPoints(sheet, params) })),
  title: 'Mean of rows',
  description:
    'The mean of a column over the rows of each day. Longer windows divide the sum of all rows by their number.',
  stage: 'satisfaction',
  unit: 'score',
  kind: 'ratio',
  paramsSchema: rowsMeanParams,
  currencyParam: 'currency',
  unitOf,
  staleAfterDays: ({ staleAfterDays }) => staleAfterDays,
});

const survey = (scale: Scale) =>
  ({
    ...ofTable<SurveyParams>((sheet, params) => surveyPoints(sheet, params, scale)),
    stage: 'satisfaction',
    unit: 'score',
    // A person counts once in a window, so days of it are never added up.
    kind: 'distinct',
    paramsSchema: surveyParams,
  }) as const;

export const nps = defineMetric<SheetsConfig, SurveyParams>({
  ...survey('nps'),
  title: 'Net promoter score',
  description:
    'Answers of a form: share of 9 and 10 less share of 0 to 6, times 100, over the days that end with each day: -100 to 100.',
  catalog: npsMeaning,
});

export const npsAverage = defineMetric<SheetsConfig, SurveyParams>({
  ...survey('average'),
  title: 'Average survey score',
  description: 'Mean of the answers of a form from 0 to 10, over the days that end with each day: 0 to 10.',
  catalog: averageMeaning,
});

export const learningTimeShare = defineMetric<SheetsConfig, LearningParams>({
  ...ofTable<LearningParams>((sheet, params) => ({
    points: seriesPoints(sheet, {
      dateColumn: params.dateColumn,
      kind: 'ratio',
      numeratorColumn: params.learningColumn,
      denominatorColumn: params.totalColumn,
      combine: 'sum',
      missing: 'none',
      unit: 'ratio',
      moneyIn: 'major',
      called: { numeratorColumn: 'learningColumn', denominatorColumn: 'totalColumn' },
    }),
  })),
  title: 'Share of time spent learning',
  description:
    'Hours spent learning divided by all hours worked, over the rows of each day; longer windows divide sum by sum.',
  stage: 'people',
  unit: 'ratio',
  kind: 'ratio',
  paramsSchema: learningParams,
  staleAfterDays: ({ staleAfterDays }) => staleAfterDays,
  catalog: learningMeaning,
});

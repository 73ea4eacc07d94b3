import { defineConnector } from '../sdk/index.ts';
import { checkSheets } from './check.ts';
import { budgets, limits } from './client.ts';
import { allowedHosts, configSchema, type SheetsConfig } from './config.ts';
import { cell, learningTimeShare, nps, npsAverage, rowCount, rowsMean, series } from './metrics.ts';

export const googleSheets = defineConnector<SheetsConfig>({
  id: 'google_sheets',
  title: 'Google Sheets',
  experimental: true,
  version: '1',
  configSchema,
  secretFields: ['serviceAccountKey'],
  guide:
    'Create a service account with a JSON key in a Google Cloud project that has the Google Sheets API enabled, and share the ' +
    'spreadsheet with its e-mail address as a Viewer.',
  allowedHosts,
  limits,
  check: checkSheets,
  budgets,
  metrics: {
    series,
    cell,
    row_count: rowCount,
    rows_mean: rowsMean,
    nps,
    nps_average: npsAverage,
    learning_time_share: learningTimeShare,
  },
});

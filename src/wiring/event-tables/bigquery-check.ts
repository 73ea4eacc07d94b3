import { parseAnswer } from '../../../connectors/sdk/index.ts';
import { openBigquery } from '../../../connectors/sql/engines/bigquery.ts';
import { tableSchema } from '../../../connectors/sql/engines/bigquery-answers.ts';
import { caller, WHO } from '../../../connectors/sql/engines/bigquery-call.ts';
import type { Recorder } from '../../../connectors/sql/engines/session.ts';
import { columnWarnings } from './columns.ts';
import { newestAt } from './newest.ts';
import type { SessionContext, TableFacts } from './session.ts';

/** Proves that the table can be read as it was described. */
export async function checkBigquery(context: SessionContext, record: Recorder): Promise<TableFacts> {
  const { config, now } = context;
  const [table = '', dataset = '', project = config.project ?? ''] = config.table.split('.').toReversed();
  const at = [project, dataset, table].map(encodeURIComponent);
  const path = `/bigquery/v2/projects/${at[0]}/datasets/${at[1]}/tables/${at[2]}`;
  const found = parseAnswer(WHO, 'a table', tableSchema, await caller(context)('GET', path, null, record));
  const columns = found.schema.fields.map(({ name, type }) => ({ name, type: type.toLowerCase() }));
  const warnings = columnWarnings(config, columns);
  const parted =
    found.timePartitioning?.field ?? (found.timePartitioning === undefined ? null : '_PARTITIONTIME');
  if (parted !== config.timeColumn) {
    const how = parted === null ? 'is not partitioned by time' : `is partitioned by ${parted}`;
    warnings.push(`${config.table} ${how}: every statement reads, and is billed for, all of its days.`);
  }
  const newest = await newestAt(openBigquery(context), config, now, record);
  return { account: `BigQuery ${config.project}, table ${config.table}`, warnings, newestAt: newest };
}

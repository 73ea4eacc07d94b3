import { badPayload, driftError } from '../sdk/index.ts';
import { PROVIDER } from './errors.ts';
import type { Report, Row } from './schema.ts';

/** A row with its labels in the order that was asked for, whatever the order of the columns. */
export type LabelledRow = { labels: string[]; row: Row };

/**
 * The rows of a report that fits into one answer, which is what makes a missing row mean something.
 *
 * @throws ConnectorError `bad_payload` when rows are missing or a row comes twice, `schema_drift` without one of the columns
 */
export function labelledRows(report: Report, dimensions: readonly string[]): LabelledRow[] {
  if (report.rows.length !== report.rowCount) {
    const problem = `promised ${report.rowCount} rows of a report and sent ${report.rows.length}`;
    throw badPayload(PROVIDER, 'row_count', problem);
  }
  const columns = dimensions.map((name) => {
    const column = report.dimensionHeaders.findIndex((header) => header.name === name);
    if (column < 0) throw driftError(PROVIDER, `a report: there is no column ${name}`, `/headers/${name}`);
    return column;
  });
  const rows = report.rows.map((row) => ({
    row,
    labels: columns.map((column) => row.dimensionValues[column]?.value ?? ''),
  }));
  if (new Set(rows.map(({ labels }) => JSON.stringify(labels))).size < rows.length) {
    throw badPayload(PROVIDER, 'repeated_row', 'sent a row twice in one report');
  }
  return rows;
}

import type { ConnectorError } from '../../../connectors/sdk/index.ts';
import { ownersError } from '../../../connectors/sql/engines/failure.ts';
import type { EngineWords, Refusal } from '../../../connectors/sql/engines/session.ts';
import type { TableConfig } from './config.ts';

const GRANTS = 'See the grants in the guide: CONNECT, USAGE on the schema, SELECT on the table.';
const BIGQUERY_ROLES = 'Give it BigQuery Data Viewer on the table and BigQuery Job User in the project.';
const COLUMNS = 'They are userColumn, eventColumn, timeColumn, idColumn and propertiesColumn.';

/** What an engine says of its statements, in the words of a table of events and its settings. */
export function tableWords(config: TableConfig): EngineWords {
  return {
    statement: `A statement over ${config.table}`,
    path: `/${config.table}`,
    refused: (refusal) => refused(refusal, config),
    slow: 'Give the table an index or a partition on its time column, choose a shorter window, or raise statementTimeoutSeconds.',
    large: 'Choose a shorter window, or fewer steps.',
    costly: 'Partition the table by its time column, choose a shorter window, or raise maxGigabytes.',
  };
}

function refused({ cause, code, engine, kind, words }: Refusal, config: TableConfig): ConnectorError {
  const { project, table, user } = config;
  const ours = (what: string, hint: string) => ownersError('config', code, what, hint, cause);
  switch (kind) {
    case 'no_table':
      return engine === 'BigQuery'
        ? ours(
            `BigQuery does not find ${table}: ${words}.`,
            'Correct the settings "table", "project" or "location".',
          )
        : ours(`There is no table ${table}.`, 'Correct the setting "table".');
    case 'no_column': {
      const hint = `Correct the column settings, or the property that the metric names. ${COLUMNS}`;
      return ours(`A column of ${table} is missing: ${words}.`, hint);
    }
    case 'no_right':
      if (engine === 'BigQuery')
        return ours(
          `The service account may not read ${table}, or may not run jobs in ${project}.`,
          BIGQUERY_ROLES,
        );
      return engine === 'ClickHouse'
        ? ours(`The user may not read ${table}.`, `Run: GRANT SELECT ON ${table} TO ${user}`)
        : ours(`The user may not read ${table} (${words}).`, GRANTS);
    case 'writes':
      return ours(
        'A statement tried to write, and the session only reads.',
        'Look at what the view of events calls.',
      );
    case 'too_complex': {
      const what = `${engine} refuses the statement: ${words}.`;
      return ownersError(
        'too_large',
        'cannot_be_asked',
        what,
        'Choose a shorter window, or fewer steps.',
        cause,
      );
    }
    case 'misfit': {
      const what =
        engine === 'BigQuery'
          ? `BigQuery refuses a statement over ${table}: ${words}.`
          : `The columns of ${table} do not fit what they are used for: ${words} (${code}).`;
      return ours(what, 'Check which column is which, and timeAs.');
    }
    case 'unreadable': {
      const what = `Rows of ${table} cannot be read as events (${code}).`;
      const hint =
        'Check timeAs, and that the properties are JSON objects; offer repaired rows through a view.';
      return ownersError('bad_payload', 'data_unreadable', what, hint, cause);
    }
  }
}

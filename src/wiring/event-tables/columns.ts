import { ownersError } from '../../../connectors/sql/engines/failure.ts';
import type { Engine, TableConfig } from './config.ts';

/** A column by its name and what the engine calls its type, in small letters; `enum` for a type of somebody's own. */
export type Column = { name: string; type: string };

type Uses = Readonly<Record<'instant' | 'text' | 'json', RegExp>>;
const NUMBER = /^(small|big)?int|^u?int\d|^numeric|^decimal|^float|^double|^real|^bignumeric/;
/** What the statements can work with. A text that takes A for a is another text, and so is one that is filled up. */
const USES: Readonly<Record<Engine, Uses>> = {
  postgres: { instant: /^timestamp/, text: /^(text|character varying|varchar|uuid)/, json: /^(jsonb?|text)/ },
  clickhouse: { instant: /^datetime/, text: /^string/, json: /^string/ },
  bigquery: { instant: /^timestamp/, text: /^string/, json: /^string/ },
};

/**
 * What is missing or cannot be used as what it was said to be.
 *
 * @returns what can be used and may still surprise
 * @throws ConnectorError that names the setting and its column
 */
export function columnWarnings(config: TableConfig, columns: readonly Column[]): string[] {
  const uses = USES[config.engine];
  const typeOf = (setting: string, name: string) => typeOfColumn(config, columns, setting, name);
  const warnings: string[] = [];
  const time = typeOf('timeColumn', config.timeColumn);
  if (!(config.timeAs === 'instant' ? uses.instant : NUMBER).test(time)) {
    const hint = 'Choose timeAs=instant for a timestamp, milliseconds or seconds for a number.';
    throw misfit(config, config.timeColumn, time, `the time as ${config.timeAs}`, hint);
  }
  if (time.includes('without time zone')) {
    warnings.push(`"${config.timeColumn}" has no time zone; it is read as UTC.`);
  }
  const event = typeOf('eventColumn', config.eventColumn);
  if (!uses.text.test(event)) {
    throw misfit(
      config,
      config.eventColumn,
      event,
      'the name of the event',
      'Offer it as text through a view.',
    );
  }
  const user = typeOf('userColumn', config.userColumn);
  if (!uses.text.test(user) && !NUMBER.test(user)) {
    const hint = 'Name a column with the id of the person, or offer it as text through a view.';
    throw misfit(config, config.userColumn, user, 'the person', hint);
  }
  if (config.idColumn !== undefined) typeOf('idColumn', config.idColumn);
  if (config.propertiesColumn !== undefined) {
    const properties = typeOf('propertiesColumn', config.propertiesColumn);
    if (!uses.json.test(properties)) {
      const hint =
        'Use a column with a JSON object (ClickHouse and BigQuery: as a string), or propertyColumns=true.';
      throw misfit(config, config.propertiesColumn, properties, 'the properties', hint);
    }
    if (config.engine === 'postgres' && properties === 'text') {
      warnings.push(
        `"${config.propertiesColumn}" is text: a row that is no JSON makes a metric of properties fail.`,
      );
    }
  }
  return warnings;
}

function typeOfColumn(
  config: TableConfig,
  columns: readonly Column[],
  setting: string,
  name: string,
): string {
  const found = columns.find((column) => column.name === name);
  if (found !== undefined) return found.type;
  const like = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  const meant = like === undefined ? '' : ` Did you mean "${like.name}"?`;
  const hint = `Correct the setting ${setting}.${meant}`;
  throw ownersError('config', '42703', `${config.table} has no column "${name}".`, hint);
}

function misfit({ table }: TableConfig, name: string, type: string, as: string, hint: string) {
  const what = `The column "${name}" of ${table} is ${type} and cannot be read as ${as}.`;
  return ownersError('config', 'column_type', what, hint);
}

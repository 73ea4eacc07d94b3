import type { Client } from '../api/client.ts';
import { type ObjectSchema, typedValues } from './key-values.ts';

/**
 * Parameters of a connection's metrics of the catalogue, typed as its connector asks. A name stands for one type on a
 * connection; where metrics differ in it, the API says what it takes.
 */
export async function catalogParams(
  client: Client,
  connection: string,
  params: Record<string, string>,
): Promise<Record<string, unknown>> {
  if (Object.keys(params).length === 0) return {};
  const { data } = await client.call('listMeasurable', { params: { id: connection } });
  const schemas = data
    .filter(({ catalog }) => catalog !== undefined)
    .map((metric) => metric.params as ObjectSchema);
  const properties = Object.assign({}, ...schemas.map((schema) => schema.properties ?? {})) as NonNullable<
    ObjectSchema['properties']
  >;
  return typedValues(params, { properties }, '--bind');
}

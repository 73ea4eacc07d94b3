import type { Bound, Query } from './session.ts';
import type { EngineSettings } from './settings.ts';

/** The members of a request to jobs.query, as far as they are the same whether it is run or not. */

const TYPES: Readonly<Record<Bound['type'], string>> = { instant: 'TIMESTAMP', day: 'DATE', text: 'STRING' };

export function queryOf(config: EngineSettings, { bound, sql }: Query) {
  return {
    query: sql,
    useLegacySql: false,
    maximumBytesBilled: String(config.maxGigabytes * 1_000_000_000),
    ...(config.location === undefined ? {} : { location: config.location }),
    ...(bound.length === 0
      ? {}
      : {
          parameterMode: 'NAMED',
          queryParameters: bound.map(({ name, type, value }) => ({
            name,
            parameterType: { type: TYPES[type] },
            parameterValue: { value },
          })),
        }),
  };
}

export function projectPath({ project }: EngineSettings): string {
  return `/bigquery/v2/projects/${encodeURIComponent(project ?? '')}`;
}

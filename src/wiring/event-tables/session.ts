import type { EngineContext } from '../../../connectors/sql/engines/session.ts';
import type { TableConfig } from './config.ts';

export type { EngineSession as TableSession } from '../../../connectors/sql/engines/session.ts';

/** What the session of a table of events is opened with. */
export type SessionContext = EngineContext & { config: TableConfig };

/** What a check finds out beside the fact that the table can be read. */
export type TableFacts = { account: string; warnings: string[]; newestAt: Date | null };

/** More than any metric over its windows gives. */
export const MOST = { rows: 200_000, bytes: 10 * 1_048_576 };

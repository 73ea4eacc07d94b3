import type { QuotaRule } from '../../connectors/sdk/index.ts';
import type { QuotaSpent } from '../app/ports.ts';

/** Listens to what the reads of one call use up of a provider's limits. How fast it may be asked is used up by nobody. */
export type QuotaLog = {
  called(rule: Pick<QuotaRule, 'perHour'>): void;
  settled(spent: { tokens: number | null }): void;
  /** Null: nothing that is counted. */
  spent(): QuotaSpent | null;
};

export function createQuotaLog(): QuotaLog {
  const spent = { calls: 0, tokens: 0 };
  return {
    called({ perHour }) {
      if (perHour !== null) spent.calls += 1;
    },
    settled({ tokens }) {
      spent.tokens += tokens ?? 0;
    },
    spent: () => (spent.calls === 0 && spent.tokens === 0 ? null : { ...spent }),
  };
}

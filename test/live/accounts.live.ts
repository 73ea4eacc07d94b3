import { afterAll, describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/registry.ts';
import { createEgress, parseEgressAllow } from '../../src/egress/index.ts';
import { liveAccounts } from './accounts.ts';
import { liveChecks } from './checks.ts';

const allowed = parseEgressAllow(process.env.TIDEMARK_EGRESS_ALLOW ?? '');
if (!allowed.ok) throw new Error('TIDEMARK_EGRESS_ALLOW cannot be read');
const egress = createEgress({ allow: allowed.rules });
afterAll(() => egress.close());

describe.each(liveAccounts(connectors, process.env).found)('$connector.title', (account) => {
  it.each(liveChecks(account, egress, new Date()))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

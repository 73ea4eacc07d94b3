import { APP_ID, CODECOV_OWNER, JIRA_EMAIL, REPOSITORY, type Sandbox } from '../../../../sandbox/index.ts';
import { WAREHOUSE } from '../names.ts';
import type { ConnectionDraft } from '../plan.ts';

const token = (sandbox: Sandbox): string => sandbox.state().toolToken;

function ga4Config(sandbox: Sandbox): Record<string, unknown> {
  const { clientEmail, privateKey, propertyId } = sandbox.state().ga4;
  const key = { type: 'service_account', client_email: clientEmail, private_key: privateKey };
  return { propertyId, serviceAccountKey: JSON.stringify(key) };
}

/** The sandbox company's accounts. Some allow few questions, so they are read more seldom. */
export const connections: readonly ConnectionDraft[] = (
  [
    {
      key: 'stripe',
      title: 'Stripe of Acme',
      connectorId: 'stripe',
      everyMinutes: 5,
      // Most of what the account takes: nobody shares this one, and somebody waits for the first sync.
      config: (sandbox) => ({
        apiKey: sandbox.apiKey,
        requestsPerSecond: Math.floor(0.8 * (sandbox.state().stripe?.requestsPerSecond ?? 25)),
      }),
    },
    {
      key: 'ga4',
      title: 'Google Analytics of Acme',
      connectorId: 'ga4',
      everyMinutes: 15,
      config: ga4Config,
    },
    {
      key: 'mixpanel',
      title: 'Mixpanel of Acme',
      connectorId: 'mixpanel',
      everyMinutes: 60,
      config: (sandbox) => {
        const { projectId, secret, username } = sandbox.state().mixpanel;
        return { projectId, serviceAccount: username, serviceAccountSecret: secret };
      },
    },
    {
      key: 'jira',
      title: 'Jira of Acme',
      connectorId: 'jira',
      everyMinutes: 30,
      path: '/jira',
      config: (sandbox) => ({ email: JIRA_EMAIL, apiToken: token(sandbox) }),
    },
    {
      key: 'github',
      title: 'GitHub of Acme',
      connectorId: 'github',
      everyMinutes: 30,
      path: '/github',
      config: (sandbox) => ({ repository: REPOSITORY, token: token(sandbox) }),
    },
    {
      key: 'codecov',
      title: 'Codecov of Acme',
      connectorId: 'codecov',
      everyMinutes: 60,
      path: '/codecov',
      config: (sandbox) => ({ owner: CODECOV_OWNER, token: token(sandbox) }),
    },
    {
      key: 'app-store',
      title: 'App Store page of Acme',
      connectorId: 'app_store',
      everyMinutes: 60,
      path: '/app_store',
      config: () => ({ appId: APP_ID }),
    },
    {
      key: 'warehouse',
      title: 'Nightly export of Acme’s database',
      connectorId: 'sql',
      everyMinutes: 60,
      path: null,
      config: () => ({ engine: 'duckdb', folder: WAREHOUSE }),
    },
  ] satisfies Omit<ConnectionDraft, 'environment'>[]
).map((draft) => ({ environment: 'sandbox' as const, ...draft }));

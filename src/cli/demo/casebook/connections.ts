import {
  APP_ID,
  CODECOV_OWNER,
  calendarPath,
  PLAY_BUCKET,
  PLAY_PACKAGE,
  REPOSITORY,
  type Sandbox,
  SPREADSHEET_ID,
  TOOL_EMAIL,
  USER_FORM,
} from '../../../../sandbox/index.ts';
import { WAREHOUSE } from '../names.ts';
import type { ConnectionDraft } from '../plan.ts';

const token = (sandbox: Sandbox): string => sandbox.state().toolToken;

/** One service account reads everything of Google's. */
function accountKey(sandbox: Sandbox): string {
  const { clientEmail, privateKey } = sandbox.state().ga4;
  return JSON.stringify({ type: 'service_account', client_email: clientEmail, private_key: privateKey });
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
      config: (sandbox) => ({
        propertyId: sandbox.state().ga4.propertyId,
        serviceAccountKey: accountKey(sandbox),
      }),
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
      config: (sandbox) => ({ email: TOOL_EMAIL, apiToken: token(sandbox) }),
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
      key: 'sheet',
      title: 'Acme in numbers',
      connectorId: 'google_sheets',
      everyMinutes: 60,
      path: '/google_sheets',
      config: (sandbox) => ({ spreadsheetId: SPREADSHEET_ID, serviceAccountKey: accountKey(sandbox) }),
    },
    {
      key: 'google-play',
      title: 'Google Play of Acme',
      connectorId: 'google_play',
      everyMinutes: 360,
      path: '/google_play',
      config: (sandbox) => ({
        bucket: PLAY_BUCKET,
        packageName: PLAY_PACKAGE,
        serviceAccountKey: accountKey(sandbox),
      }),
    },
    {
      key: 'zendesk',
      title: 'Zendesk of Acme',
      connectorId: 'zendesk',
      everyMinutes: 60,
      path: '/zendesk',
      config: (sandbox) => ({ email: TOOL_EMAIL, apiToken: token(sandbox) }),
    },
    {
      key: 'typeform',
      title: 'Typeform of Acme',
      connectorId: 'typeform',
      everyMinutes: 60,
      path: '/typeform',
      config: (sandbox) => ({ form: USER_FORM, token: token(sandbox) }),
    },
    {
      key: 'blog',
      title: 'Blog of Acme',
      connectorId: 'feed',
      everyMinutes: 60,
      path: '/feed/feed.xml',
      config: () => ({ access: 'public' }),
    },
    {
      key: 'calendar',
      title: 'Calendar of Acme’s research',
      connectorId: 'calendar',
      everyMinutes: 60,
      path: '/calendar',
      config: (sandbox) => ({ address: calendarPath(token(sandbox)) }),
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

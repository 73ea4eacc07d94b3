import type { CheckResult } from '../sdk/index.ts';
import { createMixpanelClient, type MixpanelContext } from './client.ts';
import { namesSchema } from './schema.ts';

/**
 * One query that every project answers. Mixpanel does not tell a project's name to service accounts of one project,
 * so the account is its number and region.
 *
 * @throws ConnectorError as every read does
 */
export async function checkMixpanel(context: MixpanelContext): Promise<CheckResult> {
  const { projectId, region } = context.config;
  const client = createMixpanelClient(context);
  const names = await client.query('/events/names', 'the names of events', namesSchema, {
    type: 'general',
    limit: 1,
  });
  const warnings =
    names.length > 0
      ? []
      : [
          'This project has had no event lately. Check its number and region: a wrong one can look like this.',
        ];
  return { account: `Mixpanel project ${projectId} (${region})`, livemode: null, warnings };
}

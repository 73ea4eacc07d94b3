import { type CheckResult, ConnectorError } from '../sdk/index.ts';
import { createJiraClient, type JiraContext } from './client.ts';
import { boardsSchema, myselfSchema, projectsSchema, serverSchema } from './schema.ts';

/**
 * Who the account is and which site it reached, then one small question for each right.
 *
 * @throws ConnectorError as every read does
 */
export async function checkJira(context: JiraContext): Promise<CheckResult> {
  const client = createJiraClient(context);
  const { displayName } = await client.get('/rest/api/3/myself', 'the account', myselfSchema);
  const { baseUrl, deploymentType } = await client.get('/rest/api/3/serverInfo', 'the site', serverSchema);
  const warnings: string[] = [];
  if (deploymentType !== 'Cloud') {
    warnings.push(`This is Jira ${deploymentType}, and only Jira Cloud is known to work.`);
  }
  const projects = await orNull(() =>
    client.get('/rest/api/3/project/search', 'the projects of this account', projectsSchema, {
      maxResults: 1,
    }),
  );
  if (projects === null || projects.values.length === 0) {
    warnings.push(
      'This account sees no project. Give it "Browse projects" where something is to be measured.',
    );
  }
  const boards = await orNull(() =>
    client.get('/rest/agile/1.0/board', 'the boards of this account', boardsSchema, { maxResults: 1 }),
  );
  if (boards === null) {
    warnings.push(
      'This account may not read boards and sprints. Give it access to Jira Software if you want velocity.',
    );
  } else if (boards.values.length === 0) {
    warnings.push('This account sees no board. Velocity needs a Scrum board that it may see.');
  }
  return { account: `Jira ${new URL(baseUrl).host} as ${displayName}`, livemode: null, warnings };
}

async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ConnectorError && error.errorClass === 'config') return null;
    throw error;
  }
}

import { type CheckResult, ConnectorError } from '../sdk/index.ts';
import { createGitHubClient, type GitHubContext } from './client.ts';
import { anythingSchema, repositorySchema } from './schema.ts';

/** What the metrics read, and the permission of a fine-grained token that lets them. */
const PROBES = [
  { path: 'issues', right: 'Issues', serves: 'issues, bugs and lead time' },
  { path: 'pulls', right: 'Pull requests', serves: 'lead time of pull requests' },
  { path: 'releases', right: 'Contents', serves: 'releases and the bugs after them' },
  { path: 'deployments', right: 'Deployments', serves: 'deployment times' },
  { path: 'actions/workflows', right: 'Actions', serves: 'deployment times of a workflow' },
] as const;

/**
 * The repository, then one small question for each right.
 *
 * @throws ConnectorError as every read does
 */
export async function checkGitHub(context: GitHubContext): Promise<CheckResult> {
  const { repository } = context.config;
  const client = createGitHubClient(context);
  const { data } = await client.get(`/repos/${repository}`, `repository ${repository}`, repositorySchema);
  const warnings: string[] = [];
  if (data.archived) warnings.push(`${data.full_name} is archived: nothing new will happen in it.`);
  if (!data.has_issues)
    warnings.push(`Issues are switched off in ${data.full_name}: nothing can be counted of them.`);
  for (const { path, right, serves } of PROBES) {
    if (path === 'issues' && !data.has_issues) continue;
    try {
      const asked = `the ${path} of ${data.full_name}`;
      await client.get(`/repos/${repository}/${path}`, asked, anythingSchema, { per_page: 1 });
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.errorClass !== 'config') throw error;
      warnings.push(
        `This token may not read ${serves}. Give it the permission "${right}: read" if you want them.`,
      );
    }
  }
  const account = `GitHub repository ${data.full_name} (${data.private ? 'private' : 'public'})`;
  return { account, livemode: null, warnings };
}

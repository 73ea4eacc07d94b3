import { type Acceptance, ConnectorError, nearNames } from '../sdk/index.ts';
import { createGitHubClient, type GitHubContext } from './client.ts';
import { repositoryOf } from './issues.ts';
import { PER_PAGE, walkLinks } from './pages.ts';
import {
  environmentsSchema,
  labelsSchema,
  repositoriesSchema,
  repositorySchema,
  workflowsSchema,
} from './schema.ts';

/** Enough to find a near name among; a token of more repositories is told without. */
const MOST_REPOSITORIES = 100;

type Named = {
  repository?: string | undefined;
  labels?: readonly string[] | undefined;
  workflow?: string | undefined;
  environment?: string | undefined;
};

/** Whether the repository, and what of it a definition names, is there. One to three calls, shared by the run. */
export async function acceptNames(context: GitHubContext, named: Named): Promise<Acceptance> {
  const repository = repositoryOf(context, named);
  const problems = await repositoryProblem(context, repository);
  if (problems.length === 0) {
    if (named.labels !== undefined)
      problems.push(...(await labelProblems(context, repository, named.labels)));
    if (named.workflow !== undefined) {
      problems.push(...(await workflowProblems(context, repository, named.workflow)));
    } else if (named.environment !== undefined) {
      problems.push(...(await environmentProblems(context, repository, named.environment)));
    }
  }
  return { problems, warnings: [], timeZone: null, currency: null };
}

/** GitHub says "not found" of what does not exist and of what a token may not see. */
async function repositoryProblem(context: GitHubContext, repository: string): Promise<string[]> {
  const client = createGitHubClient(context);
  try {
    await context.shared(`github-repository:${repository}`, () =>
      client.get(`/repos/${repository}`, `repository ${repository}`, repositorySchema),
    );
    return [];
  } catch (error) {
    if (!isMissing(error)) throw error;
    const names = await repositoryNames(context);
    return [
      `repository: GitHub has no "${repository}", or hides it from this token.` +
        suggestion(names, repository, 'repositories that this token sees'),
    ];
  }
}

async function repositoryNames(context: GitHubContext): Promise<string[]> {
  const asked = 'the repositories of this token';
  const params = { per_page: MOST_REPOSITORIES, sort: 'pushed' };
  const { data } = await createGitHubClient(context).get('/user/repos', asked, repositoriesSchema, params);
  return data.map(({ full_name }) => full_name);
}

async function labelProblems(
  context: GitHubContext,
  repository: string,
  wanted: readonly string[],
): Promise<string[]> {
  const { items } = await context.shared(`github-labels:${repository}`, () =>
    walkLinks({
      client: createGitHubClient(context),
      signal: context.signal,
      path: `/repos/${repository}/labels`,
      asked: `the labels of ${repository}`,
      schema: labelsSchema,
      itemsOf: (answer) => answer,
      keyOf: ({ name }) => name,
    }),
  );
  const names = items.map(({ name }) => name);
  const known = new Set(names.map((name) => name.toLowerCase()));
  return [...new Set(wanted)]
    .filter((label) => !known.has(label.toLowerCase()))
    .map((label) => `labels: ${repository} has no label "${label}".${suggestion(names, label, 'labels')}`);
}

async function workflowProblems(
  context: GitHubContext,
  repository: string,
  wanted: string,
): Promise<string[]> {
  const { data } = await createGitHubClient(context).get(
    `/repos/${repository}/actions/workflows`,
    `the workflows of ${repository}`,
    workflowsSchema,
    { per_page: PER_PAGE },
  );
  const files = data.workflows.map(({ path }) => path.split('/').at(-1) ?? path);
  const isThere = files.includes(wanted) || data.workflows.some(({ id }) => String(id) === wanted);
  if (isThere || data.total_count > PER_PAGE) return [];
  return [`workflow: ${repository} has no workflow "${wanted}".${suggestion(files, wanted, 'workflows')}`];
}

async function environmentProblems(
  context: GitHubContext,
  repository: string,
  wanted: string,
): Promise<string[]> {
  const { data } = await createGitHubClient(context).get(
    `/repos/${repository}/environments`,
    `the environments of ${repository}`,
    environmentsSchema,
    { per_page: PER_PAGE },
  );
  const names = data.environments.map(({ name }) => name);
  // GitHub takes an environment's name in any case.
  const isThere = names.some((name) => name.toLowerCase() === wanted.toLowerCase());
  if (isThere || data.total_count > PER_PAGE) return [];
  return [
    `environment: ${repository} has no environment "${wanted}".${suggestion(names, wanted, 'environments')}`,
  ];
}

const isMissing = (error: unknown): boolean =>
  error instanceof ConnectorError && (error.code === 'not_found' || error.code === 'moved');

const SHOWN = 5;

function suggestion(names: readonly string[], wanted: string, what: string): string {
  const near = nearNames(names, wanted);
  if (near.length > 0) return ` Do you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
  if (names.length === 0) return ` There are no ${what}.`;
  const shown = names.slice(0, SHOWN).map((name) => `"${name}"`);
  return ` There is ${shown.join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}.`;
}

import { type DayWindow, type Stretch, shiftDay } from '../sdk/index.ts';
import { createGitHubClient, type GitHubContext } from './client.ts';
import { tooMany } from './errors.ts';
import { repositoryOf } from './issues.ts';
import { type Listed, walkLinks } from './pages.ts';
import type { DeploymentParams } from './params.ts';
import { deploymentStatusesSchema, deploymentsSchema, runsSchema } from './schema.ts';
import { walkSpans } from './spans.ts';

/** An approval may be waited for this long, and a run may take as long: what ends in a window can have begun so far back. */
const LONGEST_DAYS = 35;
/** Each deployment is asked for its statuses: more would use up the hour. */
const MOST_DEPLOYMENTS = 1_000;
const MOST_SPANS = 64;
const DAY_MS = 86_400_000;

const METRICS = ['deployment_minutes', 'deployment_count'];

/** Deployments that succeeded, of which some may have ended before the window: it is cut afterwards. */
export function deploymentsFor(
  context: GitHubContext,
  window: DayWindow,
  params: DeploymentParams & { days?: number },
): Promise<Listed<Stretch>> {
  const what = questionOf(context, params);
  const fromDay = context.reads
    .filter(({ metric }) => METRICS.includes(metric))
    .map((read) => ({ ...read, params: read.params as DeploymentParams & { days?: number } })) // checked by their schema
    .filter((read) => questionOf(context, read.params) === what)
    .reduce((first, read) => earlier(first, reachOf(read.window, read.params)), reachOf(window, params));
  const read = params.workflow === undefined ? listDeployments : listRuns;
  return context.shared(`github-deployments:${what}:${fromDay}`, () => read(context, params, fromDay));
}

const earlier = (a: string, b: string): string => (a < b ? a : b);

function reachOf({ startDay }: DayWindow, { days = 1 }: { days?: number }): string {
  return shiftDay(startDay, 1 - days - LONGEST_DAYS);
}

function questionOf(context: GitHubContext, params: DeploymentParams): string {
  const { branch, environment, workflow } = params;
  return JSON.stringify([
    repositoryOf(context, params),
    ...(workflow === undefined ? [environment] : [0, workflow, branch]),
  ]);
}

/** From the first "in progress", or the deployment itself, to the first "success". */
async function listDeployments(
  context: GitHubContext,
  params: DeploymentParams,
  fromDay: string,
): Promise<Listed<Stretch>> {
  const repository = repositoryOf(context, params);
  const client = createGitHubClient(context);
  const { signal } = context;
  const fromMs = Date.parse(`${fromDay}T00:00:00Z`) - DAY_MS;
  const { completeness, items } = await walkLinks({
    client,
    signal,
    path: `/repos/${repository}/deployments`,
    asked: `the deployments of ${repository}`,
    schema: deploymentsSchema,
    params: { environment: params.environment },
    itemsOf: (answer) => answer,
    keyOf: ({ id }) => id,
    // Newest first.
    isPast: ({ created_at }) => Date.parse(created_at) < fromMs,
  });
  const wanted = items.filter(({ created_at }) => Date.parse(created_at) >= fromMs);
  if (wanted.length > MOST_DEPLOYMENTS) {
    const hint = 'Give the workflow that deploys instead, or shorten the history of this metric.';
    const message = `${repository} has ${wanted.length} deployments to ${params.environment} since ${fromDay}; at most ${MOST_DEPLOYMENTS} are asked for one by one. ${hint}`;
    throw tooMany('too_many_deployments', message);
  }
  const stretches: Stretch[] = [];
  let pages = completeness.pages;
  for (const { created_at, id } of wanted) {
    const statuses = await walkLinks({
      client,
      signal,
      path: `/repos/${repository}/deployments/${id}/statuses`,
      asked: `the statuses of a deployment of ${repository}`,
      schema: deploymentStatusesSchema,
      itemsOf: (answer) => answer,
      keyOf: (status) => status.id,
    });
    pages += statuses.completeness.pages;
    const firstOf = (state: string): number =>
      Math.min(
        ...statuses.items.filter((each) => each.state === state).map((each) => Date.parse(each.created_at)),
      );
    const [began, succeeded] = [firstOf('in_progress'), firstOf('success')];
    if (!Number.isFinite(succeeded)) continue;
    stretches.push({ startMs: Number.isFinite(began) ? began : Date.parse(created_at), endMs: succeeded });
  }
  return { items: stretches, completeness: { ...completeness, pages, items: wanted.length } };
}

/** From the start of the newest attempt to the last change of a run that succeeded. */
async function listRuns(
  context: GitHubContext,
  params: DeploymentParams,
  fromDay: string,
): Promise<Listed<Stretch>> {
  const repository = repositoryOf(context, params);
  const { branch, workflow = '' } = params;
  const { completeness, items } = await walkSpans(
    {
      client: createGitHubClient(context),
      signal: context.signal,
      path: `/repos/${repository}/actions/workflows/${workflow}/runs`,
      asked: `the runs of ${workflow} in ${repository}`,
      schema: runsSchema,
      paramsOf: (created) => ({ branch, status: 'success', created }),
      itemsOf: ({ workflow_runs }) => workflow_runs,
      keyOf: ({ id }) => id,
      maxSpans: MOST_SPANS,
    },
    { fromMs: Date.parse(`${fromDay}T00:00:00Z`) - DAY_MS, toMs: endOf(context) },
  );
  const done = items.filter(({ conclusion }) => conclusion === 'success');
  return {
    items: done.map(({ run_started_at, updated_at }) => ({
      startMs: Date.parse(run_started_at),
      endMs: Date.parse(updated_at),
    })),
    completeness,
  };
}

/** A whole second that is not over yet. */
function endOf({ now }: GitHubContext): number {
  return (Math.floor(now.getTime() / 1_000) + 1) * 1_000;
}

import { type Acceptance, ConnectorError, nearNames } from '../sdk/index.ts';
import { createJiraClient, type JiraContext } from './client.ts';
import { walkOffsets } from './pages.ts';
import {
  boardConfigurationSchema,
  boardsSchema,
  fieldsSchema,
  labelsSchema,
  parsedSchema,
  projectSchema,
  projectsSchema,
} from './schema.ts';

const SHOWN = 5;
/** A site with more labels than this is not searched for one. */
const MOST_LABELS = 2_000;

type NamedIssues = {
  project: string;
  types?: readonly string[] | undefined;
  labels?: readonly string[] | undefined;
  jql?: string | undefined;
};
type NamedBoard = { board: number; pointsField?: string | undefined };

const outcome = (problems: string[], warnings: string[] = []): Acceptance => ({
  problems,
  warnings,
  timeZone: null,
  currency: null,
});

/** Whether project, issue types, labels and JQL can be answered. One to four calls. */
export async function acceptIssues(context: JiraContext, named: NamedIssues): Promise<Acceptance> {
  const { jql, labels, project, types } = named;
  const client = createJiraClient(context);
  const found = await orNull(() =>
    context.shared(`jira-project:${project}`, () =>
      client.get(`/rest/api/3/project/${project}`, `project ${project}`, projectSchema),
    ),
  );
  if (found === null) return outcome([await unknownProject(context, project)]);
  const typeNames = found.issueTypes.map(({ name }) => name);
  const problems = missing(types, typeNames).map(
    (type) => `types: project ${project} has no issue type "${type}".${suggestion(typeNames, type)}`,
  );
  if (labels !== undefined) problems.push(...(await labelProblems(context, labels)));
  if (jql !== undefined) {
    const question = { queries: [`project = "${project}" AND (${jql})`] };
    const { queries } = await client.ask(
      '/rest/api/3/jql/parse?validation=strict',
      'a JQL query',
      parsedSchema,
      question,
    );
    problems.push(...queries.flatMap(({ errors = [] }) => errors.map((error) => `jql: Jira says: ${error}`)));
  }
  return outcome(problems);
}

async function unknownProject(context: JiraContext, project: string): Promise<string> {
  const { items } = await walkOffsets({
    client: createJiraClient(context),
    signal: context.signal,
    path: '/rest/api/3/project/search',
    asked: 'the projects of this account',
    schema: projectsSchema,
    maxResults: 50,
    itemsOf: ({ values }) => values,
    keyOf: ({ key }) => key,
  });
  // Somebody may have written a project's name.
  const byName = items.find(({ name }) => name.toLowerCase() === project.toLowerCase());
  const keys = items.map(({ key }) => key);
  const near =
    byName === undefined ? suggestion(keys, project) : ` Do you mean "${byName.key}" ("${byName.name}")?`;
  return `project: Jira has no project "${project}", or hides it from this account.${near}`;
}

async function labelProblems(context: JiraContext, wanted: readonly string[]): Promise<string[]> {
  const client = createJiraClient(context);
  const first = await client.get('/rest/api/3/label', 'the labels', labelsSchema, { maxResults: 1 });
  if ((first.total ?? 0) > MOST_LABELS) return [];
  const { items } = await walkOffsets({
    client,
    signal: context.signal,
    path: '/rest/api/3/label',
    asked: 'the labels',
    schema: labelsSchema,
    maxResults: 1_000,
    itemsOf: ({ values }) => values,
    keyOf: (label) => label,
  });
  return missing(wanted, items).map(
    (label) => `labels: no issue has the label "${label}".${suggestion(items, label)}`,
  );
}

/** Whether the board has sprints and estimates with a field that holds numbers. One to three calls. */
export async function acceptBoard(
  context: JiraContext,
  { board, pointsField }: NamedBoard,
): Promise<Acceptance> {
  const client = createJiraClient(context);
  const facts = await orNull(() =>
    client.get(`/rest/agile/1.0/board/${board}`, `board ${board}`, boardsSchema.shape.values.element),
  );
  if (facts === null) return outcome([await unknownBoard(context, board)]);
  // Team-managed boards are "simple" and may have sprints; those of Kanban have none.
  if (facts.type === 'kanban') {
    return outcome([
      `board: "${facts.name}" (${board}) is a Kanban board and has no sprints. Choose a Scrum board.`,
    ]);
  }
  if (pointsField !== undefined) return outcome(await fieldProblems(context, pointsField));
  const { estimation } = await client.get(
    `/rest/agile/1.0/board/${board}/configuration`,
    `board ${board}`,
    boardConfigurationSchema,
  );
  const estimates = estimation?.type === 'issueCount' || (estimation?.field ?? null) !== null;
  if (estimates) return outcome([]);
  return outcome([
    `board: "${facts.name}" (${board}) estimates nothing. Choose an estimation statistic in its settings, or name a field as pointsField.`,
  ]);
}

async function unknownBoard(context: JiraContext, board: number): Promise<string> {
  const asked = 'the boards of this account';
  const { values } = await createJiraClient(context).get('/rest/agile/1.0/board', asked, boardsSchema, {
    type: 'scrum',
    maxResults: 50,
  });
  const shown = values.slice(0, SHOWN).map(({ id, name }) => `${id} "${name}"`);
  const there = shown.length === 0 ? 'There is no Scrum board.' : `There is ${shown.join(', ')}.`;
  return `board: Jira has no board ${board}, or hides it from this account. ${there}`;
}

async function fieldProblems(context: JiraContext, wanted: string): Promise<string[]> {
  const fields = await createJiraClient(context).get('/rest/api/3/field', 'the fields', fieldsSchema);
  const field = fields.find(({ id }) => id === wanted);
  if (field?.schema?.type === 'number') return [];
  const numbers = fields.filter(({ schema }) => schema?.type === 'number');
  const shown = numbers.slice(0, SHOWN).map(({ id, name }) => `${id} "${name}"`);
  const there = shown.length === 0 ? '' : ` Fields with numbers are ${shown.join(', ')}.`;
  if (field !== undefined) return [`pointsField: ${wanted} "${field.name}" holds no numbers.${there}`];
  const near = nearNames(
    numbers.map(({ id }) => id),
    wanted,
  );
  return [`pointsField: Jira has no field ${wanted}.${near.length > 0 ? suggestion(near, wanted) : there}`];
}

const missing = (wanted: readonly string[] | undefined, names: readonly string[]): string[] => {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return [...new Set(wanted)].filter((name) => !known.has(name.toLowerCase()));
};

async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'not_found') return null;
    throw error;
  }
}

function suggestion(names: readonly string[], wanted: string): string {
  const near = nearNames(names, wanted);
  if (near.length > 0) return ` Do you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
  if (names.length === 0) return ' There are none.';
  const shown = names.slice(0, SHOWN).map((name) => `"${name}"`);
  return ` There is ${shown.join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}.`;
}

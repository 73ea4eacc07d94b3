export type JiraChange = {
  at: string;
  field: string;
  fieldId?: string;
  from?: string;
  to?: string;
  fromString?: string;
};
export type JiraIssue = {
  id: string;
  created: string;
  type?: string;
  subtask?: boolean;
  resolutiondate?: string | null;
  resolution?: string | null;
  labels?: string[];
  /** Ids of the affected versions. */
  versions?: string[];
  status?: string;
  points?: number | null;
  sprints?: number[];
  changes?: JiraChange[];
};
export type JiraSprint = {
  id: number;
  name: string;
  state: string;
  startDate?: string;
  completeDate?: string;
  originBoardId?: number;
};
export type JiraVersion = { id: string; name: string; released: boolean; releaseDate?: string };

/** A site as Jira would have it, and how this Jira behaves. */
export type JiraWorld = {
  /** `email:token` of the one account that it knows; null: anybody. */
  account: string | null;
  project: string;
  issues: JiraIssue[];
  sprints: JiraSprint[];
  versions: JiraVersion[];
  types: string[];
  boardType: string;
  estimation: { type: string; field?: { fieldId: string; displayName: string } };
  doneStatuses: string[];
  fields: { id: string; name: string; schema?: { type: string } }[];
  /** No page is longer than this, however many are asked for. */
  pageSize: number;
  /** So many changes come with an issue of a sprint; the rest has to be asked for. */
  historySize: number;
  /** Answers in place of the data. */
  refuse?: (url: URL) => { status: number; headers?: Record<string, string>; body?: unknown } | null;
};

/** A world of which only what matters is given. */
export function jiraWorld(given: Partial<JiraWorld> & Pick<JiraWorld, 'project'>): JiraWorld {
  return {
    account: null,
    issues: [],
    sprints: [],
    versions: [],
    types: ['Story', 'Bug', 'Task', 'Sub-task'],
    boardType: 'scrum',
    estimation: { type: 'field', field: { fieldId: 'customfield_10016', displayName: 'Story Points' } },
    doneStatuses: ['30'],
    fields: [
      { id: 'customfield_10016', name: 'Story Points', schema: { type: 'number' } },
      { id: 'customfield_10020', name: 'Sprint', schema: { type: 'array' } },
    ],
    pageSize: 100,
    historySize: 100,
    ...given,
  };
}

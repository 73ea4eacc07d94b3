export type GitHubIssue = {
  number: number;
  created_at: string;
  updated_at?: string;
  closed_at?: string | null;
  state_reason?: string | null;
  labels?: string[];
  /** Of a pull request: when it was merged, or null. */
  merged_at?: string | null;
};
export type GitHubRelease = {
  id: number;
  tag_name: string;
  published_at: string | null;
  draft?: boolean;
  prerelease?: boolean;
};
export type GitHubDeployment = {
  id: number;
  environment: string;
  created_at: string;
  statuses: { state: string; created_at: string }[];
};
export type GitHubRun = {
  id: number;
  workflow: string;
  branch: string;
  conclusion: string | null;
  created_at: string;
  run_started_at: string;
  updated_at: string;
};

/** A repository as GitHub would have it, and how this GitHub behaves. */
export type GitHubWorld = {
  /** The one token that opens it; null: any does. */
  token: string | null;
  repository: string;
  /** Other repositories that the token sees. */
  others: string[];
  issues: GitHubIssue[];
  releases: GitHubRelease[];
  deployments: GitHubDeployment[];
  runs: GitHubRun[];
  labels: string[];
  environments: string[];
  workflows: string[];
  hasIssues: boolean;
  /** No page is longer than this, however many are asked for. */
  pageSize: number;
  /** Of one question GitHub lists no more. */
  cap: number;
  incompleteResults: boolean;
  /** Paths that this token may not read: each answers with 403. */
  forbidden: string[];
  /** Drops the `Link` header, as a proxy may. */
  withoutLinks: boolean;
  /** What is done before the answer to a request with this number (from 1), such as an issue that is opened meanwhile. */
  before?: (requestNumber: number, world: GitHubWorld) => void;
  /** Answers in place of the data: the primary or secondary limit, or a repository that was renamed. */
  refuse?: (url: URL) => { status: number; headers?: Record<string, string>; body?: unknown } | null;
};

/** A world of which only what matters is given. */
export function gitHubWorld(given: Partial<GitHubWorld> & Pick<GitHubWorld, 'repository'>): GitHubWorld {
  return {
    token: null,
    others: [],
    issues: [],
    releases: [],
    deployments: [],
    runs: [],
    labels: ['bug', 'enhancement', 'interview'],
    environments: ['production', 'staging'],
    workflows: ['deploy.yml', 'test.yml'],
    hasIssues: true,
    pageSize: 100,
    cap: 1_000,
    incompleteResults: false,
    forbidden: [],
    withoutLinks: false,
    ...given,
  };
}

import { z } from 'zod';

/** What is read of GitHub's answers. Unknown fields pass, missing ones fail. */

const instant = z.iso.datetime({ offset: true });

export const saidSchema = z.object({ message: z.string() });

export const repositorySchema = z.object({
  full_name: z.string(),
  private: z.boolean(),
  archived: z.boolean(),
  has_issues: z.boolean(),
});
export const repositoriesSchema = z.array(z.object({ full_name: z.string() }));

export const issuesSchema = z.array(
  z.object({
    number: z.int(),
    state: z.string(),
    state_reason: z.string().nullish(),
    created_at: instant,
    closed_at: instant.nullable(),
    labels: z.array(z.union([z.string(), z.object({ name: z.string() })])),
    /** Issues include pull requests, which say so here. */
    pull_request: z.object({ merged_at: instant.nullish() }).nullish(),
  }),
);

export const labelsSchema = z.array(z.object({ name: z.string() }));

export const releasesSchema = z.array(
  z.object({
    id: z.int(),
    tag_name: z.string(),
    draft: z.boolean(),
    prerelease: z.boolean(),
    published_at: instant.nullable(),
  }),
);

export const deploymentsSchema = z.array(z.object({ id: z.int(), created_at: instant }));
export const deploymentStatusesSchema = z.array(
  z.object({ id: z.int(), state: z.string(), created_at: instant }),
);

export const runsSchema = z.object({
  total_count: z.int().min(0),
  workflow_runs: z.array(
    z.object({
      id: z.int(),
      conclusion: z.string().nullable(),
      created_at: instant,
      run_started_at: instant,
      updated_at: instant,
    }),
  ),
});

export const searchSchema = z.object({
  total_count: z.int().min(0),
  incomplete_results: z.boolean(),
  items: z.array(
    z.object({
      id: z.int(),
      created_at: instant,
      closed_at: instant.nullable(),
      pull_request: z.object({ merged_at: instant.nullish() }).nullish(),
    }),
  ),
});

export const workflowsSchema = z.object({
  total_count: z.int(),
  workflows: z.array(z.object({ id: z.int(), name: z.string(), path: z.string() })),
});
export const environmentsSchema = z.object({
  total_count: z.int(),
  environments: z.array(z.object({ name: z.string() })),
});
/** Whatever there is, for the check of rights. */
export const anythingSchema = z.unknown();

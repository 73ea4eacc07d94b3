import { z } from 'zod';

/** What is read of Jira's answers. Unknown fields pass, missing ones fail. */

/** `2026-03-01T10:00:00.000+0100`: an offset without a colon. */
const instant = z
  .string()
  .transform((text) => text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  .pipe(z.iso.datetime({ offset: true }));
const named = z.object({ name: z.string() });
const pageFacts = {
  startAt: z.int().min(0),
  isLast: z.boolean().optional(),
  total: z.int().min(0).optional(),
};

export const saidSchema = z.object({
  errorMessages: z.array(z.string()).optional(),
  errors: z.record(z.string(), z.string()).optional(),
  message: z.string().optional(),
});

export const myselfSchema = z.object({ displayName: z.string(), timeZone: z.string().optional() });
export const serverSchema = z.object({ baseUrl: z.string(), deploymentType: z.string() });

export const searchSchema = z.object({
  issues: z.array(
    z.object({
      id: z.string(),
      fields: z.object({
        created: instant,
        resolutiondate: instant.nullable(),
        resolution: named.nullable(),
        issuetype: z.object({ name: z.string(), subtask: z.boolean() }),
        labels: z.array(z.string()),
        /** Affected versions; absent in projects without versions. */
        versions: z.array(z.object({ id: z.string() })).nullish(),
      }),
    }),
  ),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean(),
});

const boardFacts = z.object({ id: z.int(), name: z.string(), type: z.string() });
export const boardsSchema = z.object({ ...pageFacts, values: z.array(boardFacts) });
export const boardConfigurationSchema = z.object({
  name: z.string(),
  columnConfig: z.object({
    columns: z.array(z.object({ name: z.string(), statuses: z.array(z.object({ id: z.string() })) })),
  }),
  estimation: z
    .object({ type: z.string(), field: z.object({ fieldId: z.string(), displayName: z.string() }).nullish() })
    .nullish(),
});
export const sprintsSchema = z.object({
  ...pageFacts,
  values: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      state: z.string(),
      startDate: instant.nullish(),
      activatedDate: instant.nullish(),
      completeDate: instant.nullish(),
      originBoardId: z.int().nullish(),
    }),
  ),
});

const historySchema = z.object({
  id: z.string(),
  created: instant,
  items: z.array(
    z.object({
      field: z.string(),
      fieldId: z.string().nullish(),
      from: z.string().nullish(),
      fromString: z.string().nullish(),
      to: z.string().nullish(),
    }),
  ),
});
export const sprintIssuesSchema = z.object({
  ...pageFacts,
  issues: z.array(
    z.object({
      id: z.string(),
      fields: z.looseObject({
        created: instant,
        issuetype: z.object({ subtask: z.boolean() }),
        status: z.object({ id: z.string() }),
      }),
      changelog: z.object({ total: z.int().min(0), histories: z.array(historySchema) }),
    }),
  ),
});
export const changelogSchema = z.object({ ...pageFacts, values: z.array(historySchema) });

export const versionsSchema = z.object({
  ...pageFacts,
  values: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      released: z.boolean(),
      releaseDate: z.iso.date().nullish(),
    }),
  ),
});

export const projectSchema = z.object({ key: z.string(), issueTypes: z.array(named) });
export const projectsSchema = z.object({
  ...pageFacts,
  values: z.array(z.object({ key: z.string(), name: z.string() })),
});
export const labelsSchema = z.object({ ...pageFacts, values: z.array(z.string()) });
export const fieldsSchema = z.array(
  z.object({ id: z.string(), name: z.string(), schema: z.object({ type: z.string() }).optional() }),
);
export const parsedSchema = z.object({
  queries: z.array(z.object({ query: z.string(), errors: z.array(z.string()).optional() })),
});

export type History = z.infer<typeof historySchema>;

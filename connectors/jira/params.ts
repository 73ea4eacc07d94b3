import { z } from 'zod';
import { STATISTICS } from '../sdk/index.ts';

const project = z
  .string({ error: 'Enter the key of a project, such as SHOP' })
  .trim()
  .regex(/^[A-Za-z][A-Za-z0-9_]{1,254}$/, {
    error: 'Enter the key of a project, such as SHOP, and not its name',
  })
  .transform((key) => key.toUpperCase())
  .describe('Key of the project, such as SHOP');
const names = z.array(z.string().trim().min(1).max(60)).min(1).max(20);
const jql = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine((text) => !/\border\s+by\b/i.test(text), { error: 'Leave out ORDER BY: nothing is sorted' })
  .optional()
  .describe('Only issues for which this JQL holds, such as component = Web');
const notDone = z
  .array(z.string().trim().min(1).max(60))
  .max(20)
  .default(["Won't Do", "Won't Fix", 'Duplicate', 'Cannot Reproduce', 'Declined', 'Rejected'])
  .describe('Resolutions with which an issue was closed and not done');
const stat = z
  .enum(STATISTICS)
  .default('mean')
  .describe('Which statistic is the value; the others stand beside it');
const trailing = (usual: number) =>
  z.int().min(1).max(365).default(usual).describe('A point looks at this many days up to its own');

const board = {
  board: z
    .int({ error: 'Enter the number of a Scrum board, from its address: /boards/12' })
    .positive({ error: 'Enter the number of a Scrum board, from its address: /boards/12' })
    .describe('Number of a Scrum board, as its address has it'),
  pointsField: z
    .string()
    .trim()
    .regex(/^(customfield_\d+|[a-z]\w{0,59})$/, {
      error: 'Enter the id of a field, such as customfield_10016',
    })
    .optional()
    .describe('Field with the estimate, if not the one that the board estimates with'),
  otherBoards: z
    .boolean()
    .default(false)
    .describe('Whether sprints count that were made on another board and show on this one'),
};

export const sprintParams = z.object(board);
export const velocityParams = z.object({
  ...board,
  lastN: z.int().min(1).max(52).default(3).describe('Of so many closed sprints the mean is taken'),
});

export const countParams = z.object({
  project,
  by: z.enum(['created', 'resolved']).default('created').describe('Which moment counts'),
  labels: names.optional().describe('Only what carries all of these labels'),
  types: names.optional().describe('Only issues of one of these types'),
  jql,
  notDone,
});

export const bugsParams = z.object({
  project,
  bugTypes: names.default(['Bug']).describe('Issue types that are bugs'),
  featureTypes: names.default(['Story']).describe('Issue types that are features'),
  days: trailing(30),
  jql,
  notDone,
});

export const leadTimeParams = z.object({
  project,
  types: names
    .optional()
    .describe('Only issues of one of these types; sub-tasks are left out unless they are named'),
  days: trailing(30),
  stat,
  unit: z.enum(['days', 'hours']).default('days').describe('In which the value is shown'),
  jql,
  notDone,
});

export const postReleaseParams = z.object({
  project,
  bugTypes: names.default(['Bug']).describe('Issue types that are bugs'),
  withinDays: z.int().min(1).max(365).default(30).describe('How many days after a release bugs are its own'),
  jql,
});

export type SprintParams = z.infer<typeof sprintParams>;
export type VelocityParams = z.infer<typeof velocityParams>;
export type CountParams = z.infer<typeof countParams>;
export type BugsParams = z.infer<typeof bugsParams>;
export type LeadTimeParams = z.infer<typeof leadTimeParams>;
export type PostReleaseParams = z.infer<typeof postReleaseParams>;

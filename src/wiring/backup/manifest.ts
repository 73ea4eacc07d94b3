import { z } from 'zod';

/** The last entry of the file: without it the file is not whole. */
export const MANIFEST = 'manifest.json';
export const FORMAT = 'tidemark-backup';
/** Raised when a file is made in a way that an earlier version would read wrongly. */
export const VERSION = 1;

const count = z.number().int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const span = z.object({ first: z.string(), last: z.string() }).nullable();
const part = z.object({ name: z.string(), bytes: count, sha256 });

/** What a file of a backup holds: everything else in it is named here, in its order. */
export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  version: z.number().int(),
  /** The version of Tidemark that made it. */
  tidemark: z.string(),
  facts: z.object({
    takenAt: z.iso.datetime(),
    migration: z.string(),
    workspaces: z.array(z.object({ id: z.string(), name: z.string() })),
    masterKeyFingerprint: z.string().nullable(),
    masterKids: z.array(z.string()),
    spans: z.object({ points: span, evidence: span }),
  }),
  // A path never leads out of the folder of events.
  files: z.array(part.extend({ path: z.string().regex(/^[\w-]+\/[\w-][\w.-]*\.parquet$/) })),
  tables: z.array(
    z.object({ name: z.string(), columns: z.array(z.string()).min(1), rows: count, parts: z.array(part) }),
  ),
  sequences: z.array(z.object({ name: z.string(), last: z.string().regex(/^\d+$/) })),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type Part = z.infer<typeof part>;

/** All entries before the manifest, in their order. */
export function partsIn({ files, tables }: Pick<Manifest, 'files' | 'tables'>): Part[] {
  return [...files, ...tables.flatMap(({ parts }) => parts)];
}

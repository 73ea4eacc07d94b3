import type { z } from 'zod';

/** What is wrong with an input, one sentence a field. */
export function problemsOf(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const field = issue.path.join('.');
    return field === '' ? `${issue.message}.` : `${field}: ${issue.message}.`;
  });
}

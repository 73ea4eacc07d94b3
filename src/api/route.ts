import type { z } from 'zod';

/** One operation of `/api/v1`: what it takes and what it answers. The server and the typed client share the table. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: z.ZodType;
  body?: z.ZodType;
  /** How large the body may be, when that is not as usual. */
  bodyBytes?: number;
  /** The body is a file of any kind, handed on as it comes. */
  file?: true;
  status: 200 | 201 | 202 | 204;
  answer: z.ZodType;
};

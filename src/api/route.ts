import type { z } from 'zod';
import type { Access } from '../domain/access.ts';

/** One operation of `/api/v1`: what it takes and what it answers. The server and the typed client share the table. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** Who may: `src/domain/access.ts` says what each means. Nothing is open that does not say so. */
  access: Access;
  /** The owner of the connection that the path or the body names may, too, whatever their role. */
  owner?: 'path' | 'body';
  query?: z.ZodType;
  body?: z.ZodType;
  /** How large the body may be, when that is not as usual. */
  bodyBytes?: number;
  /** The body is a file of any kind, handed on as it comes. */
  file?: true;
  /** The answer is no JSON document, but a text of one of these types that is handed on as it is made. */
  download?: readonly string[];
  status: 200 | 201 | 202 | 204;
  answer: z.ZodType;
};

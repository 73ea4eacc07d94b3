import { fieldOf } from './paging.ts';
import { type Route, routes } from './routes.ts';

const readable = new Set(
  Object.values<Route>(routes).flatMap(({ method, path }) => (method === 'GET' ? [path] : [])),
);

/**
 * Where what a request has made, or set going, can be read: as `template` says, else at `PATH/ID`, else what holds it.
 * Null for an answer that made nothing, or nothing that can be read.
 */
export function placeOf(
  route: Pick<Route, 'path' | 'status'>,
  template: string | null,
  params: Record<string, string>,
  answer: unknown,
): string | null {
  if (route.status !== 201 && route.status !== 202) return null;
  if (template !== null) return filled(template, answer);
  const id = fieldOf(answer, 'id');
  if (typeof id === 'string' && readable.has(`${route.path}/:id`))
    return `${within(route.path, params)}/${id}`;
  for (let path: string = route.path; path !== ''; path = path.slice(0, path.lastIndexOf('/')))
    if (readable.has(path)) return within(path, params);
  return null;
}

/** `{field}` is of the answer; null when it is not there. */
function filled(template: string, answer: unknown): string | null {
  let whole = true;
  const text = template.replace(/\{([\w.]+)\}/g, (_, field: string) => {
    const value = fieldOf(answer, field);
    if (typeof value !== 'string') whole = false;
    return encodeURIComponent(String(value));
  });
  return whole ? text : null;
}

function within(path: string, params: Record<string, string>): string {
  return path.replace(/:(\w+)/g, (_, part: string) => encodeURIComponent(params[part] ?? ''));
}

/** An answer other than the asked one, in the provider's words. A text stands for a body that is no JSON. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: object | string;
  readonly headers: Record<string, string>;

  constructor(status: number, body: object | string, headers: Record<string, string> = {}) {
    super(`${status}`);
    this.name = 'Refusal';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

const STATUS = { status: 'error' };

/** @param request the address as it was asked, which the query API repeats */
export function badRequest(request: string, error: string): Refusal {
  return new Refusal(400, { request, error, ...STATUS });
}

export function notServed(request: string): Refusal {
  return new Refusal(404, { request, error: 'Not Found', ...STATUS });
}

export function wrongMethod(request: string, method: string): Refusal {
  return new Refusal(405, { request, error: `Method ${method} is not allowed`, ...STATUS });
}

export function badCredentials(): Refusal {
  return new Refusal(401, { error: 'Invalid service account credentials', ...STATUS });
}

export function noRole(): Refusal {
  return new Refusal(403, { error: 'User does not have permission to access this project', ...STATUS });
}

export type Load = { projectId: number; atOnce: number; inLastHour: number };

/** Says how full both budgets are, and not which of them ran over: only the numbers tell. */
export function queryLimit(request: string, load: Load, headers: Record<string, string> = {}): Refusal {
  const { projectId, atOnce, inLastHour } = load;
  const ending = atOnce <= 5 ? ' Please slow down your query rate.' : '';
  const error = `Query rate limit exceeded for project_id: ${projectId}. ${atOnce}/5 queries running concurrently and ${inLastHour}/60 queries running in the last hour.${ending}`;
  return new Refusal(429, { request, error }, headers);
}

export function exportLimit(headers: Record<string, string> = {}): Refusal {
  return new Refusal(429, { error: 'too many export requests in progress for this project' }, headers);
}

export function serverPage(): Refusal {
  const page =
    '<html><head><title>500 Server Error</title></head><body><h1>Server Error</h1></body></html>\n';
  return new Refusal(500, page);
}

const IMPORT_STATUS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
};

/** `/import` has a shape of its own. */
export function importRefusal(
  code: number,
  error: string,
  more: object = {},
  headers: Record<string, string> = {},
): Refusal {
  return new Refusal(code, { code, error, ...more, status: IMPORT_STATUS[code] }, headers);
}

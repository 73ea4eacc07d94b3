import { AppError } from '../app/errors.ts';
import { LIVE_PATH } from './live-path.ts';
import { type Route, routes } from './routes.ts';

type Known = { pattern: RegExp; method: string };

const known: Known[] = [...Object.values<Route>(routes), { method: 'GET', path: LIVE_PATH }].map(
  ({ method, path }) => ({
    method,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`),
  }),
);

/** The methods that the address of a request has; empty for an address that there is not. */
export function allowedMethods(url: string): string[] {
  const [path = ''] = url.split('?');
  const methods = known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
}

export function notAllowedHere(method: string, allowed: readonly string[]): AppError {
  return new AppError(
    'not_allowed_here',
    'method_not_allowed',
    `This address does not know ${method.replace(/[^A-Z]/g, '').slice(0, 20)}.`,
    `Use ${allowed.join(', ')}.`,
  );
}

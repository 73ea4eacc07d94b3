import { guardedAddress, isDatabaseAddress, portOf } from '../../connectors/sql/engines/address.ts';
import type { Sources } from '../app/ports.ts';

type Check = Sources['checkEndpoint'];

/** Addresses of databases are judged as https on the same host; whoever runs Tidemark has to open their ports. */
export function checkDatabaseAddress(endpoint: string, check: Check): ReturnType<Check> {
  if (!isDatabaseAddress(endpoint)) return check(endpoint);
  const url = guardedAddress(endpoint);
  if (url === null) return { ok: false, problem: 'Write the address like postgresql://db.example.com:5432.' };
  if (url.username !== '' || url.password !== '') {
    return { ok: false, problem: 'Give user and password as settings, not in the address.' };
  }
  if (!['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '') {
    return { ok: false, problem: 'Give the database as a setting; the address ends with its port.' };
  }
  const checked = check(url.href);
  if (checked.ok) return checked;
  const open = `the operator has to open it: TIDEMARK_EGRESS_ALLOW=${url.hostname}:${portOf(url)}`;
  return { ok: false, problem: `The address "${endpoint}" cannot be used yet; ${open}.` };
}

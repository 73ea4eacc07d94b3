import type { Answer } from '../spoil.ts';
import type { Refusal } from './errors.ts';

export function jsonAnswer(body: object, headers: Record<string, string>): Answer {
  return { status: 200, headers, body, text: JSON.stringify(body) };
}

export function refusalAnswer(
  { status, body, headers: more }: Refusal,
  headers: Record<string, string>,
): Answer {
  const page = typeof body === 'string';
  const type = { 'content-type': page ? 'text/html; charset=utf-8' : 'application/json' };
  return {
    status,
    headers: { ...headers, ...type, ...more },
    body,
    text: page ? body : JSON.stringify(body),
  };
}

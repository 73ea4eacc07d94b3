import { describe, expect, it } from 'vitest';
import { errorFromStatus, retryAfterMs, toConnectorError } from '../../../connectors/sdk/index.ts';
import { EgressError } from '../../../src/egress/index.ts';

const now = Date.parse('2026-03-01T00:00:00Z');

describe('Retry-After', () => {
  it.each([
    { header: '120', waitMs: 120_000, why: 'seconds' },
    { header: 'Sun, 01 Mar 2026 00:05:00 GMT', waitMs: 300_000, why: 'a date' },
    { header: '0', waitMs: 1_000, why: 'at least a second' },
    { header: 'Sat, 28 Feb 2026 00:00:00 GMT', waitMs: 1_000, why: 'a date gone by' },
    { header: '999999', waitMs: 6 * 3_600_000, why: 'at most six hours' },
    { header: 'soon', waitMs: null, why: 'nonsense' },
    { header: '', waitMs: null, why: 'nothing' },
    { header: null, waitMs: null, why: 'no header' },
  ])('$why: $header', ({ header, waitMs }) => {
    expect(retryAfterMs(header, now)).toBe(waitMs);
  });
});

describe('a status that says nothing more', () => {
  it.each([
    [401, 'auth', 'owner'],
    [403, 'auth', 'owner'],
    [429, 'rate_limited', 'time'],
    [400, 'config', 'owner'],
    [404, 'config', 'owner'],
    [422, 'config', 'owner'],
    [302, 'config', 'owner'],
    [408, 'transient', 'time'],
    [425, 'transient', 'time'],
    [500, 'transient', 'time'],
    [503, 'transient', 'time'],
  ])('%i is %s', (status, errorClass, by) => {
    expect(errorFromStatus('Acme', status, new Headers())).toMatchObject({
      errorClass,
      code: `http_${status}`,
      remedy: { by },
    });
  });

  it('503 with a wait is a matter of the rate', () => {
    const error = errorFromStatus('Acme', 503, new Headers({ 'retry-after': '5' }));
    expect(error).toMatchObject({ errorClass: 'rate_limited', remedy: { by: 'time', afterMs: 5_000 } });
  });
});

describe('a fetch that failed', () => {
  it.each([
    {
      error: new EgressError('blocked_destination', 'address', 'no'),
      errorClass: 'blocked_destination',
      code: 'address',
      by: 'owner',
    },
    {
      error: new EgressError('too_large', 'response_size', 'no'),
      errorClass: 'too_large',
      code: 'response_size',
      by: 'maintainer',
    },
    {
      error: new EgressError('bad_payload', 'response_encoding', 'no'),
      errorClass: 'bad_payload',
      code: 'response_encoding',
      by: 'time',
    },
    {
      error: new EgressError('timeout', 'total_timeout', 'no'),
      errorClass: 'transient',
      code: 'timeout',
      by: 'time',
    },
    {
      error: new EgressError('transient', 'network', 'no', 'ENOTFOUND'),
      errorClass: 'transient',
      code: 'enotfound',
      by: 'time',
    },
    {
      error: new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) }),
      errorClass: 'transient',
      code: 'econnreset',
      by: 'time',
    },
    { error: 'thrown as text', errorClass: 'transient', code: 'network', by: 'time' },
  ])('keeps the class $errorClass ($code)', ({ error, errorClass, code, by }) => {
    expect(toConnectorError(error, 'Acme')).toMatchObject({ errorClass, code, remedy: { by } });
  });

  it('keeps the cause, and a ConnectorError as it is', () => {
    const cause = new Error('socket hang up');
    const error = toConnectorError(cause, 'Acme');
    expect(error.cause).toBe(cause);
    expect(toConnectorError(error, 'Other')).toBe(error);
  });
});

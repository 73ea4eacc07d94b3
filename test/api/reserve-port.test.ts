import { expect, it } from 'vitest';
import { reservePort } from '../../src/api/server.ts';

const HOST = '127.0.0.1';

it('gives two servers that start at the same moment a port each, and keeps both until they listen', async () => {
  const [one, other] = await Promise.all([reservePort(HOST, null), reservePort(HOST, null)]);
  expect(one.port).not.toBe(other.port);
  await expect(reservePort(HOST, one.port)).rejects.toThrow(`The port ${one.port} on ${HOST} is taken.`);
  await one.release();
  await one.release(); // a start that fails gives back what it has given back already
  const again = await reservePort(HOST, one.port);
  expect(again.port).toBe(one.port);
  await Promise.all([again.release(), other.release()]);
});

import { createHmac, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  checkStoredFingerprint,
  generateMasterKeyFile,
  masterKeyFingerprint,
  masterKeyOf,
  parseMasterKeys,
  readMasterKeyFile,
} from '../../src/secrets/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-key-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

it.each(['base64', 'base64url', 'hex'] as const)('reads a master key written in %s', (encoding) => {
  const key = randomBytes(32);
  const parsed = parseMasterKeys(` ${key.toString(encoding)}\n`);
  expect(parsed.ok && parsed.keys).toEqual([masterKeyOf(key)]);
});

it('section 9: reads several keys in order, newest first, and skips comments', () => {
  const keys = [randomBytes(32), randomBytes(32), randomBytes(32)];
  const [a = '', b = '', c = ''] = keys.map((key) => key.toString('base64'));
  const parsed = parseMasterKeys(`# rotated in March\n${a}\n\n${b},${c}`);
  expect(parsed.ok && parsed.keys.map(({ key }) => key)).toEqual(keys);
});

it.each([
  { why: 'nothing at all', text: ' \n', says: 'no master key is given' },
  { why: '31 bytes', text: randomBytes(31).toString('base64'), says: '31 bytes instead of 32' },
  { why: '33 bytes', text: randomBytes(33).toString('hex'), says: '33 bytes instead of 32' },
  { why: 'all zero', text: Buffer.alloc(32).toString('base64'), says: 'one byte repeated' },
  { why: 'one byte repeated', text: 'ab'.repeat(32), says: 'one byte repeated' },
  {
    why: 'counting up',
    text: Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('hex'),
    says: 'sample',
  },
  {
    why: 'counting down',
    text: Buffer.from(Array.from({ length: 32 }, (_, i) => 64 - i)).toString('hex'),
    says: 'sample',
  },
  { why: 'a hex pattern', text: '0123456789abcdef'.repeat(4), says: 'sample' },
  {
    why: 'a sample',
    text: Buffer.from('this-is-a-sample-key-of-32-bytes').toString('base64'),
    says: 'sample',
  },
  { why: 'a password', text: 'correct horse battery staple', says: 'not base64 or hexadecimal' },
])('refuses $why as a master key', ({ text, says }) => {
  const parsed = parseMasterKeys(text);
  expect(parsed.ok ? '' : parsed.problems.join()).toContain(says);
});

it('refuses the same key twice, and never repeats key text in its answer', () => {
  const text = randomBytes(32).toString('base64');
  const parsed = parseMasterKeys(`${text},${text},${text.slice(0, 20)}`);
  const problems = parsed.ok ? [] : parsed.problems;
  expect(problems).toHaveLength(2);
  expect(problems.join()).not.toContain(text.slice(0, 20));
});

it('fingerprints a key by HMAC, so the stored fingerprint tells nothing about it', () => {
  const key = randomBytes(32);
  const expected = createHmac('sha256', key).update('tidemark master key fingerprint v1').digest('hex');
  expect(masterKeyFingerprint(key)).toBe(expected.slice(0, 32));
});

it('section 9: notices at start that the key is not the one that sealed the database', () => {
  const [old, next] = [masterKeyOf(randomBytes(32)), masterKeyOf(randomBytes(32))];
  const stored = masterKeyFingerprint(old.key);
  expect(checkStoredFingerprint(null, [next])).toBe('first_start');
  expect(checkStoredFingerprint(stored, [next])).toBe('mismatch');
  expect(checkStoredFingerprint(stored, [next, old])).toBe('match');
});

it('section 9: generates a key file that only its owner can read, and reads it back', async () => {
  const path = join(folder, 'new', 'master.key');
  const made = await generateMasterKeyFile(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'new'))).mode & 0o777).toBe(0o700);
  const read = await readMasterKeyFile(path);
  expect(read.ok && read.keys).toEqual([made]);
});

it('section 9: never overwrites a key file', async () => {
  const path = join(folder, 'master.key');
  await generateMasterKeyFile(path);
  const before = await readFile(path, 'utf8');
  await expect(generateMasterKeyFile(path)).rejects.toMatchObject({ code: 'key_file' });
  expect(await readFile(path, 'utf8')).toBe(before);
});

it.each([0o640, 0o604, 0o644, 0o660, 0o700 | 0o001])('refuses a key file with mode %o', async (mode) => {
  const path = join(folder, 'master.key');
  await generateMasterKeyFile(path);
  await chmod(path, mode);
  const read = await readMasterKeyFile(path);
  expect(read.ok ? '' : read.problems.join()).toContain('chmod 600');
});

it('refuses a key file that is missing, empty, a folder or too long', async () => {
  const path = join(folder, 'master.key');
  expect(await readMasterKeyFile(path)).toEqual({ ok: false, problems: [`${path} cannot be opened`] });
  await writeFile(path, '', { mode: 0o600 });
  expect(await readMasterKeyFile(path)).toEqual({ ok: false, problems: ['no master key is given'] });
  await writeFile(path, 'a'.repeat(20_000), { mode: 0o600 });
  expect((await readMasterKeyFile(path)).ok).toBe(false);
  expect(await readMasterKeyFile(folder)).toEqual({ ok: false, problems: [`${folder} is not a file`] });
});

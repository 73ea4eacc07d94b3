import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canReach, serviceUser } from '../../src/embedded/service-user.ts';

const isRoot = process.getuid?.() === 0;
const note = isRoot ? '' : ' (did not run: only root hands PostgreSQL to another user)';
const PASSWD = [
  'root:x:0:0:root:/root:/bin/bash',
  'nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin',
  'postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash',
  '',
].join('\n');

describe('the user that PostgreSQL runs as', () => {
  it.runIf(isRoot)(`is "postgres" under root where there is one${note}`, () => {
    expect(serviceUser(PASSWD)).toEqual({
      name: 'postgres',
      uid: 101,
      gid: 104,
      home: '/var/lib/postgresql',
    });
  });

  it.runIf(isRoot)(`is "nobody" under root where there is no "postgres"${note}`, () => {
    const passwd = PASSWD.replace(/^postgres.*$/m, '');
    expect(serviceUser(passwd)).toEqual({ name: 'nobody', uid: 65534, gid: 65533, home: '/nonexistent' });
  });

  it.runIf(isRoot)(
    `is missing under root where there is neither, and the sentence says what to do${note}`,
    () => {
      expect(() => serviceUser('root:x:0:0::/root:/bin/sh')).toThrow(
        /Run Tidemark as an ordinary user, or set DATABASE_URL/,
      );
    },
  );

  it.runIf(!isRoot)('is ourselves when we are an ordinary user', () => {
    expect(serviceUser(PASSWD)).toBeNull();
  });
});

describe('canReach', () => {
  const stranger = { name: 'stranger', uid: 54_321, gid: 54_322, home: '/' };
  let folder: string;
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-reach-'));
    mkdirSync(join(folder, 'inner'));
    file = join(folder, 'inner', 'file');
    writeFileSync(file, '');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    { outer: 0o711, inner: 0o755, of: 0o644, reached: true, why: 'passing needs no right to list' },
    { outer: 0o700, inner: 0o755, of: 0o644, reached: false, why: 'one closed folder on the way is enough' },
    { outer: 0o755, inner: 0o744, of: 0o644, reached: false, why: 'listing is not passing' },
    { outer: 0o755, inner: 0o755, of: 0o640, reached: false, why: 'the file itself may not be read' },
    { outer: 0o755, inner: 0o755, of: 0o711, reached: false, why: 'running needs reading here' },
  ])('says $reached for a stranger: $why', ({ outer, inner, of, reached }) => {
    chmodSync(folder, outer);
    chmodSync(join(folder, 'inner'), inner);
    chmodSync(file, of);
    expect(canReach(file, stranger)).toBe(reached);
  });

  it('asks the rights of the owner for the owner, and of the group for its members', () => {
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'inner'), 0o755);
    chmodSync(file, 0o040); // the group alone may read
    const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
    expect(canReach(file, { ...stranger, uid })).toBe(false);
    expect(canReach(file, { ...stranger, gid })).toBe(true);
  });

  it.runIf(isRoot)(`finds that a folder given to the user can be passed by that user${note}`, () => {
    chmodSync(folder, 0o700);
    chmodSync(join(folder, 'inner'), 0o755);
    chmodSync(file, 0o644);
    chownSync(folder, stranger.uid, stranger.gid);
    expect(canReach(file, stranger)).toBe(true);
    chownSync(folder, 0, 0);
  });

  it('is false for what is not there', () => {
    expect(canReach(join(folder, 'missing'), stranger)).toBe(false);
  });
});

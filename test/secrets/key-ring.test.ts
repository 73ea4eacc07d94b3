import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createKeyRing, masterKeyOf, SecretError, type SecretPlace } from '../../src/secrets/index.ts';
import { memoryStore } from './memory-store.ts';

const place: SecretPlace = {
  workspaceId: 'ws_1',
  table: 'connection',
  rowId: 'con_1',
  field: 'apiKey',
  allowedHosts: ['api.stripe.com'],
};
const plaintext = 'rk_live_åß∂ 四';

function setUp() {
  const store = memoryStore();
  const master = masterKeyOf(randomBytes(32));
  return { store, master, ring: createKeyRing({ masterKeys: [master], store }) };
}

it('section 9: opens what it sealed, in the format v1.kid.iv.ciphertext.tag', async () => {
  const { ring, store } = setUp();
  const sealed = await ring.seal({ ...place, plaintext });
  expect(sealed).toMatch(/^v1\.dk-[0-9a-f]{18}\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
  expect(sealed.split('.')[1]).toBe(store.rows[0]?.kid);
  expect(await ring.open({ ...place, sealed })).toBe(plaintext);
});

it('never writes the same ciphertext twice, and keeps one data key per workspace', async () => {
  const { ring, store } = setUp();
  const first = await ring.seal({ ...place, plaintext });
  const second = await ring.seal({ ...place, plaintext });
  await ring.seal({ ...place, workspaceId: 'ws_2', plaintext });
  expect(first).not.toBe(second);
  expect(store.rows.map((row) => row.workspaceId)).toEqual(['ws_1', 'ws_2']);
});

it('section 9: seals with AES-256-GCM under the documented context, so another program could open it', async () => {
  const { ring, store, master } = setUp();
  const sealed = await ring.seal({ ...place, allowedHosts: ['b.example:8443', 'A.example'], plaintext });
  const row = store.rows[0];
  const key = decrypt(master.key, row?.wrapped ?? '', `v1|data_key|${row?.kid}|ws_1`);
  const context = 'v1|connection|con_1|ws_1|apiKey|a.example,b.example:8443';
  expect(decrypt(key, sealed, context).toString()).toBe(plaintext);
});

it.each([
  { moved: 'another row', change: { rowId: 'con_2' } },
  { moved: 'another field', change: { field: 'webhookSecret' } },
  { moved: 'another table', change: { table: 'channel' } },
  { moved: 'another host', change: { allowedHosts: ['evil.example'] } },
  { moved: 'one host more', change: { allowedHosts: ['api.stripe.com', 'evil.example'] } },
  { moved: 'no host', change: { allowedHosts: [] } },
])('does not open a ciphertext that was moved to $moved', async ({ change }) => {
  const { ring } = setUp();
  const sealed = await ring.seal({ ...place, plaintext });
  await expect(ring.open({ ...place, ...change, sealed })).rejects.toMatchObject({ code: 'not_authentic' });
});

it('does not open a ciphertext in another workspace, even with the data key copied there', async () => {
  const { ring, store } = setUp();
  const sealed = await ring.seal({ ...place, plaintext });
  const other = { ...place, workspaceId: 'ws_2' };
  await expect(ring.open({ ...other, sealed })).rejects.toMatchObject({ code: 'unknown_key' });
  store.rows.push({ ...store.rows[0], workspaceId: 'ws_2' } as (typeof store.rows)[0]);
  await expect(ring.open({ ...other, sealed })).rejects.toMatchObject({ code: 'not_authentic' });
});

it('does not mind the order or case of hosts', async () => {
  const { ring } = setUp();
  const sealed = await ring.seal({ ...place, allowedHosts: ['B.example', 'a.example'], plaintext });
  expect(await ring.open({ ...place, allowedHosts: ['a.example', 'b.EXAMPLE'], sealed })).toBe(plaintext);
});

it('refuses a ciphertext with any one part changed', async () => {
  const { ring } = setUp();
  const sealed = await ring.seal({ ...place, plaintext });
  for (const part of [2, 3, 4]) {
    const parts = sealed.split('.');
    parts[part] = flipFirst(parts[part] ?? '');
    const changed = parts.join('.');
    await expect(ring.open({ ...place, sealed: changed })).rejects.toMatchObject({ code: 'not_authentic' });
  }
});

it('section 9: refuses a tag cut to 4 bytes, which Node alone would accept', async () => {
  const { ring, store, master } = setUp();
  const sealed = await ring.seal({ ...place, plaintext });
  const [version, kid, iv = '', ciphertext = '', tag = ''] = sealed.split('.');
  const shortTag = Buffer.from(tag, 'base64url').subarray(0, 4);
  // The control: without a pinned length this very tag opens the text.
  const row = store.rows[0];
  const key = decrypt(master.key, row?.wrapped ?? '', `v1|data_key|${row?.kid}|ws_1`);
  const lax = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'));
  lax.setAAD(Buffer.from('v1|connection|con_1|ws_1|apiKey|api.stripe.com')).setAuthTag(shortTag);
  expect(Buffer.concat([lax.update(ciphertext, 'base64url'), lax.final()]).toString()).toBe(plaintext);

  const cut = [version, kid, iv, ciphertext, shortTag.toString('base64url')].join('.');
  await expect(ring.open({ ...place, sealed: cut })).rejects.toMatchObject({ code: 'bad_format' });
});

it.each([
  '',
  'rk_live_plain',
  'v2.k.a.b.c',
  'v1.k.AAAA.AA.AA',
  'v1..aaaaaaaaaaaaaaaa.AA.aaaaaaaaaaaaaaaaaaaaaa',
])('refuses stored text that is not a sealed secret: "%s"', async (sealed) => {
  const { ring } = setUp();
  await expect(ring.open({ ...place, sealed })).rejects.toMatchObject({ code: 'bad_format' });
});

it('refuses a place whose parts could be read in two ways', async () => {
  const { ring } = setUp();
  await expect(ring.seal({ ...place, rowId: 'con|1', plaintext })).rejects.toThrow(TypeError);
  await expect(ring.seal({ ...place, allowedHosts: ['a,b'], plaintext })).rejects.toThrow(TypeError);
});

it('section 9: keeps the plaintext out of every error', async () => {
  const { ring } = setUp();
  const sealed = await ring.seal({ ...place, plaintext });
  const error: unknown = await ring.open({ ...place, rowId: 'x', sealed }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SecretError);
  expect(JSON.stringify(error) + String(error)).not.toContain('rk_live');
});

it('needs the master key: another one opens nothing', async () => {
  const { ring, store } = setUp();
  const sealed = await ring.seal({ ...place, plaintext });
  const stranger = createKeyRing({ masterKeys: [masterKeyOf(randomBytes(32))], store });
  await expect(stranger.open({ ...place, sealed })).rejects.toMatchObject({ code: 'unknown_key' });
});

it('section 9: rotates the master key: everything opens before, during and after, and then the old key is not needed', async () => {
  const { ring, store, master } = setUp();
  const sealed: { workspaceId: string; text: string }[] = [];
  for (let index = 0; index < 5; index += 1) {
    const workspaceId = `ws_${index}`;
    sealed.push({ workspaceId, text: await ring.seal({ ...place, workspaceId, plaintext }) });
  }
  const next = masterKeyOf(randomBytes(32));
  const both = createKeyRing({ masterKeys: [next, master], store });
  const openAll = async (opener: typeof ring): Promise<string[]> =>
    Promise.all(sealed.map(({ workspaceId, text }) => opener.open({ ...place, workspaceId, sealed: text })));

  // Two at a time, stopped after the first batch as a crash would.
  expect(await both.rewrapDataKeys(2)).toEqual({ moved: 2, unreadableKids: [] });
  expect(new Set(await openAll(both))).toEqual(new Set([plaintext]));
  expect(await both.rewrapDataKeys(2)).toEqual({ moved: 2, unreadableKids: [] });
  expect(await both.rewrapDataKeys(2)).toEqual({ moved: 1, unreadableKids: [] });
  expect(await both.rewrapDataKeys(2)).toEqual({ moved: 0, unreadableKids: [] });
  expect(new Set(store.rows.map((row) => row.masterKid))).toEqual(new Set([next.kid]));
  const without = createKeyRing({ masterKeys: [next], store });
  expect(new Set(await openAll(without))).toEqual(new Set([plaintext]));
});

it('two workers rewrapping at once move each key once', async () => {
  const { ring, store, master } = setUp();
  for (let index = 0; index < 4; index += 1)
    await ring.seal({ ...place, workspaceId: `ws_${index}`, plaintext });
  const both = createKeyRing({ masterKeys: [masterKeyOf(randomBytes(32)), master], store });
  const [a, b] = await Promise.all([both.rewrapDataKeys(), both.rewrapDataKeys()]);
  expect(a.moved + b.moved).toBe(4);
});

it('names a data key that no master key opens, and moves the others all the same', async () => {
  const { ring, store, master } = setUp();
  await ring.seal({ ...place, workspaceId: 'ws_lost', plaintext });
  await ring.seal({ ...place, plaintext });
  const [lost] = store.rows;
  if (lost !== undefined) lost.wrapped = lost.wrapped.replace(master.kid, 'mk-gone');
  const both = createKeyRing({ masterKeys: [masterKeyOf(randomBytes(32)), master], store });
  expect(await both.rewrapDataKeys()).toEqual({ moved: 1, unreadableKids: [lost?.kid] });
});

it('section 9: rotates the data key: new secrets use it, old ones still open and are known to be outdated', async () => {
  const { ring } = setUp();
  const old = await ring.seal({ ...place, plaintext });
  expect(await ring.isOutdated({ workspaceId: 'ws_1', sealed: old })).toBe(false);
  const kid = await ring.rotateDataKey('ws_1');
  const fresh = await ring.seal({ ...place, plaintext });
  expect(fresh.split('.')[1]).toBe(kid);
  expect(await ring.open({ ...place, sealed: old })).toBe(plaintext);
  expect(await ring.isOutdated({ workspaceId: 'ws_1', sealed: old })).toBe(true);
  expect(await ring.isOutdated({ workspaceId: 'ws_1', sealed: fresh })).toBe(false);
});

function flipFirst(text: string): string {
  return (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
}

/** A second implementation of the format, straight on node:crypto. */
function decrypt(key: Buffer, sealed: string, context: string): Buffer {
  const [, , iv = '', ciphertext = '', tag = ''] = sealed.split('.');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'));
  decipher.setAAD(Buffer.from(context)).setAuthTag(Buffer.from(tag, 'base64url'));
  return Buffer.concat([decipher.update(ciphertext, 'base64url'), decipher.final()]);
}

it('opens a text that was sealed by the second implementation', async () => {
  const { ring, store, master } = setUp();
  await ring.seal({ ...place, plaintext });
  const row = store.rows[0];
  const key = decrypt(master.key, row?.wrapped ?? '', `v1|data_key|${row?.kid}|ws_1`);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from('v1|connection|con_1|ws_1|apiKey|api.stripe.com'));
  const ciphertext = Buffer.concat([cipher.update('from outside'), cipher.final()]);
  const parts = [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  expect(await ring.open({ ...place, sealed: `v1.${row?.kid}.${parts.join('.')}` })).toBe('from outside');
});

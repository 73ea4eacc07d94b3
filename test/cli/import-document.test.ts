import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readDocument } from '../../src/cli/read-document.ts';
import { fakeIo } from './support/fake-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidemark-document-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(content: string | Uint8Array): string {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.txt`);
  writeFileSync(path, content);
  return path;
}

it('reads text in UTF-8, without the mark that some editors put before it', async () => {
  expect(await readDocument(fakeIo(), fileWith('\ufeff目标：增长\n'))).toBe('目标：增长\n');
  expect(await readDocument(fakeIo({ input: 'Objective: Grow' }), '-')).toBe('Objective: Grow');
});

it.each([
  { what: 'a PDF', content: '%PDF-1.7\n…', says: 'is a PDF document' },
  {
    what: 'a Word document',
    content: 'PK\u0003\u0004word/document.xml',
    says: 'a Word, Excel or other zipped document',
  },
  { what: 'an old Word document', content: Buffer.from('d0cf11e0a1b11ae1', 'hex'), says: 'an old Word' },
  { what: 'rich text', content: '{\\rtf1 text}', says: 'an RTF document' },
  { what: 'UTF-16', content: Buffer.from('\ufeffObjective', 'utf16le'), says: 'text in UTF-16' },
  { what: 'GB 18030', content: Buffer.from([0xc4, 0xbf, 0xb1, 0xea]), says: 'is not text in UTF-8' },
  {
    what: 'an image',
    content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]),
    says: 'is not text in UTF-8',
  },
  { what: 'nothing', content: ' \n\t\n', says: 'is empty' },
  { what: 'a megabyte', content: 'x'.repeat(1_000_000), says: 'larger than the 200 KiB' },
])('refuses $what, says what it is, and what to do', async ({ content, says }) => {
  const path = fileWith(content);
  const refusal = readDocument(fakeIo(), path);
  await expect(refusal).rejects.toThrow(says);
  await expect(refusal).rejects.toMatchObject({ exitCode: 2, next: expect.stringMatching(/\.$/) });
});

it('says when there is no such file, when it is a folder, and when nothing is piped', async () => {
  await expect(readDocument(fakeIo(), join(folder, 'none.txt'))).rejects.toMatchObject({ exitCode: 5 });
  await expect(readDocument(fakeIo(), folder)).rejects.toThrow('is a folder');
  await expect(readDocument(fakeIo({ stdinIsTty: true }), '-')).rejects.toThrow('stdin is a terminal');
});

import { describe, expect, it } from 'vitest';
import { createKeptPictures, createSharedWork } from '../../src/api/shared-work.ts';

/** Work that ends when the test says so. */
function held<T>() {
  const asked: string[] = [];
  const waiting: { answer: (value: T) => void; fail: (error: Error) => void }[] = [];
  const work = (key: string): Promise<T> => {
    asked.push(key);
    return new Promise((answer, fail) => waiting.push({ answer, fail }));
  };
  return { asked, waiting, work };
}

describe('what many ask for at once', () => {
  it('is worked out once for all of them, and anew for who asks later', async () => {
    const { asked, waiting, work } = held<number>();
    const shared = createSharedWork<number>();
    const ask = (key: string) => shared(key, () => work(key));
    const both = Promise.all([ask('a'), ask('a'), ask('b')]);
    expect(asked).toEqual(['a', 'b']);
    waiting[0]?.answer(1);
    waiting[1]?.answer(2);
    expect(await both).toEqual([1, 1, 2]);
    void ask('a');
    expect(asked).toEqual(['a', 'b', 'a']);
  });

  it('is not kept when it failed', async () => {
    const { asked, waiting, work } = held<number>();
    const shared = createSharedWork<number>();
    const first = shared('a', () => work('a'));
    waiting[0]?.fail(new Error('down'));
    await expect(first).rejects.toThrow('down');
    void shared('a', () => work('a'));
    expect(asked).toHaveLength(2);
  });
});

describe('pictures', () => {
  const png = Buffer.from('png');

  it('are rendered once however often and however many at once ask for them', async () => {
    const { asked, waiting, work } = held<Buffer>();
    const kept = createKeptPictures(work, 10);
    const crowd = Promise.all(Array.from({ length: 50 }, () => kept('<svg/>')));
    waiting[0]?.answer(png);
    expect(new Set(await crowd)).toEqual(new Set([png]));
    await kept('<svg/>');
    expect(asked).toEqual(['<svg/>']);
  });

  it('are rendered anew when the drawing is another one', async () => {
    const asked: string[] = [];
    const kept = createKeptPictures(async (svg) => {
      asked.push(svg);
      return Buffer.from(svg);
    }, 10);
    expect(String(await kept('one'))).toBe('one');
    expect(String(await kept('two'))).toBe('two');
    expect(asked).toEqual(['one', 'two']);
  });

  it('are forgotten beyond so many, the one that was not asked for longest first', async () => {
    const asked: string[] = [];
    const kept = createKeptPictures(async (svg) => {
      asked.push(svg);
      return png;
    }, 2);
    for (const svg of ['a', 'b', 'a', 'c', 'a', 'b']) await kept(svg);
    // "c" pushes "b" out, for "a" was asked for since.
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
  });

  it('that could not be rendered are tried again', async () => {
    let tries = 0;
    const kept = createKeptPictures(async () => {
      tries += 1;
      if (tries === 1) throw new Error('no font');
      return png;
    }, 2);
    await expect(kept('a')).rejects.toThrow('no font');
    expect(await kept('a')).toBe(png);
  });
});

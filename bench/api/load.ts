import { Agent, get } from 'node:http';

export type Load = { perSecond: number; p50Ms: number; p99Ms: number; bytes: number };

/**
 * Asks one address again and again, over so many connections at once, each of which waits for its answer.
 *
 * @throws Error for the first answer that is not 200
 */
export async function load(
  url: string,
  headersOf: (count: number) => Record<string, string>,
  { atOnce, seconds }: { atOnce: number; seconds: number },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const taken: number[] = [];
  let asked = 0;
  let bytes = 0;
  const began = performance.now();
  const until = began + seconds * 1_000;
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      const start = performance.now();
      asked += 1;
      bytes = await ask(url, headersOf(asked), agent);
      taken.push(performance.now() - start);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, one));
  } finally {
    agent.destroy();
  }
  const lasted = (performance.now() - began) / 1_000;
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { perSecond: taken.length / lasted, p50Ms: at(0.5), p99Ms: at(0.99), bytes };
}

function ask(url: string, headers: Record<string, string>, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, (answer) => {
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      answer.once('error', reject);
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve(bytes);
        else reject(new Error(`${url} was answered with ${answer.statusCode}`));
      });
    }).once('error', reject);
  });
}

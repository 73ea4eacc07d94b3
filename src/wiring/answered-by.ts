import type { ReadOutcome, ReadRequest } from '../app/ports.ts';

type Read = (requests: ReadRequest[]) => Promise<ReadOutcome[]>;

/** Some requests are answered here and the others elsewhere; the answers come in the order of asking. */
export async function answeredBy(
  requests: readonly ReadRequest[],
  isOurs: (request: ReadRequest) => boolean,
  ours: Read,
  elsewhere: Read,
): Promise<ReadOutcome[]> {
  const own = requests.filter(isOurs);
  const others = requests.filter((request) => !isOurs(request));
  const answers = new Map<ReadRequest, ReadOutcome>();
  for (const [asked, read] of [
    [others, elsewhere],
    [own, ours],
  ] as const) {
    const outcomes = asked.length === 0 ? [] : await read(asked);
    for (const [index, request] of asked.entries()) answers.set(request, outcomes[index] as ReadOutcome); // one answer a request, in the same order
  }
  return requests.map((request) => answers.get(request) as ReadOutcome); // each was answered by one of the two
}

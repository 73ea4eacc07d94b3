import type { IncomingMessage, ServerResponse } from 'node:http';

/** A report of the default branch, in percent as Codecov tells it. */
export type CodecovReport = { at: number; percent: number };

/** An owner's one repository as Codecov would have it. Times are seconds since 1970. */
export type CodecovWorld = {
  token: string;
  service: string;
  owner: string;
  repo: string;
  branch: string;
  /** Oldest first. */
  reports: readonly CodecovReport[];
  flags: readonly string[];
  now: number;
};

type Asked = { url: URL; path: string };

/** The part of Codecov's API v2 that is read: the owner, and the coverage of a branch by the day (UTC). */
export function answerCodecov(
  world: CodecovWorld,
  { path, url }: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const send = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.headers.authorization !== `Bearer ${world.token}`) {
    send(401, { detail: 'Invalid token.' });
    return;
  }
  const owner = `/api/v2/${world.service}/${world.owner}/`;
  if (path === owner) {
    send(200, { service: world.service, username: world.owner, name: world.owner });
    return;
  }
  const repository = `${owner}repos/${world.repo}/`;
  const flag = /^flags\/([^/]+)\/coverage\/$/.exec(path.slice(repository.length))?.[1];
  const known = path === `${repository}coverage/` || world.flags.includes(decodeURIComponent(flag ?? ''));
  if (!path.startsWith(repository) || !known) {
    send(404, { detail: 'Not found.' });
    return;
  }
  send(200, paged(url, trendOf(world, url.searchParams)));
}

type Trend = { timestamp: string; min: number; max: number; avg: number };

/** One entry a day with reports. Where the first day has none, one older day comes before, to be carried forward. */
function trendOf({ branch, now, reports }: CodecovWorld, params: URLSearchParams): Trend[] {
  if (params.get('branch') !== branch) return [];
  const from = params.get('start_date') ?? '';
  const to = params.get('end_date') ?? '9999';
  const byDay = new Map<string, number[]>();
  for (const { at, percent } of reports) {
    const day = new Date(at * 1_000).toISOString().slice(0, 10);
    if (at <= now && day <= to) byDay.set(day, [...(byDay.get(day) ?? []), percent]);
  }
  const days = [...byDay.keys()].toSorted();
  const inside = days.filter((day) => day >= from);
  const before = inside[0] === from ? [] : days.filter((day) => day < from).slice(-1);
  return [...before, ...inside].map((day) => {
    const all = byDay.get(day) ?? [];
    const avg = all.reduce((sum, each) => sum + each, 0) / all.length;
    return { timestamp: `${day}T00:00:00Z`, min: Math.min(...all), max: Math.max(...all), avg };
  });
}

const PAGE = 20;

function paged(url: URL, all: readonly Trend[]) {
  const size = Math.min(100, Number(url.searchParams.get('page_size') ?? PAGE));
  const number = Number(url.searchParams.get('page') ?? 1);
  const results = all.slice((number - 1) * size, number * size);
  const to = (page: number): string => {
    const there = new URL(url);
    there.searchParams.set('page', String(page));
    return there.href;
  };
  return {
    count: all.length,
    next: number * size < all.length ? to(number + 1) : null,
    previous: number > 1 ? to(number - 1) : null,
    results,
    total_pages: Math.ceil(all.length / size),
  };
}

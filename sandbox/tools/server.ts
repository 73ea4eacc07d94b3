import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerAppStore } from '../app-store/server.ts';
import { calendarServer } from '../calendar/server.ts';
import { answerCodecov } from '../codecov/server.ts';
import { feedServer } from '../feed/server.ts';
import { answerGitHub } from '../github/server.ts';
import { googlePlayServer } from '../google-play/server.ts';
import { googleSheetsServer } from '../google-sheets/server.ts';
import { answerJira } from '../jira/server.ts';
import { type Work, workUntil } from '../model/work/work.ts';
import type { SandboxState } from '../state.ts';
import { typeformServer } from '../typeform/server.ts';
import type { World } from '../world.ts';
import { zendeskServer } from '../zendesk/server.ts';
import { codecovOf, gitHubOf, jiraOf } from './engineering.ts';
import { playToolFault } from './faults.ts';
import { TOOLS, type Tool } from './names.ts';
import { calendarOf, feedOf, googleSheetsOf } from './office.ts';
import { appStoreOf, googlePlayOf, typeformOf, zendeskOf } from './voices.ts';

type Look = () => { state: SandboxState; world: World };
/** `url` is what was asked, with the host that it was asked of; `path` is what stands behind the tool's own prefix. */
type Asked = { url: URL; path: string; request: IncomingMessage; response: ServerResponse };
type Answer = (asked: Asked) => void;

/** The tool that a path leads to, by its first part. */
export function toolAt(path: string): Tool | null {
  return TOOLS.find((tool) => path === `/${tool}` || path.startsWith(`/${tool}/`)) ?? null;
}

/** Answers for all of the company's tools, over what has happened by now. */
export function toolsServer(look: Look) {
  const answers = answersOf(workKeeper(look));
  return (tool: Tool, request: IncomingMessage, response: ServerResponse): void => {
    const { state } = look();
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'sandbox'}`);
    const path = url.pathname.slice(tool.length + 1) || '/';
    const fault = state.toolFaults?.[tool] ?? null;
    if (fault !== null && playToolFault({ fault, tool }, path, response)) return;
    response.setHeader('x-sandbox-data', 'true');
    request.url = path + url.search;
    answers[tool]({ url, path, request, response });
  };
}

/** What the tools know. It is played anew each minute, and what a tool makes of it is made once. */
type Known = {
  token(): string;
  now(): number;
  account(): { clientEmail: string; privateKey: string };
  /** A tool's own view of it, kept until there is other work. */
  of<Told>(tell: (work: Work) => Told): Told;
};

function workKeeper(look: Look): Known {
  let kept: { key: string; work: Work; told: Map<unknown, unknown> } | null = null;
  return {
    token: () => look().state.toolToken,
    now: () => look().world.now,
    account: () => look().state.ga4,
    of<Told>(tell: (work: Work) => Told): Told {
      const { state, world } = look();
      const { anchorDay, company, seed } = world.model;
      const until = Math.floor(world.now / 60) * 60;
      const key = JSON.stringify([seed, anchorDay, company, until, state.toolToken]);
      if (kept?.key !== key) {
        kept = { key, work: workUntil({ seed, anchorDay, company }, until), told: new Map() };
      }
      const { told, work } = kept;
      if (!told.has(tell)) told.set(tell, tell(work));
      return told.get(tell) as Told; // it was set by the same function
    },
  };
}

function answersOf({ account, now, of, token }: Known): Record<Tool, Answer> {
  const gitHub = (work: Work) => gitHubOf(work, token());
  const jira = (work: Work) => jiraOf(work, token(), now());
  const codecov = (work: Work) => codecovOf(work, token(), now());
  const sheets = (work: Work) => googleSheetsOf(work, account(), now());
  const play = (work: Work) => googlePlayOf(work, account(), now());
  const zendesk = (work: Work) => zendeskOf(work, token(), now());
  const typeform = (work: Work) => typeformOf(work, token(), now());
  const feed = (work: Work) => feedOf(work, now());
  const calendar = (work: Work) => calendarOf(work, token(), now());
  /** Servers of their own, which count what they are asked. */
  const served =
    (server: (request: IncomingMessage, response: ServerResponse) => void): Answer =>
    ({ request, response }) =>
      server(request, response);
  return {
    github: ({ path, request, response, url }) => answerGitHub(of(gitHub), { url, path }, request, response),
    jira: (asked) =>
      withBody(asked, (body) =>
        answerJira(of(jira), { url: inside(asked), body }, asked.request, asked.response),
      ),
    codecov: ({ path, request, response, url }) =>
      answerCodecov(of(codecov), { url, path }, request, response),
    app_store: ({ path, response, url }) => answerAppStore(of(appStoreOf), { url, path }, response),
    google_sheets: served(googleSheetsServer(() => of(sheets))),
    google_play: served(googlePlayServer(() => of(play))),
    zendesk: served(zendeskServer(() => of(zendesk))),
    typeform: served(typeformServer(() => of(typeform))),
    feed: served(feedServer(() => of(feed))),
    calendar: served(calendarServer(() => of(calendar))),
  };
}

const inside = ({ path, url }: Asked): URL => new URL(path + url.search, url);

function withBody({ request }: Asked, answer: (body: Record<string, unknown> | null) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => answer(objectIn(Buffer.concat(chunks).toString('utf8'))));
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

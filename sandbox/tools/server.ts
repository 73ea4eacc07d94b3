import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerAppStore } from '../app-store/server.ts';
import { answerCodecov } from '../codecov/server.ts';
import { answerGitHub } from '../github/server.ts';
import { answerJira } from '../jira/server.ts';
import { type Work, workUntil } from '../model/work/work.ts';
import type { SandboxState } from '../state.ts';
import type { World } from '../world.ts';
import { codecovOf, gitHubOf, jiraOf } from './engineering.ts';
import { playToolFault } from './faults.ts';
import { TOOLS, type Tool } from './names.ts';
import { appStoreOf } from './voices.ts';

type Look = () => { state: SandboxState; world: World };
/** `url` is what was asked, with the host that it was asked of; `path` is what stands behind the tool's own prefix. */
type Asked = { url: URL; path: string; work: Work; token: string; now: number; body: unknown };

/** The tool that a path leads to, by its first part. */
export function toolAt(path: string): Tool | null {
  return TOOLS.find((tool) => path === `/${tool}` || path.startsWith(`/${tool}/`)) ?? null;
}

/** Answers for all of the company's tools. What they know is played once an hour, and for each change of the state. */
export function toolsServer(look: Look) {
  let kept: { key: string; work: Work } | null = null;
  const workAt = (state: SandboxState, world: World): Work => {
    const { company, anchorDay, seed } = world.model;
    // Everything that happens in a minute is known at its end.
    const until = Math.floor(world.now / 60) * 60;
    const key = JSON.stringify([seed, anchorDay, company, until, state.timeZone]);
    if (kept?.key !== key) kept = { key, work: workUntil({ seed, anchorDay, company }, until) };
    return kept.work;
  };
  return (tool: Tool, request: IncomingMessage, response: ServerResponse): void => {
    const { state, world } = look();
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'sandbox'}`);
    const path = url.pathname.slice(tool.length + 1) || '/';
    const fault = state.toolFaults?.[tool] ?? null;
    if (fault !== null && playToolFault(fault, path, response)) return;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const work = workAt(state, world);
      answer(
        tool,
        { url, path, work, token: state.toolToken, now: world.now, body: parsed(text) },
        request,
        response,
      );
    });
  };
}

function answer(tool: Tool, asked: Asked, request: IncomingMessage, response: ServerResponse): void {
  const { now, path, token, url, work } = asked;
  response.setHeader('x-sandbox-data', 'true');
  switch (tool) {
    case 'github':
      return answerGitHub(gitHubOf(work, token), { url, path }, request, response);
    case 'jira': {
      const inside = new URL(path + url.search, url);
      return answerJira(
        jiraOf(work, token, now),
        { url: inside, body: objectOf(asked.body) },
        request,
        response,
      );
    }
    case 'codecov':
      return answerCodecov(codecovOf(work, token, now), { url, path }, request, response);
    case 'app_store':
      return answerAppStore(appStoreOf(work), { url, path }, response);
  }
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const objectOf = (body: unknown): Record<string, unknown> | null =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : null;

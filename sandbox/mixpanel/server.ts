import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as passing } from 'node:timers/promises';
import { type Answer, faultFor, spoil } from '../spoil.ts';
import type { Fault, SandboxState } from '../state.ts';
import type { World } from '../world.ts';
import { demandAccount, demandImporter, demandShortBody } from './access.ts';
import { jsonAnswer, refusalAnswer } from './answers.ts';
import { type Asked, readRequest } from './asked.ts';
import { type Calendar, calendarOf } from './calendar.ts';
import { notServed, Refusal, wrongMethod } from './errors.ts';
import { type ExportLine, exportLines, exportText, sendExport, spoiledExport } from './export.ts';
import { type Kind, refuseByFault, twisted } from './faults.ts';
import { importAnswer, importEvents } from './import.ts';
import { type IngestedFile, ingestedFile } from './ingested.ts';
import { type Limits, newLimits, type Usage } from './limits.ts';
import type { Sessions } from './people.ts';
import { answerQuery, isQuery } from './queries.ts';
import { sentAnswer, sentData, takeTracked, takeUpdates } from './sending.ts';
import { type View, viewOf } from './view.ts';

export type { Usage } from './limits.ts';

/** What the server stands on for one request. */
export type MixpanelNow = { state: SandboxState; world: World; statePath: string };

export type MixpanelServer = ((request: IncomingMessage, response: ServerResponse) => void) & {
  usage(): Usage;
};

/** A query is under way for a moment, else no two would ever overlap and the limit on that could not be met. */
const TAKES_MS = 10;

type Memory = {
  limits: Limits;
  sessions: Sessions;
  ingested: IngestedFile;
  calendar: (timeZone: string) => Calendar;
};

/**
 * Answers Mixpanel's query API, raw export and ingestion.
 *
 * @param monotonicMs drives the limit of exports per second only
 */
export function mixpanelServer(
  look: () => MixpanelNow,
  monotonicMs = () => performance.now(),
): MixpanelServer {
  const memory: Memory = {
    limits: newLimits(monotonicMs),
    sessions: new Map(),
    ingested: ingestedFile(),
    calendar: calendars(),
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response, look, memory).catch((error: unknown) => failed(request, response, error));
  };
  return Object.assign(handle, { usage: memory.limits.usage });
}

function calendars(): (timeZone: string) => Calendar {
  const known = new Map<string, Calendar>();
  return (timeZone) => {
    const calendar = known.get(timeZone) ?? calendarOf(timeZone);
    known.set(timeZone, calendar);
    return calendar;
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  look: () => MixpanelNow,
  memory: Memory,
): Promise<void> {
  const asked = await readRequest(request);
  const now = look();
  const fault = faultFor(now.state.faults.mixpanel, asked.url.pathname);
  const headers = { 'content-type': 'application/json', 'x-sandbox-data': 'true' };
  let answer: Answer;
  let lines: ExportLine[] | null = null;
  try {
    const kind = kindOf(asked);
    await enter(kind, asked, { ...now, fault, response }, memory);
    if (kind === 'export') {
      lines = exportLines({ request: asked.request, values: asked.url.searchParams }, view(now, memory));
      answer = {
        status: 200,
        headers: { ...headers, 'content-type': 'text/plain' },
        body: lines,
        text: exportText(lines),
      };
    } else {
      answer = answerTo(kind, asked, now, memory, headers);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer = refusalAnswer(error, headers);
  }
  const { headers: head, text } = answer;
  if (lines !== null) {
    const spoiled = fault === null ? text : spoiledExport(fault.kind, lines);
    if (spoiled !== null) return sendExport(response, { headers: head, text: spoiled }, asked.headers);
  }
  if (fault !== null && spoil(fault, response, answer, twisted)) return;
  response.writeHead(answer.status, { ...head, 'content-length': Buffer.byteLength(text) }).end(text);
}

function kindOf({ path, method, request }: Asked): Kind {
  if (path === '/api/2.0/export') {
    if (method !== 'GET') throw wrongMethod(request, method);
    return 'export';
  }
  if (isQuery(path)) return 'query';
  if (path === '/import') return 'import';
  if (['/track', '/engage', '/groups'].includes(path)) return 'send';
  throw notServed(request);
}

type Door = MixpanelNow & { fault: Fault | null; response: ServerResponse };

/** Lets a request in: who asks, whether there is room, and whether the door is broken. @throws Refusal */
async function enter(
  kind: Kind,
  asked: Asked,
  { state, world, fault, response }: Door,
  memory: Memory,
): Promise<void> {
  const { projectId } = state.mixpanel;
  const { request } = asked;
  if (kind === 'import') demandImporter(asked, state.mixpanel);
  else demandShortBody(asked);
  if (kind === 'query' || kind === 'export') {
    demandAccount(asked, state.mixpanel);
    const door = kind === 'query' ? 'queries' : 'exports';
    const leave = memory.limits.enter({ door, projectId, now: world.now, request });
    response.once('close', leave);
    await passing(TAKES_MS);
  }
  refuseByFault(fault, { kind, projectId, request });
}

function view({ state, world, statePath }: MixpanelNow, memory: Memory): View {
  return viewOf(world, memory.calendar(state.timeZone), memory.ingested.read(statePath));
}

function answerTo(
  kind: Exclude<Kind, 'export'>,
  asked: Asked,
  now: MixpanelNow,
  memory: Memory,
  headers: Record<string, string>,
): Answer {
  const { mixpanel } = now.state;
  const nowMs = now.world.now * 1_000;
  if (kind === 'query') {
    const around = { view: view(now, memory), sessions: memory.sessions, projectId: mixpanel.projectId };
    return jsonAnswer(answerQuery(asked, around), headers);
  }
  if (kind === 'import') {
    const imported = importEvents(asked, nowMs);
    memory.ingested.append(now.statePath, imported.taken);
    return jsonAnswer(importAnswer(imported, asked.url.searchParams.get('strict') === '1'), headers);
  }
  const sent = sentData(asked);
  if (sent === null) return sentAnswer(asked, 'data, missing or empty', headers);
  const profileOrGroup = asked.path === '/engage' ? 'profile' : 'group';
  const { taken, error } =
    asked.path === '/track'
      ? takeTracked(sent, mixpanel, nowMs)
      : takeUpdates(profileOrGroup, sent, mixpanel, nowMs);
  memory.ingested.append(now.statePath, taken);
  return sentAnswer(asked, error, headers);
}

function failed(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (request.destroyed && !request.complete) return; // the client hung up while it was sending
  console.error(`sandbox: ${request.method} ${request.url?.split('?')[0]} failed`, error);
  if (response.headersSent) return void response.destroy();
  const body = { error: 'The sandbox has a bug; its own log tells more.', status: 'error' };
  response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

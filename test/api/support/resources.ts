import { expect } from 'vitest';
import type { Answer, TestServer } from './server.ts';

export type Resources = {
  get(path: string): Promise<Record<string, unknown>>;
  /** What a list holds, by key or by id where there is none. */
  names(path: string): Promise<string[]>;
  post(path: string, body?: unknown, status?: number): Promise<Record<string, unknown>>;
  /** Whatever version it has. */
  patch(path: string, body: unknown, status?: number): Promise<Record<string, unknown>>;
  remove(path: string, status?: number): Promise<Record<string, unknown>>;
  audited(objectId: unknown): Promise<{ action: string; actor: string; details: Record<string, unknown> }[]>;
};

/** Requests with the answer that they have to have. */
export function resourcesOf(server: TestServer): Resources {
  const asked = async (
    method: string,
    path: string,
    body: unknown,
    status: number,
  ): Promise<Answer['json']> => {
    const versioned: Record<string, string> = method === 'PATCH' ? { 'if-match': '*' } : {};
    const answer = await server.ask(method, `/api/v1${path}`, body, versioned);
    expect(answer.status, `${method} ${path}: ${answer.text}`).toBe(status);
    return answer.json;
  };
  return {
    get: (path) => asked('GET', path, undefined, 200),
    async names(path) {
      const { data } = await asked('GET', path, undefined, 200);
      return (data as { key?: string; id: string }[]).map(({ id, key }) => key ?? id);
    },
    post: (path, body = {}, status = 201) => asked('POST', path, body, status),
    patch: (path, body, status = 200) => asked('PATCH', path, body, status),
    remove: (path, status = 204) => asked('DELETE', path, undefined, status),
    async audited(objectId) {
      const rows = await server.services.database.pool.query<{
        action: string;
        actor: string;
        details: Record<string, unknown>;
      }>('SELECT action, actor, details FROM audit_log WHERE object_id = $1 ORDER BY id', [objectId]);
      return rows.rows;
    },
  };
}

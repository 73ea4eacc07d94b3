import type pg from 'pg';

/** Whose rows a connection shows: a workspace's, or null for the owner of the tables, who sees all of them. */
type Scope = string | null;

type Taken = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: pg.PoolClient['release'],
) => void;

/** As whom each connection acts at the moment, so that it is told only when that changes. */
const scopes = new WeakMap<pg.PoolClient, Scope>();
/** The pool below each view: a view of a view would tell every connection twice. */
const bases = new WeakMap<pg.Pool, pg.Pool>();

/** A view of the pool: every connection that is taken from it acts in `scope`, and in no other, from its first statement. */
export function scopedPool(pool: pg.Pool, scope: Scope): pg.Pool {
  const base = bases.get(pool) ?? pool;
  const take = async (): Promise<pg.PoolClient> => {
    const client = await base.connect();
    try {
      await enter(client, scope);
    } catch (error) {
      client.release(error instanceof Error ? error : true); // nobody knows as whom it acts: it is not used again
      throw error;
    }
    return client;
  };
  const connect = (taken?: Taken): Promise<pg.PoolClient> | undefined => {
    if (taken === undefined) return take();
    take().then(
      (client) => taken(undefined, client, client.release.bind(client)),
      (error: Error) => taken(error, undefined, () => {}),
    );
    return undefined;
  };
  const view = new Proxy(base, {
    // The pool's own `query` takes its connection from `this`, which is the view.
    get: (target, name, receiver) => (name === 'connect' ? connect : Reflect.get(target, name, receiver)),
  });
  bases.set(view, base);
  return view;
}

async function enter(client: pg.PoolClient, scope: Scope): Promise<void> {
  if ((scopes.get(client) ?? null) === scope) return;
  await client.query(`SELECT set_config('role', $1, false), set_config('tidemark.workspace', $2, false)`, [
    scope === null ? 'none' : 'tidemark_tenant',
    scope ?? '',
  ]);
  scopes.set(client, scope);
}

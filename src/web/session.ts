import { useSyncExternalStore } from 'react';

/**
 * A session may end in the middle of work. Then whatever is asked of the server waits, a window above the page asks to
 * sign in, and the page below stays as it is: nothing that was typed is lost, and what was sent goes on by itself.
 */
let known = false;
let waiting: { again: Promise<boolean>; settle: (signedIn: boolean) => void } | null = null;
const listeners = new Set<() => void>();

/** The server answered somebody who is signed in. */
export function heardSession(): void {
  known = true;
}

/** Resolves once it is worth asking again; at once with false for somebody who was not signed in here before. */
export function signedInAgain(): Promise<boolean> {
  if (!known) return Promise.resolve(false);
  if (waiting === null) {
    let settle: (signedIn: boolean) => void = () => {};
    const again = new Promise<boolean>((done) => {
      settle = done;
    });
    waiting = { again, settle };
    tell();
  }
  return waiting.again;
}

/** Signed in again, here or in another window: what waits is sent anew. */
export function sessionIsBack(): void {
  settle(true);
}

/** Signed out on purpose: what is refused from now on is refused. */
export function forgetSession(): void {
  known = false;
  settle(false);
}

export function useLostSession(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting !== null,
  );
}

function settle(signedIn: boolean): void {
  const before = waiting;
  waiting = null;
  before?.settle(signedIn);
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

import { ProblemNotice } from './notices.tsx';

/** For a fault of the page itself: what it says, and a way to start over. */
export function PageError({ error }: { error: unknown }) {
  return <ProblemNotice error={error} onRetry={() => window.location.reload()} />;
}

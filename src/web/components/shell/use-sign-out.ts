import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../api.ts';
import { forgetSession } from '../../session.ts';
import { type Change, useChange } from '../../use-change.ts';

/** Ends the session on the server, and forgets whatever was read with it. */
export function useSignOut(): Change<void, null> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useChange(async () => {
    await call('endSession');
    forgetSession();
    await navigate({ to: '/sign-in' });
    queries.clear();
    return null;
  });
}

import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Asked } from '../components/ui/page-parts.tsx';
import { meQuery } from '../use-me.ts';

/**
 * The dashboard of the queue is no page of ours: the server has it at this very address, and answers with us only while it
 * does not know who asks. Who has signed in asks again.
 */
export function QueuesPage() {
  return <Asked query={useQuery(meQuery)}>{() => <AskAgain />}</Asked>;
}

function AskAgain() {
  useEffect(() => window.location.reload(), []);
  return null;
}

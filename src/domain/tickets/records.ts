/** A request for help. `mergedInto` names the ticket that it was folded into, `followUpOf` the one that it goes on with. */
export type Ticket = {
  id: string;
  requesterId: string;
  createdAt: Date;
  status: string;
  mergedInto: string | null;
  followUpOf?: string | null;
  tags: readonly string[];
};

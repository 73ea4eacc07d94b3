import { createHash } from 'node:crypto';

/** The id under which a message goes out, the same however often it is sent: receivers can tell a repeat by it. */
export function deliveryIdOf(eventKey: string, channelId: string): string {
  return `msg_${createHash('sha256').update(`${eventKey}\u0000${channelId}`).digest('base64url').slice(0, 32)}`;
}

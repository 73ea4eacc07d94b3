/** What people did in a product. `userId` is the resolved person: anonymous ones are merged before. */
export type ProductEvent = {
  /** The same id twice is the same event told twice; null when the source has none. */
  id: string | null;
  userId: string;
  event: string;
  at: Date;
  properties: Readonly<Record<string, unknown>>;
};
export type Session = { userId: string; startAt: Date; endAt: Date };
export type View = { userId: string; contentId: string; seconds: number; at: Date };
export type Content = { id: string; releasedAt: Date };
/** One store of a marketplace over the window. */
export type Merchant = { id: string; sessions: number; orders: number };

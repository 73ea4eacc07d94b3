/** A Typeform account as it is now. Plain data: whoever serves it says what has happened. Instants are ISO 8601 in UTC. */
export type TypeformWorld = {
  nowSeconds: number;
  token: string;
  /** What the token may do: `responses:read`, `forms:read`. */
  scopes: readonly string[];
  forms: readonly TypeformForm[];
  responses: readonly TypeformResponse[];
  /** Responses that are younger are not shown yet. */
  lateSeconds: number;
  requestsPerSecond: number;
};

export type TypeformForm = {
  id: string;
  title: string;
  fields: readonly TypeformField[];
  hidden?: readonly string[];
};

export type TypeformField = {
  id: string;
  ref?: string;
  title: string;
  type: string;
  /** Of a scale: how many answers there are. */
  steps?: number;
  startAtOne?: boolean;
  /** Of a group: the questions in it. */
  fields?: readonly TypeformField[];
};

export type TypeformResponse = {
  formId: string;
  token: string;
  kind?: 'started' | 'partial' | 'completed';
  submittedAt: string;
  /** The order of a list is that of processing; by default that of submitting. */
  processedAt?: string;
  hidden?: Readonly<Record<string, string>>;
  answers?: readonly TypeformAnswer[];
};

export type TypeformAnswer = { fieldId: string; number?: number; text?: string };

export const millisecondsOf = (instant: string): number => Date.parse(instant);

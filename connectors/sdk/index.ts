export type { CatalogMeaning, CatalogReading } from './catalog.ts';
export type * from './collector.ts';
export { defineConnector, defineMetric } from './define.ts';
export * from './delivery.ts';
export { type Document, type DocumentSource, fetchDocument } from './document.ts';
export {
  abortedError,
  afterTime,
  ConnectorError,
  type ConnectorErrorFacts,
  toConnectorError,
} from './error.ts';
export { addressBelow, secretForms } from './given-address.ts';
export { GOOGLE_PAUSE_MS, type GoogleRefusal, googleLimitError, googleRefusal } from './google-error.ts';
export { GOOGLE_TOKEN_HOST, googleToken } from './google-token.ts';
export { createHttp, type HttpFetch, type HttpOptions } from './http.ts';
export { createLimiter, type Limiter } from './limiter.ts';
export { type LineStream, openLines } from './lines.ts';
export { begunDays, daysOf, instantOfWall, localDay } from './local-day.ts';
export type * from './mirror.ts';
export { decimalsOf, minorUnits } from './money.ts';
export { nearNames } from './near-names.ts';
export { mergeCompleteness, type Walk, walkPages } from './pages.ts';
export { driftError, parseAnswer } from './parse.ts';
export { badPayload, payloadProblem } from './payload.ts';
export { memoryQuota, type Quota, type QuotaRule, quotaError } from './quota.ts';
export { redact, redactUrl } from './redact.ts';
export {
  projectOfAccount,
  readServiceAccount,
  SERVICE_ACCOUNT_HELP,
  type ServiceAccount,
  selfSignedToken,
  serviceAccountKey,
  serviceAccountOf,
  signedAssertion,
} from './service-account.ts';
export { errorFromStatus, resetWaitMs, retryAfterMs, statusClass } from './status.ts';
export * from './survey.ts';
export { decodeDocument } from './text-encoding.ts';
export { type TokenBook } from './token-book.ts';
export { type TokenShelf, tokenBudget } from './token-budget.ts';
export type * from './token-pools.ts';
export type * from './types.ts';

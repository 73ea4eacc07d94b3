/** One answer. A scale of words (`good`, `bad`, and `offered` for asked but not answered) is kept as it is. */
export type SurveyAnswer = { id: string; respondentId: string; score: number | string; at: Date };
/** What a store shows in one country at the close of the day. */
export type StorefrontRating = { country: string; average: number; count: number };
export type RatingTotal = { average: number; count: number };

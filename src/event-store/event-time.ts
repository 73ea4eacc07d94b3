/** A time that cannot be read, and one that says nothing of its zone, beside the milliseconds of those that can. */
const WITH_ZONE = String.raw`\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)? ?([Zz]|[+-]\d\d(:?\d\d)?)`;
const WITHOUT_ZONE = String.raw`\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?)?`;
const NUMBER = String.raw`-?\d+(\.\d+)?([eE][+-]?\d+)?`;
/** The engine wants no space before the zone, seconds, and a capital Z. */
const SPACED = String.raw` ([Zz]|[+-][\d:]+)$`;
const SHORT = String.raw`^(.{10}.\d\d:\d\d)([Zz+-].*)$`;
/** As providers do: a smaller number counts seconds (until the year 5138), a larger one milliseconds. */
const SECONDS_BELOW = 1e11;

/**
 * SQL of the milliseconds since 1970 that a text means: RFC 3339, an offset in any common form, or a number. Null where it
 * means no instant.
 */
export function instantOf(text: string): string {
  return `CASE WHEN regexp_full_match(${text}, '${NUMBER}')
    THEN CASE WHEN abs(TRY_CAST(${text} AS DOUBLE)) < ${SECONDS_BELOW}
      THEN TRY_CAST(round(TRY_CAST(${text} AS DOUBLE) * 1000) AS BIGINT)
      ELSE TRY_CAST(round(TRY_CAST(${text} AS DOUBLE)) AS BIGINT) END
    WHEN regexp_full_match(${text}, '${WITH_ZONE}')
    THEN epoch_ms(TRY_CAST(upper(regexp_replace(regexp_replace(${text}, '${SPACED}', '\\1'), '${SHORT}', '\\1:00\\2')) AS TIMESTAMPTZ)) END`;
}

/** SQL of whether a text is a day or a clock's time that could be of any zone. */
export function lacksZone(text: string): string {
  return `coalesce(regexp_full_match(${text}, '${WITHOUT_ZONE}'), false)`;
}

-- Monthly recurring revenue in the currency $1 at the moment of the dump. It has no past: only today is known.
SELECT
  today AS day,
  (SELECT coalesce(sum(amount), 0) FROM monthly_revenue WHERE currency = $1) AS value,
  NULL::numeric AS numerator,
  NULL::numeric AS denominator
FROM company

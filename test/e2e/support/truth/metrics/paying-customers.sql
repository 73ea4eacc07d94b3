-- Customers whose monthly recurring revenue is above zero at the moment of the dump, in any currency.
SELECT
  today AS day,
  (SELECT count(DISTINCT customer) FROM monthly_revenue) AS value,
  NULL::numeric AS numerator,
  NULL::numeric AS denominator
FROM company

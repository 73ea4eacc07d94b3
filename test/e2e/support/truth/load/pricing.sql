-- What a quantity of a price costs in one billing period, in minor units, before discounts.
--
-- Packs are rounded up. Volume: all units at the price of the tier that the quantity falls into. Graduated: each unit at
-- the price of its own tier, and the flat amount of every tier that was entered.
CREATE FUNCTION period_amount(sold jsonb, quantity numeric) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
  units numeric := ceil(quantity / coalesce((sold ->> 'divideBy')::numeric, 1));
  total numeric := 0;
  below numeric := 0;
  tier jsonb;
BEGIN
  IF sold ->> 'tiersMode' IS NULL THEN
    RETURN units * (sold ->> 'unitMinor')::numeric;
  END IF;
  FOR tier IN SELECT * FROM jsonb_array_elements(sold -> 'tiers') LOOP
    IF sold ->> 'tiersMode' = 'volume' THEN
      IF tier ->> 'upTo' IS NULL OR units <= (tier ->> 'upTo')::numeric THEN
        RETURN units * (tier ->> 'unitMinor')::numeric + (tier ->> 'flatMinor')::numeric;
      END IF;
    ELSIF units > below THEN
      total := total + (tier ->> 'flatMinor')::numeric
        + (least(units, coalesce((tier ->> 'upTo')::numeric, units)) - below) * (tier ->> 'unitMinor')::numeric;
      below := least(units, coalesce((tier ->> 'upTo')::numeric, units));
    END IF;
  END LOOP;
  RETURN total;
END $$;

-- The amount less the discounts that run at the moment of the dump, in their order, never below zero. Coupons that count
-- once change no recurring amount. An amount off comes off one invoice only: `takes_amounts` says whether it is this one.
CREATE FUNCTION after_discounts(amount numeric, discounts jsonb, takes_amounts boolean)
RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz := (SELECT until FROM company);
  discount jsonb;
  terms jsonb;
  rest numeric := amount;
BEGIN
  FOR discount IN SELECT * FROM jsonb_array_elements(discounts) LOOP
    SELECT coupon.terms INTO STRICT terms FROM coupon WHERE id = discount ->> 'couponId';
    CONTINUE WHEN terms ->> 'duration' = 'once'
      OR to_timestamp((discount ->> 'startAt')::bigint) > moment
      OR to_timestamp((discount ->> 'endAt')::bigint) <= moment;
    IF terms ->> 'percentOff' IS NOT NULL THEN
      rest := rest * (100 - (terms ->> 'percentOff')::numeric) / 100;
    ELSIF takes_amounts THEN
      rest := greatest(0, rest - (terms ->> 'amountOffMinor')::numeric);
    END IF;
  END LOOP;
  RETURN rest;
END $$;

/** What stands right before or after a quantity and gives it its part: data, English and Chinese side by side. */
const ABOUT_EN =
  "(?:\\s*(?:a|an|the|our|its|current|currently|baseline|about|around|roughly|approximately|approx\\.?|today's|an average of|average|level|of|only|just|today|now|value|~|<|>))*";
const ABOUT_ZH = '(?:目前|当前|现在|现有|原来|原先|过去|平均|大约|约|上季度|上月|去年|近|基线)?的?';

export const before = {
  start: new RegExp(
    `(?:(?:\\b(?:up |down |increased |decreased )?from)${ABOUT_EN}|(?:从|由|自)${ABOUT_ZH})\\s*[:(]?$`,
    'i',
  ),
  /** "(currently 65 %)", "baseline: 65 %", 目前65%. */
  startLabel:
    /(?:\b(?:currently|current(?: value)?|baseline|today|now|was|starting (?:at|from)|start(?: value)?|previously|as is)|目前|当前值?|现在|现为|基线|起始值?|初始值?|基准值?)(?:\s*(?:at|is|of|为|是|在|值))?\s*[:=(]?\s*$|(?:目前|当前)[^,;。]{0,12}(?:为|是)\s*$/i,
  target: new RegExp(
    `(?:\\b(?:up to|down to|to|reach(?:es|ing)?|achiev(?:e|es|ing)|hit(?:s|ting)?|attain|surpass|exceed|get to)(?:\\s+(?:a|an|the|at least|at most|about|around|over|above|below|under|more than|less than|or below|no more than|no less than|a total of|total|average|score|rating|of|minimum|within|just|only|rate|level))*|(?:到|至|达到?|达成|实现|突破|做到|(?<!不|不得|不要|不能|不会)超过|(?<=[加高升低少短减优改定标])为)(?:约|大约|至少|不低于|不少于|至多|不超过|低于|高于|近|了|在|为)?)\\s*[~≥≤<>]?=?\\s*$`,
    'i',
  ),
  targetLabel: /(?:\b(?:target|goal)|目标值?)(?:\s*(?:of|is|value|为|是|定为))?\s*[:=(]?\s*$/i,
  arrow: /(?:-+>|=+>|→|⇒|⟶|➜|➔|➡)\s*$/,
  delta: new RegExp(
    '(?:\\bby(?:\\s+(?:at least|about|around|roughly|approximately|approx\\.?|over|more than|up to|a|an|another|additional|some|no less than|further|minimum|of|between|~))*' +
      '|(?:增加|提高|提升|增长|上升|上涨|扩大|减少|降低|下降|缩短|削减|压缩|下调|缩减|优化|改善|改进|拉升|压降|缩小|涨|增|降|减|升)(?:了|约|大约|至少|超过|不少于|不低于|近|幅度|为|率)*)\\s*[~≥]?$',
    'i',
  ),
  neverAbove:
    /(?:\b(?:no more than|not more than|no greater than|not exceed(?:ing)?|not above|no higher than|no longer than)|不(?:得|会|要|能)?(?:超过|高于|多于|大于|超出))\s*(?:a|an)?\s*$/i,
  neverBelow:
    /(?:\b(?:no less than|not less than|no fewer than|not below|no lower than)|不(?:得|会|要|能)?(?:低于|少于|小于))\s*(?:a|an)?\s*$/i,
  atLeast:
    /(?:\b(?:at least|(?:a )?minimum(?: of)?|min\.?|above|over|more than|greater than|higher than|exceeds?|exceeding|at or above)|≥|>=|>|至少|高于|大于|超过|多于|最低|保底)\s*(?:a|an)?\s*$/i,
  atMost:
    /(?:\b(?:at most|below|under|less than|fewer than|lower than|(?:a )?maximum(?: of)?|max\.?|within|at or below|up to|in under)|≤|<=|<|低于|小于|少于|最多|至多|控制在|限制在)\s*(?:a|an)?\s*$/i,
  between: /(?:\b(?:between|range of)|介于|在|于)\s*$/i,
} as const;

export const after = {
  atLeast:
    /^\s*(?:or (?:more|above|higher|better|greater)|and (?:above|more|up)|\+|plus\b|及?以上|或以上|或更高|起)/i,
  atMost: /^\s*(?:or (?:less|fewer|below|lower|under)|及?以下|或以下|以内|之内|之下)/i,
  /** "a 20 % increase", 20%的增长. */
  grows:
    /^\s*(?:(?:year[- ]over[- ]year|yoy|qoq|mom|relative|overall|net)\s+)?(?:increase|growth|improvement|lift|rise|uplift|boost|more|higher|faster growth|gain|jump|的?(?:增长|提升|增幅|涨幅|上升))/i,
  shrinks:
    /^\s*(?:(?:year[- ]over[- ]year|yoy|qoq|mom|relative|overall|net)\s+)?(?:decrease|reduction|drop|decline|cut|fewer|less|lower|faster|quicker|shorter|smaller|fall|的?(?:下降|降低|减少|降幅|缩短))/i,
  /** Between the two ends of a range. */
  and: /^\s*(?:and|to|-|~|和|与|至|到)\s*$/i,
} as const;

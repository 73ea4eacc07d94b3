/** The words that say which way: data, one line per sense and language. */
const EN_UP =
  'increas(?:e|es|ed|ing)|rais(?:e|es|ing)|grow(?:s|ing)?|boost(?:s|ing)?|lift(?:s|ing)?|expand(?:s|ing)?|scale(?: up)?|maximi[sz]e|step up|push up|drive up';
const EN_DOWN =
  'reduc(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|cut(?:s|ting)?(?: down)?|lower(?:s|ing)?|shorten(?:s|ing)?|drop(?:s|ping)?(?![- ]?(?:off|out))|minimi[sz]e|shrink|slash|bring down|drive down|push down|trim|lessen|diminish|bring(?= [a-z -]{1,40} down)';
const EN_NEUTRAL =
  'improv(?:e|es|ing)|optimi[sz]e|enhance|move|change|take|bring|get|shift|push|drive|accelerate|speed up|strengthen|make';
const EN_REACH =
  'reach(?:es|ing)?|achiev(?:e|es|ing)|hit(?:s|ting)?|attain|get to|surpass|exceed|have|deliver|secure';
const EN_HOLD =
  'keep(?:s|ing)?|maintain(?:s|ing)?|sustain|stay(?:s|ing)?|remain(?:s)?|ensure|guarantee|hold(?:s|ing)?|limit|cap|preserve|stabili[sz]e';
const ZH_UP = '增加|提高|提升|增长|上升|上涨|扩大|增至|升至|提至|拉升|做大|提振|涨';
const ZH_DOWN = '减少|降低|下降|缩短|削减|压缩|降至|减至|缩减|下调|压降|缩小|精简|降到|减到|降';
const ZH_NEUTRAL = '改善|优化|改进|调整|推动|加快|加速|增强|强化|加强';
const ZH_REACH = '达到|达成|实现|突破|做到|达至|冲刺到';
const ZH_HOLD = '保持|维持|控制|稳定|确保|保证|守住|限制|保障';

/** Work that is done or not: with a number it is counted, without one it is checked off. */
const EN_WORK =
  'conduct|run|hold|interview|publish|write|validate|test|attend|take part|participate|receive|host|organi[sz]e|complete|deliver|ship|launch|release|sign|close|win|acquire|gain|hire|recruit|onboard|train|visit|talk|speak|present|create|make|build|collect|gather|generate|earn|sell|book|raise|add|identify|start|open|introduce|implement|migrate|record|produce|post|send|call|meet|perform|do|carry out|execute|finish|resolve|fix|automate|integrate|roll out|define|develop|design|document|prepare|establish|set up|put in place|adopt|bring on|obtain|get|secure|pass|review|respond|answer|cover|certify|convert|draft|deploy|enable|move|replace|retire|survey|pilot|land|contribute|refactor|remove|plan|teach|mentor|coach|share|announce|apply|file|agree|approve|analy[sz]e|assess|audit|map|onboard|register|submit|translate|update|upgrade|recruit|demo|give|celebrate|finali[sz]e|set|kick off|engage|partner|publish';
const ZH_WORK =
  '新签|净增|进行|开展|完成|举行|举办|组织|发布|撰写|编写|写|出版|验证|测试|访谈|采访|参加|参与|接收|收到|收集|获得|获取|获客|新增|签约|签下|签订|签署|招聘|招募|招到|拜访|走访|培训|上线|推出|实施|落地|建立|搭建|创建|制作|生成|产出|准备|制定|制订|定义|整合|引入|启动|交付|开发|设计|拿下|赢得|销售|卖出|售出|输出|分享|打造|部署|迁移|邀请|执行|录制|拓展|开设|开通|筹备|策划|梳理|回访|调研|召开|发起|入职|引进|覆盖|解决|修复|关闭|回复|处理|重构|集成|对接|通过|申请|取得|认证|开拓|孵化|做|建成|出台|发表|投放|推行|采用|下线|更新|升级|翻译|评审|审核|确定|明确|庆祝|试点|接入|培养|增加|加入|募集|筹集|创造|成立|设立|采购|访问';
/** Of these, the ones that bring in what is then there: customers, money, people. */
const EN_GAIN =
  'acquire|gain|win|sign|close|hire|recruit|onboard|add|get|sell|book|earn|generate|raise|obtain|bring on|secure|land|convert';
const ZH_GAIN =
  '新签|净增|新增|获得|获取|签约|签下|签订|签署|拿下|赢得|招聘|招募|招到|销售|卖出|售出|拓展|开拓|创造|募集|筹集|增加|实现|完成';

const LEAD_EN =
  /^(?:to |we (?:will|want to|aim to|plan to|must|need to) |our (?:goal|aim|target) is to |the (?:goal|aim) is to |successfully |then |and |also |please |at least )+/i;
const LEAD_ZH =
  /^(?:我们?(?:要|将|会|希望|计划|需要)|团队(?:要|将|计划)|力争|争取|努力|计划|预计|希望|需要|成功|目标是|并且?|同时|确保|同比|全年|累计|共计|共)+/;

export type Sense = 'up' | 'down' | 'neutral' | 'reach' | 'hold';

function english(words: string, flags: string): RegExp {
  return new RegExp(`(?<![-\\w])(?:${words})(?![-\\w])`, flags);
}

const senses: readonly [Sense, RegExp, RegExp][] = [
  ['up', english(EN_UP, 'gi'), new RegExp(ZH_UP, 'g')],
  ['down', english(EN_DOWN, 'gi'), new RegExp(ZH_DOWN, 'g')],
  ['hold', english(EN_HOLD, 'gi'), new RegExp(ZH_HOLD, 'g')],
  ['reach', english(EN_REACH, 'gi'), new RegExp(ZH_REACH, 'g')],
  ['neutral', english(EN_NEUTRAL, 'gi'), new RegExp(ZH_NEUTRAL, 'g')],
];

export type FoundVerb = { sense: Sense; from: number; to: number; han: boolean };

/** Where the sentence says which way, in the order of the text. */
export function findVerbs(text: string): FoundVerb[] {
  const found = senses.flatMap(([sense, en, zh]) =>
    [en, zh].flatMap((pattern, index) =>
      [...text.matchAll(pattern)].map((match) => ({
        sense,
        from: match.index,
        to: match.index + match[0].length,
        han: index === 1,
      })),
    ),
  );
  return found.toSorted((a, b) => a.from - b.from);
}

const unmeasured = new RegExp(
  `^(?:(?:${EN_UP}|${EN_DOWN}|improv(?:e|ing)|optimi[sz]e|enhance|strengthen|accelerate|speed up|keep|maintain|sustain|ensure|guarantee|reach|achieve|attain)(?![-\\w])|${ZH_UP}|${ZH_DOWN}|${ZH_NEUTRAL}|${ZH_HOLD}|${ZH_REACH})`,
  'i',
);

/** Whether it begins as a promise about a quantity, which without a number cannot be measured. */
export function promisesQuantity(text: string): boolean {
  const start = withoutLead(text);
  if (unmeasured.test(start)) return true;
  return (
    /^(?:将|把|使|让)/.test(start) &&
    new RegExp(`${ZH_UP}|${ZH_DOWN}|改善`).test(start) &&
    !zhWorkInside(start)
  );
}

function zhWorkInside(text: string): boolean {
  return /整合|集成|迁移|引入|实施|部署|上线|发布/.test(text);
}

/** The sentence without "We will" and the like. */
export function withoutLead(text: string): string {
  return text.replace(LEAD_EN, '').replace(LEAD_ZH, '');
}

const enWorkStart = new RegExp(`^(?:${EN_WORK})\\b`, 'i');
const zhWorkStart = new RegExp(`^(?:${ZH_WORK})`);
const zhWork = new RegExp(`(?:${ZH_WORK})`);
const zhFrame = /^(?:将|把|为|对|由|与|和|给|向|在|使用|利用|从|每|按|以|全员|全面|产品|至少|通过)/;
const enDone =
  /\b(?:published|conducted|completed|signed|held|launched|shipped|closed|validated|delivered|hired|trained|organi[sz]ed|released|interviewed|run|won|acquired|written|recorded|resolved|onboarded|migrated|created|tested|attended)\b/i;

/** Whether the sentence begins as an order to do some work. */
export function beginsWithWork(text: string): boolean {
  const start = withoutLead(text);
  return (
    enWorkStart.test(start) || zhWorkStart.test(start) || (zhFrame.test(start) && zhWork.test(start.slice(1)))
  );
}

/** Whether it speaks of work at all: begins with it, or tells of it as done ("20 interviews conducted"). */
export function speaksOfWork(text: string): boolean {
  return beginsWithWork(text) || enDone.test(text) || zhWork.test(text);
}

const enGain = english(EN_GAIN, 'i');
const zhGain = new RegExp(ZH_GAIN);
export function speaksOfGain(text: string): boolean {
  return enGain.test(text) || zhGain.test(text);
}

const DELIVER_EN =
  'define|design|develop|build|implement|launch|introduce|create|test|document|plan|prepare|draft|roll out|adopt|publish|deploy|set up|write|validate|ship|release|agree|pilot|review|approve|establish|start';
const DELIVER_ZH =
  '制定|定义|设计|开发|建立|搭建|实施|上线|推出|创建|测试|验证|准备|发布|落地|部署|启动|执行|编写|撰写|评审|制订|引入|试点|推行';
const enSteps = new RegExp(
  `^(${DELIVER_EN})(?:,\\s*(${DELIVER_EN}))?,?\\s+(?:and|&|then)\\s+(${DELIVER_EN})\\s+(\\S.*)$`,
  'i',
);
const zhSteps = new RegExp(
  `^(.{0,20}?)(${DELIVER_ZH})(?:[,]\\s?(${DELIVER_ZH}))?(?:和|并且?|与|及|以及|,|且)(${DELIVER_ZH})(?!的)(.+)$`,
);

/** "Define and implement X": two steps on X. Empty when it is one piece of work; a purpose ("以生成和测试…") is none. */
export function stepsOf(text: string): string[] {
  const start = withoutLead(text).replace(/[.。;;]+$/, '');
  const en = enSteps.exec(start);
  if (en !== null) {
    const [, first, second, last, rest] = en;
    return [first, second, last]
      .filter((verb) => verb !== undefined)
      .map((verb) => capital(`${verb} ${rest}`));
  }
  const zh = zhSteps.exec(start);
  if (zh === null || zhWork.test(zh[1] ?? '') || /以便?$/.test(zh[1] ?? '')) return [];
  const [, , first, second, last, rest] = zh;
  return [first, second, last].filter((verb) => verb !== undefined).map((verb) => `${verb}${rest}`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A means: "through …", "by improving …", 通过…将, 使用…将. What stands in it is no target and no metric. */
export function meansSpan(text: string): { from: number; to: number } | null {
  const en =
    /\s(?:through|via|by means of|thanks to|with the help of|using|by (?!about|around|at|the|a|an|end|over|more|less|\d|half|january|february|march|april|may|june|july|august|september|october|november|december|q\d)[a-z]{2,20}ing)\s/i.exec(
      text,
    );
  if (en !== null && en.index > 0) {
    // The means ends where a deadline, a comma or the target follows.
    const rest = text.slice(en.index + en[0].length);
    const stop = /,|;|\s(?:from|to)\s+[\d$€£¥]|\sby\s+\d/i.exec(rest);
    return { from: en.index, to: stop === null ? text.length : en.index + en[0].length + stop.index };
  }
  const zh = /(?:通过|使用|利用|借助|凭借|依靠)/.exec(text);
  if (zh === null) return null;
  const rest = text.slice(zh.index);
  const stop = /[,;]|将|把|使|让|来(?=提|降|减|增|缩)|以(?=提|降|减|增|缩)/.exec(rest.slice(2));
  if (stop !== null && stop.index < 60) return { from: zh.index, to: zh.index + 2 + stop.index };
  if (zh.index > 4) return null;
  const verb = new RegExp(`${ZH_UP}|${ZH_DOWN}`).exec(rest.slice(2));
  if (verb === null) return null;
  const inside = rest.slice(2, 2 + verb.index);
  // "通过入门的用户百分比" passes something; it is the subject.
  if (/的(?:用户|客户|人)|率|比例|百分比|占比|数/.test(inside)) return null;
  return { from: zh.index, to: zh.index + 2 + verb.index };
}

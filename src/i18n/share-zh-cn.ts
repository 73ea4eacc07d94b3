import type { shareEn } from './share-en.ts';

export const shareZhCn: Record<keyof typeof shareEn, string> = {
  'share.made': '{key} 已公开分享：任何人持有以下地址即可查看其徽章和图表。地址只显示这一次。',
  'share.badge': '徽章',
  'share.chart': '图表',
  'share.readme': '用于 README：',
  'share.no_chart': '它只有完成或未完成的步骤，因此没有图表。',
  'share.local': '其他机器无法访问这些地址：请把 TIDEMARK_PUBLIC_URL 设为大家使用的地址。',
  'share.end': '撤销：tidemark kr unshare {id}',
  'share.ended': '{key}：公开链接 {id} 已撤销。他处的缓存会在五分钟内失效。',
  'share.label': '用途',
  'share.author': '创建人',
  'share.since': '创建于',
};

import type { keysEn } from './keys-en.ts';

export const keysZhCn: Record<keyof typeof keysEn, string> = {
  'keys.master': '主密钥',
  'keys.data': '数据密钥',
  'keys.workspace': '工作区',
  'keys.data_keys': '数据密钥数',
  'keys.secrets': '密文数',
  'keys.state': '状态',
  'keys.newest': '用于写入',
  'keys.reads': '仍可读取',
  'keys.retired': '已停用',
  'keys.missing': '不在手边',
  'keys.removable': '可以移除',
  'keys.none': '还没有数据密钥：第一个密文会创建它。',
  'keys.left':
    '仍有 {dataKeys} 个数据密钥使用旧的主密钥，{secrets} 个密文使用旧的数据密钥；工作进程会在几分钟内迁移。在此之前请保留所有密钥。',
  'keys.settled': '所有内容都使用最新的密钥。',
  'keys.made': '已创建 {count} 个数据密钥。',
  'keys.made_master': '主密钥 {kid} 已写入 {file}，位于旧密钥之前。请立即备份。',
  'keys.moved': '已迁移 {dataKeys} 个数据密钥和 {secrets} 个密文；停用 {retired} 个。',
  'keys.removed': '已从 {file} 移除不再使用的密钥：{kids}。',
  'keys.unreadable': '手边的密钥无法打开：{ids}。请恢复对应的密钥，或重新输入这些密文。',
  'audit.whole': '{count, plural, =0 {审计日志为空。} other {全部 # 条记录与写入时一致。}}',
  'audit.linked_only': '{count} 条记录由 0.1.0 版本写入：只能证明它们在链中的位置。',
  'audit.changed': '工作区 {workspace} 中 {at} 的记录 {id} 与写入时不一致。',
  'audit.not_linked': '工作区 {workspace} 中 {at} 的记录 {id} 与前一条不相连：有记录被删除或插入。',
};

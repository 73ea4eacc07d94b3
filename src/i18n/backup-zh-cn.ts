import type { backupEn } from './backup-en.ts';

export const backupZhCn: Record<keyof typeof backupEn, string> = {
  'backup.done':
    '已将截至 {takenAt} 的数据保存到 {file}（{size} MiB）：{tables} 张表共 {rows} 行，事件文件 {eventFiles} 个。',
  'backup.key_apart': '备份中不含主密钥 {kids}。请将密钥另存他处：没有它就无法读取备份中的密文。',
  'restore.done': '已恢复 {file}（截至 {takenAt}）：{rows} 行，事件文件 {eventFiles} 个。',
  'restore.settled':
    '因超过一小时而不再发送：{messages} 条消息、{news} 条通知。重新开始的同步：{runs} 个；已结束的登录：{sessions} 个。',
  'restore.next':
    '下一步：启动 Tidemark，它会立即补读备份之后发生的数据。备份之后吊销的 API 令牌需要重新吊销。',
};

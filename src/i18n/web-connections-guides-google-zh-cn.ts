import type { Guide } from './web-connections-guides-en.ts';
import type { GoogleGuideName } from './web-connections-guides-google-en.ts';

const serviceAccount = {
  text: '在同一项目里打开“IAM”“服务账号”，新建一个。它不需要项目里的任何角色。然后依次点“密钥”“添加密钥”“创建新密钥”“JSON”，浏览器会下载一个文件。',
  link: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
};
const serviceAccountKey = {
  label: '服务账号的 JSON 密钥',
  hint: '整个文件的内容。保存时加密，之后不再显示。',
};

export const googleGuidesZhCn: Readonly<Record<GoogleGuideName, Guide>> = {
  google_sheets: {
    measures: '每天一行的表格、访谈或测试的记录、表单的答案（NPS）、工时占比、单个单元格。',
    needs: '一个服务账号及其 JSON 密钥，以及与它共享的电子表格',
    steps: [
      {
        text: '在 Google Cloud 里选一个项目，启用“Google Sheets API”。',
        link: 'https://console.cloud.google.com/apis/library/sheets.googleapis.com',
      },
      serviceAccount,
      {
        text: '在电子表格里点“共享”，把服务账号的邮箱加为“查看者”。先在这里粘贴密钥，下面就会出现可复制的邮箱。',
      },
      { text: '从浏览器复制电子表格的地址。' },
      {
        text: '每个表格的第一行写列名。日期要是日期，数字要是数字：“1,234”这样的文本会被拒绝，并指出单元格。',
      },
    ],
    permissions: [
      { name: 'Google Sheets API: enabled', why: '每次读取都需要' },
      { name: 'Viewer (Share)', why: '读取该电子表格' },
      { name: 'spreadsheets.readonly', why: 'Tidemark 只申请这一个权限范围' },
    ],
    reads:
      '指标所指定的区域和单元格。只保留每天的数字，不保留任何一行。Google 每分钟允许 60 次读取，Tidemark 只用一半。',
    never: 'Tidemark 不会向电子表格写入任何内容，也看不到没有与该账号共享的表格。',
    fields: {
      spreadsheetId: { label: '电子表格', hint: '浏览器里的地址，或其中那段长 ID。' },
      serviceAccountKey,
    },
  },
  google_play: {
    measures: '应用在 Google Play 上每天的评分：整个应用、一个国家或一个版本。',
    needs: '一个受邀加入 Play 管理中心的服务账号',
    steps: [
      {
        text: '在 Google Cloud 里选一个项目，不需要启用任何 API。',
        link: 'https://console.cloud.google.com',
      },
      serviceAccount,
      {
        text: '在 Play 管理中心打开“用户和权限”，邀请服务账号的邮箱，并给予下面列出的权限。先在这里粘贴密钥，下面就会出现可复制的邮箱。',
        link: 'https://play.google.com/console/users-and-permissions',
      },
      {
        text: '打开“下载报告”“统计信息”，点“复制 Cloud Storage URI”。账号可能要过一天才能读取。',
        link: 'https://play.google.com/console/download-reports/statistics',
      },
    ],
    permissions: [
      { name: 'View app information and download bulk reports (read-only)', why: '评分报告' },
      { name: 'devstorage.read_only', why: 'Tidemark 只申请这一个权限范围' },
    ],
    reads: '一个应用的每月评分报告。报告会晚几天，只有平均分，没有评分数量。',
    never: 'Tidemark 不写入任何内容，不回复评论，也不读取财务报告。',
    fields: {
      bucket: { label: 'Cloud Storage URI', hint: '例如 gs://pubsite_prod_rev_01234567890987654321。' },
      packageName: { label: '包名', hint: '例如 com.example.app。' },
      serviceAccountKey,
    },
  },
};

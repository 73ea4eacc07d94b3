import type { DocumentGuideName } from './web-connections-guides-documents-en.ts';
import type { Guide } from './web-connections-guides-en.ts';

/** 以地址上的一份文档为来源：每个人的地址都不同。 */
export const documentGuidesZhCn: Readonly<Record<DocumentGuideName, Guide>> = {
  feed: {
    measures: '每天发布的文章数，也可只计某个分类：带 RSS 或 Atom 的博客、更新日志、播客。',
    needs: '订阅源的地址',
    steps: [
      { text: '找到订阅源：通常是博客的 /feed、/rss.xml 或 /atom.xml。可以在浏览器里打开看看。' },
      { text: '公开的订阅源：把它的完整地址填为连接的地址。' },
      {
        text: '地址里带密钥的订阅源：连接的地址只填主机，例如 https://blog.example.com，其余部分填为保密地址。',
      },
      { text: '约定一个分类，用来标记要计入的文章，并在指标里写上它。' },
      { text: '检查。多数订阅源只保留最新的条目：检查会说明它能追溯到哪一天。' },
    ],
    permissions: [],
    reads: '每个条目的编号、日期和分类，不保存正文。最多每小时读取一次。',
    never: 'Tidemark 只读取；保密地址或密码只会发往它所属的主机。',
    fields: {
      access: {
        label: '谁可以读取订阅源',
        choices: { public: '所有人', secret_address: '知道地址的人', password: '有密码的用户' },
      },
      address: { label: '保密地址', hint: '完整地址，或主机之后的部分。保存时加密。' },
      user: { label: '用户名' },
      password: { label: '密码', hint: '保存时加密。' },
      keeps: {
        label: '订阅源保留多少条',
        hint: '见它的设置；WordPress 为 10。条目少于此数时，最早一条之前的日子计为零。',
      },
    },
  },
  calendar: {
    measures: '每天举行了多少日程，也可只计带某个标签的，例如访谈；以及所用的时间。',
    needs: '日历的 iCal 格式保密地址',
    steps: [
      {
        text: 'Google：在电脑上打开该日历的设置，找到“集成日历”，复制 iCal 格式的私密地址。连接的地址填 https://calendar.google.com。',
        link: 'https://calendar.google.com/calendar/r/settings',
      },
      {
        text: 'Outlook 网页版：设置、日历、共享日历，以“全部详细信息”发布日历，复制 ICS 链接。连接的地址填 https://outlook.office365.com，或该链接的主机。',
      },
      { text: 'Nextcloud：用链接共享日历，复制订阅链接。连接的地址填您的服务器。' },
      { text: '约定一个标签，用来标记要计入的日程：一个类别，或标题里的词，例如 #problem-interview。' },
      { text: '没有举行的，请标出来：删除、取消，或在标题里写 no-show 或“未到”。' },
    ],
    permissions: [],
    reads: '每个日程的时间、标题、类别以及是否取消。只保存数字。',
    never: 'Tidemark 不会写入日历，不保存标题，地址只会发往它所属的主机。',
    fields: {
      address: {
        label: '保密地址',
        hint: '完整地址，或主机之后的部分。知道它的人就能读取日历，因此保存时加密。',
      },
      user: { label: '用户名', hint: '仅在服务器要求时填写。' },
      password: { label: '密码', hint: '最好用应用专用密码。保存时加密。' },
      pastDays: {
        label: '能追溯多少天',
        hint: '如果日历会省略更早的日程：之前的日子保留已读到的数值。',
      },
    },
  },
};

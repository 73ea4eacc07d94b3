import { documentGuidesZhCn } from './web-connections-guides-documents-zh-cn.ts';
import type { Guide, GuideName } from './web-connections-guides-en.ts';
import { googleGuidesZhCn } from './web-connections-guides-google-zh-cn.ts';
import { httpGuidesZhCn } from './web-connections-guides-http-zh-cn.ts';

export const guidesZhCn: Readonly<Record<GuideName, Guide>> = {
  stripe: {
    measures: '收入、经常性收入、付费客户、流失、客户终身价值、试用转付费。',
    needs: '一个只读的受限密钥',
    steps: [
      {
        text: '打开 Stripe 后台的“开发者”“API 密钥”（Developers, API keys），选择要衡量的账户。',
        link: 'https://dashboard.stripe.com/apikeys',
      },
      { text: '点“创建受限密钥”（Create restricted key），取个名字，例如“Tidemark 只读”。' },
      { text: '把下面列出的权限设为 Read，其余保持 None。' },
      { text: '创建并复制密钥（以 rk_live_ 或 rk_test_ 开头），粘贴到这里。' },
      { text: '检查一下：密钥还读不到的内容会逐项列出，之后随时可以在 Stripe 里补上。' },
    ],
    permissions: [
      { name: 'Charges and Refunds: Read', why: '净收入、试用是否付费' },
      { name: 'Disputes: Read', why: '扣除败诉争议后的净收入' },
      { name: 'Subscriptions: Read', why: '经常性收入、流失、试用' },
      { name: 'Customers: Read', why: '收入来自谁、哪些客户在付费' },
      { name: 'Prices: Read', why: '阶梯价和多币种价格' },
      { name: 'Coupons: Read', why: '正在使用的折扣' },
      { name: 'Invoices: Read', why: '首次读取之前的历史、试用、税' },
      { name: 'Credit notes: Read', why: '账单上的退记金额' },
      { name: 'Balance transactions: Read', why: '手续费和实际结算金额' },
      { name: 'Events: Read', why: '上次读取之后的变化' },
    ],
    reads: '一个账户、一种模式（正式或测试）下的客户、订阅、价格、优惠券、账单和付款。',
    never: 'Tidemark 从不写入 Stripe，从不动用资金，也从不读取卡号。',
    fields: {
      apiKey: { label: '受限密钥', hint: '以 rk_live_ 或 rk_test_ 开头。公开密钥（pk_…）无法读取数据。' },
      webhookSecret: {
        label: 'Webhook 签名密钥',
        hint: '以 whsec_ 开头。填了它，Stripe 里的变化会更快读到。保存连接后会显示要填进 Stripe 的地址。',
      },
      requestsPerSecond: {
        label: '每秒最多请求数',
        hint: '默认 10。Stripe 的上限是 100，由您的其他工具共用。',
      },
    },
  },
  ga4: {
    measures: '一个 GA4 媒体资源的用户、会话、互动、关键事件、漏斗、留存和收入。',
    needs: '一个服务账号及其 JSON 密钥',
    steps: [
      {
        text: '在 Google Cloud 里选一个项目，启用“Google Analytics Data API”。',
        link: 'https://console.cloud.google.com/apis/library/analyticsdata.googleapis.com',
      },
      {
        text: '在同一项目里打开“IAM”“服务账号”，新建一个服务账号。它不需要项目里的任何角色。',
        link: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
      },
      { text: '打开这个账号，依次点“密钥”“添加密钥”“创建新密钥”“JSON”，浏览器会下载一个文件。' },
      {
        text: '在 Google Analytics 里打开“管理”“媒体资源访问权限管理”，把服务账号的邮箱加为“查看者”。先在这里粘贴密钥，下面就会出现可复制的邮箱。',
        link: 'https://analytics.google.com/analytics/web/#/admin',
      },
      { text: '在“管理”“媒体资源详情”右上角复制媒体资源 ID：只有数字，不是 G-… 衡量 ID。' },
    ],
    permissions: [
      { name: 'Google Analytics Data API: enabled', why: '所有报告都需要' },
      { name: 'Viewer (Property access management)', why: '读取该媒体资源' },
      { name: 'analytics.readonly', why: 'Tidemark 只申请这一个权限范围' },
    ],
    reads: '报告的每日汇总：计数、比率、漏斗和同期群。按媒体资源自己的时区划分日期。',
    never: 'Tidemark 从不修改媒体资源，不读取单个访客，也不申请任何可写的权限。',
    fields: {
      propertyId: { label: '媒体资源 ID', hint: '只有数字，例如 123456789。在“管理”“媒体资源详情”右上角。' },
      serviceAccountKey: {
        label: '服务账号的 JSON 密钥',
        hint: '整个文件的内容。保存时加密，之后不再显示。',
      },
      transport: {
        label: '与 Google 通信的方式',
        hint: '除非中间有代理，否则不用改。',
        choices: { auto: '自动选择', grpc: '仅 gRPC', rest: '仅 REST' },
      },
    },
  },
  mixpanel: {
    measures: '一个项目的事件、独立用户、漏斗、留存、频次、问卷和已保存的报告。',
    needs: '一个服务账号及其密钥',
    steps: [
      {
        text: '在 Mixpanel 里打开“组织设置”“服务账号”（Organization Settings, Service Accounts），添加一个服务账号。',
        link: 'https://mixpanel.com/settings/org',
      },
      { text: '在要衡量的项目里给它 Consumer 或 Analyst 角色，不需要 Admin。' },
      { text: '复制用户名和密钥：密钥只显示一次。' },
      {
        text: '打开“项目设置”“概览”（Project Settings, Overview）复制项目 ID；那里也能看到数据存放在美国、欧盟还是印度。',
        link: 'https://mixpanel.com/settings/project',
      },
      { text: '您的套餐要允许使用 Query API。如果不允许，检查时 Mixpanel 会说明（402）。' },
    ],
    permissions: [
      { name: 'Consumer / Analyst', why: '读取项目的报告和事件' },
      { name: 'Query API', why: '套餐需包含此功能' },
    ],
    reads: '计数、漏斗和留存；有指标需要时才读取原始事件。Mixpanel 每小时允许 60 次查询，Tidemark 只用一半。',
    never: '除非您打开“写回进度”，Tidemark 不会向 Mixpanel 写入任何内容。',
    fields: {
      region: {
        label: '数据存放地',
        hint: '选错地区时，项目可能看起来是空的。',
        choices: { us: '美国', eu: '欧盟', in: '印度' },
      },
      projectId: { label: '项目 ID', hint: '数字，见“项目设置”“概览”。' },
      serviceAccount: { label: '服务账号的用户名', hint: '例如 tidemark.1a2b3c.mp-service-account。' },
      serviceAccountSecret: { label: '服务账号的密钥', hint: 'Mixpanel 只显示一次。保存时加密。' },
      workspaceId: { label: '数据视图', hint: '如果项目有数据视图，填它的编号。' },
      exportDays: {
        label: '原始导出的日期划分',
        hint: '只有 2023 年之前创建的项目按自己的时区划分。',
        choices: { utc: '按 UTC', project: '按项目时区' },
      },
      timeZone: { label: '项目时区', hint: '例如 Asia/Shanghai。2023 年之前创建的项目读取原始事件时需要。' },
    },
  },
  github: {
    measures: '一个仓库的议题（按标签）、每个功能的缺陷数、交付周期、发布后缺陷、发布次数和部署时长。',
    needs: '一个细粒度的个人访问令牌',
    steps: [
      {
        text: '在 GitHub 里打开“Settings”“Developer settings”“Fine-grained tokens”，生成一个令牌。',
        link: 'https://github.com/settings/personal-access-tokens/new',
      },
      { text: '选择仓库的所有者，再选“Only select repositories”和要衡量的仓库。' },
      { text: '把下面列出的仓库权限设为 Read-only，其余保持 No access。' },
      { text: '生成令牌并复制（以 github_pat_ 开头），粘贴到这里。' },
      { text: '检查。令牌还读不到的内容会逐项列出，随时可以在 GitHub 里补上。' },
    ],
    permissions: [
      { name: 'Metadata: Read-only', why: '仓库名称；GitHub 总会给予' },
      { name: 'Issues: Read-only', why: '议题、缺陷、功能、交付周期' },
      { name: 'Pull requests: Read-only', why: '拉取请求的交付周期' },
      { name: 'Contents: Read-only', why: '发布' },
      { name: 'Deployments: Read-only', why: '部署时长' },
      { name: 'Actions: Read-only', why: '工作流的部署时长' },
    ],
    reads:
      '议题和拉取请求的打开与关闭时间及标签、发布、部署和工作流运行。GitHub 每小时允许 5,000 次请求，Tidemark 只用一半。',
    never: 'Tidemark 不会向 GitHub 写入任何内容，不读取代码，也不保存议题的文字。',
    fields: {
      repository: { label: '仓库', hint: '写成“所有者/名称”，例如 globex/shop。' },
      token: { label: '令牌', hint: '以 github_pat_ 开头。保存时加密。' },
    },
  },
  jira: {
    measures: '一个 Jira Cloud 站点的迭代速度、每个功能的缺陷数、交付周期、发布后缺陷和问题数。',
    needs: '一个 API 令牌及其账户的邮箱地址',
    steps: [
      {
        text: '在 Atlassian 账户里打开“Security”“API tokens”，创建一个令牌。',
        link: 'https://id.atlassian.com/manage-profile/security/api-tokens',
      },
      { text: '选择 Jira 的带权限范围（scopes）的令牌，加上下面列出的范围，然后复制：只显示一次。' },
      { text: '在浏览器打开 SITE.atlassian.net/_edge/tenant_info（SITE 换成您的站点名），复制 cloudId。' },
      { text: '如果令牌没有权限范围，就不填云 ID，把 https://SITE.atlassian.net 填为地址。' },
      { text: '检查。账户看不到的内容（例如面板）会列出来。' },
    ],
    permissions: [
      { name: 'read:jira-work', why: '项目、问题、版本及其历史' },
      { name: 'read:jira-user', why: '令牌属于哪个账户' },
      { name: 'read:board-scope:jira-software', why: '面板，用于迭代速度' },
      { name: 'read:sprint:jira-software', why: '迭代，用于迭代速度' },
    ],
    reads: '面板、迭代和版本；问题的类型、日期、标签、估点、解决结果，以及状态、估点和迭代的历史。',
    never: 'Tidemark 不会向 Jira 写入任何内容，也不保存问题的文字。',
    fields: {
      email: { label: '邮箱地址', hint: '创建令牌的账户的邮箱。' },
      cloudId: { label: '云 ID', hint: '令牌带权限范围时填写：tenant_info 里的 cloudId。' },
      apiToken: { label: 'API 令牌', hint: 'Atlassian 只显示一次。保存时加密。' },
    },
  },
  zendesk: {
    measures: '一个 Zendesk 账户按日或按月、按标签或渠道统计的工单数，以及客户满意度。',
    needs: '一个 API 令牌及一位客服人员的邮箱地址',
    steps: [
      { text: '在 Zendesk 管理中心打开“Apps and integrations”“APIs”，启用令牌访问（token access）。' },
      { text: '添加一个 API 令牌并复制：Zendesk 只显示一次。' },
      { text: '选择配合令牌使用的客服人员：要能看到全部工单，最好是管理员，管理员还能读取评价。' },
      { text: '在下面的地址里填 https://SUBDOMAIN.zendesk.com，SUBDOMAIN 换成您的账户名。' },
      { text: '检查。该人员看不到的内容会列出来。' },
    ],
    permissions: [
      { name: 'Token access', why: '每一次请求' },
      { name: '能看到全部工单的客服人员', why: '工单；看不到的不会计入' },
      { name: 'Administrator', why: '满意度评价' },
    ],
    reads: '工单的创建时间、标签、渠道和状态；评价的好坏、时间、所属工单和评价人编号。',
    never: 'Tidemark 不会向 Zendesk 写入任何内容，也不保存工单的文字和客户的姓名。',
    fields: {
      email: { label: '邮箱地址', hint: '配合令牌使用的客服人员的邮箱。' },
      apiToken: { label: 'API 令牌', hint: 'Zendesk 只显示一次。保存时加密。' },
    },
  },
  typeform: {
    measures: '一个表单的净推荐值（两种尺度）、客户满意度和完成的答卷数。',
    needs: '一个个人令牌和表单 ID',
    steps: [
      {
        text: '在 Typeform 打开您的账户，再打开“Personal tokens”，生成一个令牌。',
        link: 'https://admin.typeform.com',
      },
      { text: '选择自定义权限范围（custom scopes），只勾选下面列出的两项。' },
      { text: '复制令牌（以 tfp_ 开头）：只显示一次。' },
      { text: '复制表单 ID，即表单地址的最后一段：https://globex.typeform.com/to/u6nXL7 的 ID 是 u6nXL7。' },
      {
        text: '如果账户在欧洲数据中心，打开“更多设置”，把 https://api.eu.typeform.com 填为地址。',
      },
    ],
    permissions: [
      { name: 'responses:read', why: '答案及其提交时间' },
      { name: 'forms:read', why: '问题及其尺度' },
    ],
    reads: '表单的问题；答卷的提交时间、所衡量问题的答案，以及您指定的隐藏字段。',
    never: 'Tidemark 不会向 Typeform 写入任何内容，只保存按日的数字，不保存文字和姓名。',
    fields: {
      form: { label: '表单', hint: '表单地址的最后一段，例如 u6nXL7。' },
      token: { label: '个人令牌', hint: '以 tfp_ 开头。保存时加密。' },
    },
  },
  records: {
    measures: '问卷评分、产品事件、工单、部署、迭代、订阅：凡是能以行的形式发来的记录。',
    needs: '不需要密钥：您自己的文件或请求',
    steps: [
      { text: '保存连接，不需要任何设置。' },
      { text: '在它的页面上传 CSV 或 JSON 行文件，或让程序发送各行；那里有现成的命令。' },
      { text: '说明数据完整到哪一天：之后的日子是未知，不是零。' },
      { text: '重复发送相同的行会替换原来的，可以放心重发。' },
    ],
    permissions: [],
    reads: '只有您发来的内容，各行保存在您自己的数据库里。',
    never: '不会去任何地方取数据，也不会往外发送。',
    fields: {},
  },
  sql: {
    measures: '一条查询能给出的任何数字：每天一个值，由您已有的数据库算出。',
    needs: '一个只读的数据库用户，或一个文件夹',
    steps: [
      { text: 'PostgreSQL、MySQL、MariaDB、ClickHouse：建一个只读用户，对查询用到的表 GRANT SELECT。' },
      {
        text: '在下面填写地址，例如 postgresql://db.example.com:5432 或 mysql://db.example.com:3306。BigQuery 和文件不需要地址。',
      },
      { text: '443 以外的端口要由运行 Tidemark 的人放行：TIDEMARK_EGRESS_ALLOW=host:port。' },
      {
        text: '文件：由运行 Tidemark 的人用 TIDEMARK_SQL_FILES 开放一个文件夹。填写其中的文件夹名；orders.csv 或 orders.parquet 就是表 orders。',
      },
      {
        text: '然后为每个指标写一条查询，列名为 day 和 value。可以使用 :start、:end、:start_day、:end_day 和 :tz。',
      },
    ],
    permissions: [
      { name: 'CONNECT, USAGE, SELECT', why: 'PostgreSQL 需要' },
      { name: 'SELECT', why: 'MySQL、MariaDB、ClickHouse（实验性）需要' },
      { name: 'BigQuery Job User, BigQuery Data Viewer', why: 'BigQuery 需要（实验性）' },
    ],
    reads: '您的查询给出的结果：每天一行。其他行不会离开数据库。',
    never: 'Tidemark 只发送 SELECT，在不可写的事务里执行，超时就放弃。',
    fields: {
      engine: {
        label: '查询什么',
        choices: {
          postgres: 'PostgreSQL',
          mysql: 'MySQL 或 MariaDB',
          bigquery: 'BigQuery（实验性）',
          clickhouse: 'ClickHouse（实验性）',
          duckdb: 'CSV 和 Parquet 文件（DuckDB）',
        },
      },
      database: { label: '数据库' },
      user: { label: '用户', hint: '只读用户。' },
      password: { label: '密码' },
      tls: { label: '加密', choices: { verify: '校验证书', require: '只加密', off: '不加密' } },
      tlsCa: { label: '额外信任的证书颁发机构', hint: 'PEM 文本。' },
      writeRightsAcknowledged: { label: '我知道这个用户可以写入', hint: 'Tidemark 依然只读。' },
      project: { label: '付费项目' },
      serviceAccountKey: { label: '服务账号的 JSON 密钥', hint: '可以运行作业并读取这些表。' },
      location: { label: '数据集所在地', hint: '例如 EU。' },
      maxGigabytes: { label: '每次最多计费的 GB 数', hint: '超过的语句不会执行。' },
      folder: { label: '文件夹', hint: '在已开放的文件夹之下，例如 exports/shop。' },
      statementTimeoutSeconds: { label: '语句超时（秒）' },
    },
  },
  event_table: {
    measures: '从您已有的事件表里算出活跃用户、漏斗、留存和事件数。',
    needs: '一个只读的数据库用户',
    steps: [
      { text: '选一张每个事件一行的表或视图：谁、做了什么、什么时候。' },
      { text: '为它建一个只读用户。在 PostgreSQL 里：对数据库 GRANT CONNECT，对模式 USAGE，对表 SELECT。' },
      {
        text: '在下面填写地址，例如 postgresql://db.example.com:5432 或 https://db.example.com:8443。BigQuery 不需要地址。',
      },
      { text: '443 以外的端口要由运行 Tidemark 的人放行：TIDEMARK_EGRESS_ALLOW=host:port。' },
    ],
    permissions: [
      { name: 'CONNECT, USAGE, SELECT', why: 'PostgreSQL 需要' },
      { name: 'SELECT', why: 'ClickHouse 需要（实验性）' },
      { name: 'BigQuery Job User, BigQuery Data Viewer', why: 'BigQuery 需要（实验性）' },
    ],
    reads: '由数据库自己算出的汇总，事件行不会离开数据库。',
    never: 'Tidemark 只发送 SELECT，并且在不可写的事务里执行。',
    fields: {
      engine: {
        label: '表在哪里',
        choices: {
          postgres: 'PostgreSQL',
          clickhouse: 'ClickHouse（实验性）',
          bigquery: 'BigQuery（实验性）',
        },
      },
      table: { label: '表或视图', hint: '例如 analytics.events。' },
      database: { label: '数据库' },
      user: { label: '用户', hint: '只读用户。' },
      password: { label: '密码' },
      tls: { label: '加密', choices: { verify: '校验证书', require: '只加密', off: '不加密' } },
      tlsCa: { label: '额外信任的证书颁发机构', hint: 'PEM 文本。' },
      writeRightsAcknowledged: { label: '我知道这个用户可以写入', hint: 'Tidemark 依然只读。' },
      project: { label: '付费项目' },
      serviceAccountKey: { label: '服务账号的 JSON 密钥', hint: '可以运行作业并读取这张表。' },
      location: { label: '数据集所在地', hint: '例如 EU。' },
      maxGigabytes: { label: '每次最多计费的 GB 数', hint: '超过的语句不会执行。' },
      userColumn: { label: '表示人的列' },
      eventColumn: { label: '表示事件名的列' },
      timeColumn: { label: '表示时间的列' },
      timeAs: {
        label: '时间的写法',
        choices: { instant: '时间戳', milliseconds: '1970 年以来的毫秒数', seconds: '1970 年以来的秒数' },
      },
      idColumn: { label: '表示事件编号的列', hint: '当表里同一事件可能出现多次时。' },
      propertiesColumn: { label: '表示属性的列', hint: '一个 JSON 对象。' },
      propertyColumns: { label: '每个属性是单独的一列' },
      statementTimeoutSeconds: { label: '语句超时（秒）' },
    },
  },
  values: {
    measures: '任何您自己知道的数字：一个 CSV 文件，或程序每天一次请求。',
    needs: '不需要密钥：一个文件或一次请求',
    steps: [
      { text: '给这个数字起名，并说明它的单位。' },
      { text: '上传含 day 和 value 两列的 CSV 文件，或让程序发送；下一步有现成的命令。' },
      { text: '同一天再次发送会替换原来的值，可以放心重发。' },
    ],
    permissions: [],
    reads: '只有您发来的内容。',
    never: '不会去任何地方取数据，也不会往外发送。',
    fields: {},
  },
  ...googleGuidesZhCn,
  ...documentGuidesZhCn,
  ...httpGuidesZhCn,
};

import type { Guide } from './web-connections-guides-en.ts';
import type { HttpGuideName } from './web-connections-guides-http-en.ts';

const never = 'Tidemark 只查询，不向对方写入任何内容，也不会把密钥发往其他地址。';

export const httpGuidesZhCn: Readonly<Record<HttpGuideName, Guide>> = {
  http_json: {
    measures: '任何以 JSON 返回数字的接口：按天的序列，或当前值。',
    needs: '一个地址和一个只读密钥',
    steps: [
      { text: '输入所有路径共同的开头，例如 https://api.example.com。' },
      { text: '说明接口如何接收密钥，并粘贴一个只读密钥。' },
      { text: '如果该地址本身没有页面，请给出一个需要密钥的路径用于检查。' },
      { text: '查询什么、数字在哪里，由每个指标自己说明。' },
    ],
    permissions: [],
    reads: '您的指标所指路径的响应；只保存其中的数字。',
    never,
    fields: {
      auth: {
        label: '如何接收密钥',
        choices: {
          none: '无密钥',
          bearer: 'Bearer 令牌',
          basic: '用户名和密码',
          header: '自定义请求头',
          query: '地址参数',
          oauth2: 'OAuth 2 客户端凭据',
        },
      },
      secret: { label: '密钥', hint: '令牌、密码或客户端密钥。保存时加密。' },
      name: { label: '名称', hint: '用户名、请求头或参数的名称，或客户端 ID。' },
      tokenUrl: { label: '令牌端点地址', hint: '用于 OAuth 2。' },
      scope: { label: '权限范围', hint: '用于 OAuth 2。' },
      headers: { label: '其他请求头', hint: '每行一个。不加密，请勿填写密钥。' },
      checkPath: { label: '用于检查的路径', hint: '例如 /v1/me。' },
      accountAt: { label: '响应中账户名称的位置', hint: '例如 /data/name。' },
    },
  },
  prometheus: {
    measures: '任何得到一条序列的 PromQL 查询：Prometheus、Mimir、Thanos、VictoriaMetrics、Grafana Cloud。',
    needs: '一个地址，以及密钥（如有）',
    steps: [
      { text: '输入其下 /api/v1/query_range 可用的地址。' },
      { text: '私有网络中的服务器须由 Tidemark 的运维人员放行：TIDEMARK_EGRESS_ALLOW=host:port。' },
      { text: '选择接收密钥的方式。Grafana Cloud：用户名和密码，即实例 ID 和令牌。' },
    ],
    permissions: [{ name: 'metrics:read', why: 'Grafana Cloud' }],
    reads: '每个本地日结束时的一个值。',
    never,
    fields: {
      auth: {
        label: '如何接收密钥',
        choices: { none: '无密钥', bearer: 'Bearer 令牌', basic: '用户名和密码' },
      },
      user: { label: '用户名' },
      secret: { label: '令牌或密码' },
      orgId: { label: '租户', hint: '以 X-Scope-OrgID 发送。' },
    },
  },
  app_store: {
    measures: '应用在所选国家或地区的评分和评分数。',
    needs: '不需要密钥：应用编号',
    steps: [
      { text: '打开应用的 App Store 页面，复制地址中“id”后面的数字。' },
      { text: '历史从第一次读取开始：Apple 只提供当前值。' },
    ],
    permissions: [],
    reads: '商店中人人可见的内容。',
    never: '不使用您的任何账户，也不写入任何内容。',
    fields: {
      appId: { label: '应用编号' },
      country: { label: '检查时使用的国家或地区', hint: '两个字母，例如 us。' },
    },
  },
  codecov: {
    measures: '分支的覆盖率，也可按标记（flag）读取。',
    needs: '一个 API 令牌',
    steps: [
      {
        text: '在 Codecov 打开“设置”“访问”（Settings, Access），生成令牌。',
        link: 'https://app.codecov.io/account',
      },
      { text: '仓库的上传令牌不能读取。' },
    ],
    permissions: [{ name: 'API token', why: '读取报告' }],
    reads: '按天的百分比，不含源代码。',
    never,
    fields: {
      token: { label: 'API 令牌' },
      owner: { label: '所有者', hint: '组织或用户。' },
      service: { label: '仓库所在平台' },
    },
  },
  sonarqube: {
    measures: '项目每次分析的覆盖率。',
    needs: '一个用户令牌',
    steps: [
      { text: '输入服务器地址，或 https://sonarcloud.io。' },
      { text: '打开“我的账户”“安全”（My Account, Security），生成用户令牌。' },
      { text: '把其指标的时区设为服务器的时区。' },
    ],
    permissions: [{ name: 'Browse', why: '读取项目' }],
    reads: '项目的度量，不含源代码。',
    never,
    fields: { token: { label: '用户令牌' } },
  },
  shopify: {
    measures: '店铺的访问次数和转化率。',
    needs: '您自己应用的访问令牌',
    steps: [
      { text: '输入店铺地址，例如 https://your-shop.myshopify.com。' },
      { text: '在后台打开“设置”“应用”“开发应用”，创建一个具有下列权限的应用。' },
      { text: '安装后复制 Admin API 访问令牌。' },
      { text: '把其指标的时区设为店铺的时区。' },
    ],
    permissions: [
      { name: 'read_reports', why: 'ShopifyQL' },
      { name: 'Protected customer data, level 2', why: 'Shopify 要求此项，但只读取合计' },
    ],
    reads: '按天的合计，不含客户和订单。',
    never,
    fields: { accessToken: { label: 'Admin API 访问令牌' } },
  },
  revenuecat: {
    measures: '有效订阅和试用。',
    needs: '一个第 2 版密钥',
    steps: [
      { text: '在 RevenueCat 打开“项目设置”“API 密钥”（Project settings, API keys），创建第 2 版密钥。' },
      { text: '从项目设置中复制项目 ID。' },
    ],
    permissions: [{ name: 'charts_metrics:overview:read', why: '所有数字' }],
    reads: '每次读取概览中的数字；历史从第一次读取开始。',
    never,
    fields: { secretKey: { label: '密钥' }, project: { label: '项目 ID' } },
  },
  paddle: {
    measures: 'Paddle Billing 的 MRR、收入和结账转化率。',
    needs: '一个 API 密钥',
    steps: [
      {
        text: '在 Paddle 打开“开发者工具”“认证”（Developer tools, Authentication），创建具有下列权限的 API 密钥。',
      },
    ],
    permissions: [{ name: 'metrics.read', why: '所有数字' }],
    reads: '按 UTC 日的每日合计。',
    never,
    fields: { apiKey: { label: 'API 密钥' } },
  },
  chartmogul: {
    measures: '按 ChartMogul 口径的 MRR。',
    needs: '一个 API 密钥',
    steps: [
      { text: '在 ChartMogul 打开“个人资料”“API 密钥”（Profile, API keys），创建只读密钥。' },
      { text: '把其指标的时区设为账户的时区。' },
    ],
    permissions: [{ name: 'Read-only', why: '所有数字' }],
    reads: '每日合计。',
    never,
    fields: { apiKey: { label: 'API 密钥' } },
  },
};

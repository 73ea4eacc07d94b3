import type { Guide } from './web-connections-guides-en.ts';

export type GoogleGuideName = 'google_sheets' | 'google_play';

const serviceAccount = {
  text: 'In the same project, open IAM, Service accounts, and create one. It needs no role in the project. Then choose Keys, Add key, Create new key, JSON: a file is downloaded.',
  link: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
};
const serviceAccountKey = {
  label: 'JSON key of the service account',
  hint: 'The whole file. It is encrypted when it is saved and never shown again.',
};

/** What is read of Google with a service account, beside Analytics. */
export const googleGuidesEn: Readonly<Record<GoogleGuideName, Guide>> = {
  google_sheets: {
    measures:
      'Tables with a row a day, logs of interviews or tests, answers of a form (NPS), shares of hours, single cells.',
    needs: 'A service account with its JSON key, and a spreadsheet shared with it',
    steps: [
      {
        text: 'In Google Cloud, choose a project and enable the Google Sheets API.',
        link: 'https://console.cloud.google.com/apis/library/sheets.googleapis.com',
      },
      serviceAccount,
      {
        text: 'In the spreadsheet, choose Share, and add the e-mail address of the service account as a Viewer. Paste the key here first, and the address appears below to be copied.',
      },
      { text: 'Copy the address of the spreadsheet from your browser.' },
      {
        text: 'Let the first row of each table name its columns. Dates are dates, numbers are numbers: a text such as “1,234” is refused with its cell.',
      },
    ],
    permissions: [
      { name: 'Google Sheets API: enabled', why: 'every reading' },
      { name: 'Viewer (Share)', why: 'reading the spreadsheet' },
      { name: 'spreadsheets.readonly', why: 'the only scope that Tidemark asks for' },
    ],
    reads:
      'The ranges and cells that your metrics name. Only the numbers of days are kept, never a row. Google allows 60 reads a minute; Tidemark keeps to half of them.',
    never: 'Tidemark writes nothing into a spreadsheet, and sees none that is not shared with the account.',
    fields: {
      spreadsheetId: { label: 'Spreadsheet', hint: 'Its address in the browser, or the long id in it.' },
      serviceAccountKey,
    },
  },
  google_play: {
    measures: 'The rating of an app on Google Play by day: of the whole app, one country or one version.',
    needs: 'A service account that is invited to the Play Console',
    steps: [
      {
        text: 'In Google Cloud, choose a project. No API has to be enabled in it.',
        link: 'https://console.cloud.google.com',
      },
      serviceAccount,
      {
        text: 'In the Play Console, open Users and permissions, and invite the e-mail address of the service account with the right listed below. Paste the key here first, and the address appears below to be copied.',
        link: 'https://play.google.com/console/users-and-permissions',
      },
      {
        text: 'Open Download reports, Statistics, and choose “Copy Cloud Storage URI”. It may take a day until the account may read there.',
        link: 'https://play.google.com/console/download-reports/statistics',
      },
    ],
    permissions: [
      { name: 'View app information and download bulk reports (read-only)', why: 'the reports of ratings' },
      { name: 'devstorage.read_only', why: 'the only scope that Tidemark asks for' },
    ],
    reads:
      'The monthly reports of ratings of one app. They come some days late, and hold averages without numbers of ratings.',
    never: 'Tidemark writes nothing, answers no review, and reads no financial report.',
    fields: {
      bucket: {
        label: 'Cloud Storage URI',
        hint: 'Such as gs://pubsite_prod_rev_01234567890987654321.',
      },
      packageName: { label: 'Package name', hint: 'Such as com.example.app.' },
      serviceAccountKey,
    },
  },
};

import type { Guide } from './web-connections-guides-en.ts';

export type DocumentGuideName = 'feed' | 'calendar';

/** Providers that are a document at an address: everybody has another one. */
export const documentGuidesEn: Readonly<Record<DocumentGuideName, Guide>> = {
  feed: {
    measures:
      'Posts published by day, also of one category: blogs, release notes, podcasts with RSS or Atom.',
    needs: 'The address of the feed',
    steps: [
      {
        text: 'Find the feed: usually /feed, /rss.xml or /atom.xml of the blog. Open it in a browser to see it.',
      },
      { text: 'A public feed: enter its whole address as the address of the connection.' },
      {
        text: 'A feed with a key in its address: enter only the host, such as https://blog.example.com, as the address, and the rest as the secret address.',
      },
      {
        text: 'Agree on one category for the posts that count, and name it with the metric.',
      },
      {
        text: 'Check it. Most feeds keep their newest entries only: how far back this one reaches is said.',
      },
    ],
    permissions: [],
    reads:
      'Of each entry its id, date and categories. Texts are not kept. The feed is asked for at most once an hour.',
    never: 'Tidemark only reads, and sends a secret address or password to its own host only.',
    fields: {
      access: {
        label: 'Who may read the feed',
        choices: {
          public: 'Everybody',
          secret_address: 'Whoever knows its address',
          password: 'A user with a password',
        },
      },
      address: {
        label: 'Secret address',
        hint: 'Whole, or what follows the host. It is encrypted when it is saved.',
      },
      user: { label: 'User name' },
      password: { label: 'Password', hint: 'It is encrypted when it is saved.' },
      keeps: {
        label: 'How many entries the feed keeps',
        hint: 'As its settings say; WordPress: 10. While there are fewer, days before the oldest count as zero.',
      },
    },
  },
  calendar: {
    measures: 'Events that were held by day, also by a tag, such as interviews, and how long they took.',
    needs: 'The secret address of a calendar in iCal format',
    steps: [
      {
        text: 'Google: on a computer, open the settings of the calendar, “Integrate calendar”, and copy the secret address in iCal format. The address of the connection is https://calendar.google.com.',
        link: 'https://calendar.google.com/calendar/r/settings',
      },
      {
        text: 'Outlook on the web: Settings, Calendar, Shared calendars, publish the calendar with all details, and copy the ICS link. The address is https://outlook.office365.com, or the host of that link.',
      },
      {
        text: 'Nextcloud: share the calendar by link and copy the subscription link. The address is that of your server.',
      },
      {
        text: 'Agree on a tag for the events that count: a category, or a word in the title such as #problem-interview.',
      },
      { text: 'Mark what did not take place: delete it, cancel it, or write no-show into the title.' },
    ],
    permissions: [],
    reads: 'Of each event its times, title, categories and whether it was cancelled. Only numbers are kept.',
    never:
      'Tidemark writes nothing into the calendar, keeps no titles, and sends the address to its own host only.',
    fields: {
      address: {
        label: 'Secret address',
        hint: 'Whole, or what follows the host. Whoever knows it reads the calendar: it is encrypted when it is saved.',
      },
      user: { label: 'User name', hint: 'Only where the server asks for one.' },
      password: { label: 'Password', hint: 'Better a password of an app. It is encrypted when it is saved.' },
      pastDays: {
        label: 'How many days back it tells of',
        hint: 'If the calendar leaves out older events: days before keep what was read.',
      },
    },
  },
};

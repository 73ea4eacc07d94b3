/**
 * What an objective or a Key Result is called in the languages that its readers read, by their tags. Whoever reads another
 * one is told the title itself.
 */
export type Titles = { en?: string | undefined; 'zh-CN'?: string | undefined };

/** What has a name, and perhaps others. Absent is none: what was stored before there were any says nothing of them. */
export type Titled = { title: string; titles?: Titles | undefined };

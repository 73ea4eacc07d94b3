/** What `--title-in` says of itself where something is made, and where it is changed. */
export const titleInHelp = "the same in a reader's language, such as zh-CN=…; may be repeated";
export const titleInChangeHelp =
  "the same in a reader's language, such as zh-CN=…; zh-CN= takes it away; may be repeated";

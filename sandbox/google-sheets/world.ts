import type { GoogleAccount } from '../google/token.ts';

/**
 * What somebody sees in a cell. A day and a wall time are numbers to the API, counted from 1899-12-30 in no zone; an error is
 * what a formula came to. Null is an empty cell.
 */
export type Cell =
  | string
  | number
  | boolean
  | null
  | { day: string }
  | { wall: string } // "2026-03-01T09:30"
  | { error: string }; // "#REF!"

export type Sheet = {
  title: string;
  rows: readonly (readonly Cell[])[];
  /** The grid goes on below and beside what is filled; a thousand rows and 26 columns when nobody says. */
  rowCount?: number;
  columnCount?: number;
};

export type Spreadsheet = {
  id: string;
  title: string;
  timeZone: string;
  sheets: readonly Sheet[];
  /** Such as `{ name: 'interviews', range: 'Log!A1:D200' }`. */
  namedRanges: readonly { name: string; range: string }[];
  /** Addresses that may look at it. */
  sharedWith: readonly string[];
  /** An Excel file on Drive has an id and opens in Sheets, and the API does not read it. */
  isExcelFile?: boolean;
};

/** Spreadsheets as they are now, and how this Google behaves. */
export type GoogleSheetsWorld = {
  account: GoogleAccount;
  nowSeconds: number;
  spreadsheets: readonly Spreadsheet[];
  /** Whether the Sheets API is enabled in the account's project. */
  isEnabled: boolean;
  /** Of one account; Google allows 60. */
  readsPerMinute: number;
};

/** How often whoever updates a Key Result by hand is asked to; null: as usual. */
export type CadenceStore = {
  cadenceOf(keyResultId: string): Promise<number | null>;
  changeCadence(keyResultId: string, everyDays: number | null): Promise<void>;
};

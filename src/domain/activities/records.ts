/** Something that was done and counts; a correction is an entry with a negative value, and nothing is deleted. */
export type ActivityEntry = {
  id: string;
  at: Date;
  value: number;
  label: string | null;
  note: string | null;
  url: string | null;
};
/** One person's plan as it stands. */
export type LearningPlan = { personId: string; planned: number; completed: number };
/** Hours of one person on one day or over any stretch that lies inside the window. */
export type WorkHours = { personId: string; at: Date; learning: number; total: number };

/** Working hours of a day: from and to in minutes since local midnight, in order, without overlap. */
export type WorkingHours = readonly (readonly [from: number, to: number])[];

/**
 * When a hospital works, as plain data: what the functions of working time are computed on. It comes in with a command, and its version is
 * recorded, so a decision can be made again on the same calendar.
 */
export type WorkCalendar = {
  /** Names the content. */
  readonly version: string;
  /** By weekday, Monday first; a day without hours is free. */
  readonly week: readonly [
    WorkingHours,
    WorkingHours,
    WorkingHours,
    WorkingHours,
    WorkingHours,
    WorkingHours,
    WorkingHours,
  ];
  /** Days that differ from their weekday, by local date `YYYY-MM-DD`: a holiday has no hours, a make-up working day has some. */
  readonly days: Readonly<Record<string, WorkingHours>>;
};

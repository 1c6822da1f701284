/** Most cases one statement reads or writes. */
export const LARGEST_BATCH = 64;

/** Such statements under way at once for a hospital: while one waits for the disk, the next is made. */
export const UNDER_WAY = 2;

/** With full batches one more: the server has work while two wait for the disk. */
export const FULL_UNDER_WAY = 3;

/** Commits under way at once that go by themselves, because somebody holds their case or their batch failed. */
export const ALONE = 3;

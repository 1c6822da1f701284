/** Asia/Shanghai has had this one offset since 1991, so a wall time names one instant. */
const offsetHours = 8;
const offset = offsetHours * 3_600_000;

/** The hospital's wall clock at an instant, `YYYY-MM-DDTHH:mm:ss` without a zone; undefined when the text is no instant. */
export function toHospitalWall(instant: string): string | undefined {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? undefined : new Date(time + offset).toISOString().slice(0, 19);
}

/** The instant at which the hospital's wall clock shows this, in UTC; undefined when the text is no such time. */
export function fromHospitalWall(wall: string): string | undefined {
  const time = Date.parse(`${wall}Z`);
  return Number.isNaN(time) ? undefined : new Date(time - offset).toISOString();
}

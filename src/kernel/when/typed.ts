// A day and an hour as somebody types them into a form.

/** A day that the calendar has, written `2026-11-25`; undefined for anything else. A year of five digits is a slip of the finger, and no database's day. */
export function dayTyped(text: string): Temporal.PlainDate | undefined {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Temporal.PlainDate.from(text, { overflow: 'reject' }) : undefined
  } catch {
    return undefined
  }
}

/** An hour of the day, written `9:00`, `09.00` or `9h00`; undefined for anything else. */
export function hourTyped(text: string): Temporal.PlainTime | undefined {
  const time = /^([01]?\d|2[0-3])[:.hH]([0-5]\d)$/.exec(text)
  return time ? Temporal.PlainTime.from({ hour: Number(time[1]), minute: Number(time[2]) }) : undefined
}

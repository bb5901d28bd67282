/** How many backups stay: the newest of each of the last days, weeks and months that have one. */
export interface Keep { daily: number; weekly: number; monthly: number }

const NAME = /^altavoz-(\d{4}-\d{2}-\d{2}T)(\d{2})(\d{2})Z\.backup(\.age)?$/

/** `altavoz-2026-11-29T0230Z.backup`: sorts by time, and needs no quoting anywhere. */
export function nameOfBackup(at: Temporal.Instant, isSealed: boolean): string {
  const [day, time] = at.toString({ smallestUnit: 'minute' }).split('T')
  return `altavoz-${day}T${time!.replace(':', '')}.backup${isSealed ? '.age' : ''}`
}

/** When it was made, by its name; undefined for a file that has another name than ours. */
export function momentOfBackup(name: string): Temporal.Instant | undefined {
  const [, day, hour, minute] = NAME.exec(name) ?? []
  try {
    return day ? Temporal.Instant.from(`${day}${hour}:${minute}Z`) : undefined
  } catch {
    return undefined
  }
}

const PERIODS: Record<keyof Keep, (day: Temporal.PlainDate) => string> = {
  daily: (day) => day.toString(),
  weekly: (day) => `${day.yearOfWeek}-W${day.weekOfYear}`,
  monthly: (day) => day.toPlainYearMonth().toString(),
}

/**
 * The names that no rule keeps, oldest first. `last`, which is known to be good, always stays.
 * @param names by `nameOfBackup`, in any order; others are never in the answer
 */
export function superseded(names: string[], keep: Keep, last: string): string[] {
  const dated = names.flatMap((name) => {
    const at = momentOfBackup(name)
    return at ? [{ name, at }] : []
  }).sort((a, b) => Temporal.Instant.compare(b.at, a.at))
  const kept = new Set([last])
  for (const [rule, periodOf] of Object.entries(PERIODS)) {
    const seen = new Set<string>()
    for (const { name, at } of dated) {
      const period = periodOf(at.toZonedDateTimeISO('UTC').toPlainDate())
      if (seen.has(period) || seen.size >= keep[rule as keyof Keep]) continue
      seen.add(period)
      kept.add(name)
    }
  }
  return dated.map(({ name }) => name).filter((name) => !kept.has(name)).reverse()
}

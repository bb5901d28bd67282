/** Whether this machine knows a time zone of the IANA list. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-001', { timeZone: name })
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

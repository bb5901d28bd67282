const LOST = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN',
  '57P01', '57P02', '57P03', // the server is shutting down, has crashed, or is starting
  '08000', '08001', '08003', '08004', '08006',
])

/** Whether an error says that the database cannot be reached now, rather than that it refused a statement. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as { code?: unknown }).code
  if (typeof code === 'string') return LOST.has(code)
  // `pg` gives these no code. "timeout exceeded when trying to connect" is none of them: it is a pool that is all lent.
  return /Connection terminated|Client has encountered a connection error|not queryable/.test(error.message)
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { House } from '#kernel/house.ts'
import { writeMeters } from '#kernel/web/meters.ts'
import { bearsToken } from '#kernel/web/token.ts'
import { writePlain } from '#kernel/web/writing.ts'

const TEXT = ['Content-Type', 'text/plain; charset=utf-8', 'Cache-Control', 'no-store', 'X-Content-Type-Options', 'nosniff']

/**
 * What machines ask. Probes come by address, so these answer before the Host is looked at; they tell nothing.
 * @returns false when the request is not for it: `/metrics` without its token is an address that never was
 */
export function answerMachine(house: House, req: IncomingMessage, res: ServerResponse): boolean {
  const isHead = req.method === 'HEAD'
  switch (req.url) {
    case '/healthz':
      writePlain(res, 200, TEXT, 'ok\n', isHead)
      return true
    case '/readyz': {
      const isUp = house.db.isUp()
      writePlain(res, isUp ? 200 : 503, isUp ? TEXT : [...TEXT, 'Retry-After', '1'], isUp ? 'ready\n' : 'the database is away\n', isHead)
      return true
    }
    case '/metrics':
      if (!bearsToken(req.headers.authorization, house.settings.metricsToken)) return false
      writePlain(res, 200, TEXT, writeMeters(house), isHead)
      return true
    default:
      return false
  }
}

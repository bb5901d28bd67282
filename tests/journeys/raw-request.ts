// A request as it goes over the wire: no header added, no body unpacked, no redirect followed.
import { request } from 'node:http'

export interface RawAnswer {
  status: number
  /** In the order in which they came, without the date. */
  headers: [string, string][]
  header(name: string): string | undefined
  body: Buffer
}

export function askRaw(origin: string, path: string, headers: Record<string, string> = {}, method = 'GET', body?: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin)
  return new Promise((done, failed) => {
    const asking = request({ host: hostname, port, path, method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        const all: [string, string][] = []
        for (let i = 0; i < answer.rawHeaders.length; i += 2) all.push([answer.rawHeaders[i]!, answer.rawHeaders[i + 1]!])
        done({
          status: answer.statusCode!,
          headers: all.filter(([name]) => name !== 'Date'),
          header: (name) => all.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1],
          body: Buffer.concat(parts),
        })
      })
    })
    asking.once('error', failed)
    asking.end(body)
  })
}

/** Everything that the wire tells, for a comparison byte for byte. */
export const bytesOf = ({ status, headers, body }: RawAnswer) => `${status}\n${headers.map((one) => one.join(': ')).join('\n')}\n\n${body.toString('latin1')}`
